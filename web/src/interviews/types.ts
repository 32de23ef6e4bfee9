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
