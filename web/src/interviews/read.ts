/** What the screens of interviews read, and what becomes stale after an act. */
import { queryOptions, keepPreviousData } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type {
  AppointmentView,
  FreeTime,
  InterviewView,
  Interviewer,
  MinutesView,
  MissionCandidate,
  MissionNotice,
  MissionPlan,
  MissionView,
  NamedView,
  PlaceView,
  WaitingInterview,
} from "./types.ts";

interface Items<T> {
  items: T[];
}
type Query = Record<string, string | number | string[] | undefined>;

export const interview_queries = {
  places: () =>
    queryOptions({
      queryKey: ["interviews", "places"],
      queryFn: async () => (await get<Items<PlaceView>>("/interview-places")).items,
    }),
  interviewers: () =>
    queryOptions({
      queryKey: ["interviews", "interviewers"],
      queryFn: async () => (await get<Items<Interviewer>>("/interviews/interviewers")).items,
    }),
  days: (from: string, to: string) =>
    queryOptions({
      queryKey: ["interviews", "days", from, to],
      queryFn: async () => (await get<Items<InterviewView>>("/interviews", { from, to })).items,
      placeholderData: keepPreviousData,
    }),
  of_task: (task: string) =>
    queryOptions({
      queryKey: ["interviews", "task", task],
      queryFn: async () => (await get<Items<InterviewView>>("/interviews", { task })).items,
    }),
  of_application: (application: string) =>
    queryOptions({
      queryKey: ["interviews", "application", application],
      queryFn: async () => (await get<Items<InterviewView>>("/interviews", { application })).items,
    }),
  waiting: () =>
    queryOptions({
      queryKey: ["interviews", "waiting"],
      queryFn: async () => (await get<Items<WaitingInterview>>("/interviews/waiting")).items,
    }),
  times: (query: Query) =>
    queryOptions({
      queryKey: ["interviews", "times", query],
      queryFn: async () => (await get<Items<FreeTime>>("/interviews/times", query)).items,
      placeholderData: keepPreviousData,
    }),
  one: (id: string) =>
    queryOptions({ queryKey: ["interviews", "one", id], queryFn: () => get<InterviewView>(`/interviews/${id}`) }),
  minutes: (id: string) =>
    queryOptions({ queryKey: ["interviews", "minutes", id], queryFn: () => get<MinutesView>(`/interviews/${id}/minutes`) }),
  missions: () =>
    queryOptions({
      queryKey: ["interviews", "missions"],
      queryFn: async () => (await get<Items<MissionView>>("/interview-missions")).items,
    }),
  mission: (id: string) =>
    queryOptions({
      queryKey: ["interviews", "mission", id],
      queryFn: () => get<MissionView>(`/interview-missions/${id}`),
    }),
  mission_partners: () =>
    queryOptions({
      queryKey: ["interviews", "partners"],
      queryFn: async () => (await get<Items<NamedView>>("/interview-missions/partners")).items,
    }),
  mission_interviews: (id: string) =>
    queryOptions({
      queryKey: ["interviews", "mission", id, "interviews"],
      queryFn: async () => (await get<Items<InterviewView>>(`/interview-missions/${id}/interviews`)).items,
    }),
  candidates: (id: string) =>
    queryOptions({
      queryKey: ["interviews", "mission", id, "candidates"],
      queryFn: async () => (await get<Items<MissionCandidate>>(`/interview-missions/${id}/candidates`)).items,
    }),
  mission_notices: () =>
    queryOptions({
      queryKey: ["interviews", "notices"],
      queryFn: async () => (await get<Items<MissionNotice>>("/mission-notices")).items,
    }),
  appointments_of_mission: (mission: string) =>
    queryOptions({
      queryKey: ["interviews", "notices", mission],
      queryFn: async () => (await get<Items<AppointmentView>>("/appointments", { mission })).items,
    }),
  appointments: (from: string, to: string) =>
    queryOptions({
      queryKey: ["interviews", "appointments", from, to],
      queryFn: async () => (await get<Items<AppointmentView>>("/appointments", { from, to })).items,
      placeholderData: keepPreviousData,
    }),
  appointments_of: (id: string) =>
    queryOptions({
      queryKey: ["interviews", "case", id],
      queryFn: async () => (await get<Items<AppointmentView>>("/appointments", { case: id })).items,
    }),
};

export const read_plan = (id: string, tasks: string[], women: string[], men: string[]): Promise<MissionPlan> =>
  get<MissionPlan>(`/interview-missions/${id}/plan`, { tasks, women, men });

export const renew_interviews = (): Promise<unknown> =>
  Promise.all(
    [["interviews"], ["home"], ["tasks"], ["task"], ["record"], ["timeline"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
