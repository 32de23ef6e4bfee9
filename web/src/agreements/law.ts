/** What the screens of the law read and send: the index, one agreement, its words, its confirmations, versions and dates. */
import { queryOptions } from "@tanstack/react-query";
import { ApiError, get, post } from "../api/client.ts";
import type { components } from "../api/generated/schema.ts";
import { language_now } from "../language/label.ts";

type Server = components["schemas"];
export type Law = Server["AgreementView"];
export type LawRow = Server["AgreementRowView"];
export type LawVersion = Server["VersionOfAgreementView"];
export type LawAuthority = Server["AuthorityView"];
export type LawRule = Server["RuleView"];
export type Practice = Server["PracticeView"];
export type Evidence = Server["EvidenceView"];
export type Confirmation = Server["ConfirmationView"];
export type RuleDifference = Server["RuleDifferenceView"];
export type Difference = Server["DifferenceView"];
export type LawState = Server["LawStateView"];
export type Version = Server["VersionView"];
export type WaitingVersion = Server["WaitingVersionView"];
export type Effect = Server["EffectView"];
export type Whitelist = Server["WhitelistView"];
export type LeavingField = Server["LeavingFieldView"];
export type Narrowing = Server["NarrowingView"];

/** One piece of the way from the start of a term to its last day. */
export interface DateStep {
  kind: string;
  unit: string;
  count: number;
  from: string;
  to: string;
  days: number;
  weekend_days: number;
  /** The days of the week that were left out, 1 Monday to 7 Sunday. */
  weekend: number[];
  stopped_days: number;
  skipped: { day: string; name: string; calendar: string; state: string; certain: boolean }[];
  clause: string;
  confidence: string;
  text: string;
}
/** One deadline of the answer to "what would the dates be". */
export interface ComputedDate {
  kind: string;
  label: string;
  due: string | null;
  due_at?: string;
  clause: string;
  confidence: string;
  value_confidence: string;
  start_confidence: string;
  calendar_confidence?: string;
  acting: string;
  acting_name: string;
  zone: string;
  start: { event: string; on: string };
  state: string;
  silence?: string;
  trail: string[];
  steps: DateStep[];
  stops: { why: string; from: string; until: string | null }[];
  sentence: string;
  warnings: string[];
  note?: string;
  practice?: { value: string; says: string; unit: string; source: string; confidence: string; due?: string };
}
export interface DatesAnswer {
  agreement: string;
  requesting: string;
  requested: string;
  applies: boolean;
  why?: string;
  deadlines: ComputedDate[];
  waiting: { kind: string; starts_with: string; clause: string }[];
  unknown: { kind: string; why: string; clause?: string }[];
  warnings: string[];
  limits?: {
    kind: string;
    label: string;
    limit: number;
    clause: string;
    confidence: string;
    allowed?: boolean;
    text: string;
  }[];
  error?: { field: string; message: string; remedy: string };
}
export interface AskedEvent {
  type: string;
  at: string;
  days?: number;
  until?: string;
}
export interface AskedCase {
  agreement: string;
  events: AskedEvent[];
  person?: string;
  procedure?: string;
  requested?: string;
  persons?: number;
  travelling?: number;
}

const minutes = 60_000;
async function ask_dates(asked: unknown, signal?: AbortSignal): Promise<DatesAnswer> {
  const options = signal ? { signal } : {};
  return (await post<{ answer: unknown }>("/agreement-dates", { asked }, options)).answer as DatesAnswer;
}

export const law = {
  rows: () =>
    queryOptions({
      queryKey: ["law", "rows", language_now()],
      queryFn: async () => (await get<Server["AgreementListView"]>("/agreements", { of: "all" })).items,
      staleTime: 10 * minutes,
    }),
  /** In the newest version, or in the one of that number. */
  agreement: (code: string, version = 0) =>
    queryOptions({
      queryKey: ["law", "agreement", code, version, language_now()],
      queryFn: () => get<Law>(`/agreements/${encodeURIComponent(code)}`, version > 0 ? { version } : {}),
      staleTime: 10 * minutes,
    }),
  versions: (code: string) =>
    queryOptions({
      queryKey: ["law", "versions", code, language_now()],
      queryFn: async () => (await get<{ items: LawVersion[] }>(`/agreements/${encodeURIComponent(code)}/versions`)).items,
    }),
  /** Two agreements rule by rule. */
  difference: (left: string, right: string) =>
    queryOptions({
      queryKey: ["law", "difference", left, right, language_now()],
      queryFn: () => get<Difference>(`/agreements/${encodeURIComponent(left)}/differences/${encodeURIComponent(right)}`),
      staleTime: 10 * minutes,
    }),
  summary: (code: string) =>
    queryOptions({
      queryKey: ["law", "summary", code, language_now()],
      queryFn: async () => (await get<Server["SummaryView"]>(`/agreements/${encodeURIComponent(code)}/summary`)).text,
      staleTime: 10 * minutes,
    }),
  confirmations: (code: string) =>
    queryOptions({
      queryKey: ["law", "confirmations", code, language_now()],
      queryFn: async () =>
        (await get<{ items: Confirmation[] }>(`/agreements/${encodeURIComponent(code)}/confirmations`)).items,
    }),
  whitelist: (code: string) =>
    queryOptions({
      queryKey: ["law", "whitelist", code, language_now()],
      queryFn: () => get<Whitelist>(`/agreements/${encodeURIComponent(code)}/whitelist`),
    }),
  state: () => queryOptions({ queryKey: ["law", "state"], queryFn: () => get<LawState>("/agreement-versions") }),
  effect: (code: string, from: string) =>
    queryOptions({
      queryKey: ["law", "effect", code, from],
      queryFn: () => get<Effect>(`/agreement-versions/${encodeURIComponent(code)}/effect`, { from }),
      staleTime: 0,
      retry: false,
    }),
  dates: (asked: AskedCase) =>
    queryOptions({
      queryKey: ["law", "dates", asked, language_now()],
      queryFn: ({ signal }) => ask_dates({ ...asked, language: language_now() }, signal),
      enabled: asked.events.length > 0,
    }),
};

export const acts = {
  propose: (code: string, input: { rule: string; source: string; place?: string }) =>
    post<Confirmation>(`/agreements/${encodeURIComponent(code)}/confirmations`, input),
  countersign: (id: string) => post<Confirmation>(`/agreement-confirmations/${id}/countersignature`),
  revoke: (id: string, reason: string) => post<Confirmation>(`/agreement-confirmations/${id}/revocation`, { reason }),
  narrow: (code: string, field: string, reason: string) =>
    post<Narrowing>(`/agreements/${encodeURIComponent(code)}/narrowings`, { field, reason }),
  countersign_narrowing: (id: string) => post<Narrowing>(`/agreement-narrowings/${id}/countersignature`),
  end_narrowing: (id: string, reason: string) => post<Narrowing>(`/agreement-narrowings/${id}/end`, { reason }),
  read_again: () => post<LawState>("/agreement-readings"),
  put_in_force: (code: string, effect: string, from: string) =>
    post<Version>(`/agreement-versions/${encodeURIComponent(code)}/entry-into-force`, { effect, ...(from ? { from } : {}) }),
};
export const is_same_person = (error: unknown): boolean => error instanceof ApiError && error.why === "same_person";
