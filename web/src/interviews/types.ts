/** The shapes of interviews, as the server describes them. */
import type { components } from "../api/generated/schema.ts";

type Server = components["schemas"];
export type PlaceView = Server["PlaceView"];
export type InterviewView = Server["InterviewView"];
export type WaitingInterview = Server["WaitingInterviewView"];
export type FreeTime = Server["FreeTimeView"];
export type Interviewer = Server["InterviewerView"];
export type AppointmentView = Server["AppointmentView"];
export type MinutesView = Server["InterviewMinutesView"];
export type WhenView = Server["WhenView"];
export type MissionView = Server["MissionView"];
export type MissionMember = Server["MissionMemberView"];
export type MissionCandidate = Server["MissionCandidateView"];
export type MissionPlan = Server["MissionPlanView"];
export type Planned = Server["PlannedView"];
export type MissionBatch = Server["MissionBatchView"];
export type MissionMoved = Server["MissionMovedView"];
export type MissionNotice = Server["MissionNoticeView"];
export type NamedView = Server["NamedView"];
