/** What the screens of the law read and send: the index, one agreement, its words, its confirmations, versions and dates. */
import { queryOptions } from "@tanstack/react-query";
import { ApiError, get, post } from "../api/client.ts";
import type { components } from "../api/generated/schema.ts";
import { language_now } from "../language/label.ts";

type Server = components["schemas"];
export type Law = Server["AgreementView"];
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
  zone: string;
  start: { event: string; on: string };
  state: string;
  silence?: string;
  trail: string[];
  sentence: string;
  warnings: string[];
  note?: string;
  practice?: { value: string; unit: string; source: string; confidence: string; due?: string };
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
  error?: { field: string; message: string; remedy: string };
}
export interface AskedEvent {
  type: string;
  at: string;
  days?: number;
}
export interface AskedCase {
  agreement: string;
  events: AskedEvent[];
  person?: string;
  procedure?: string;
  requested?: string;
}

const minutes = 60_000;
async function ask_dates(asked: unknown, signal?: AbortSignal): Promise<DatesAnswer> {
  const options = signal ? { signal } : {};
  return (await post<{ answer: unknown }>("/agreement-dates", { asked }, options)).answer as DatesAnswer;
}

/**
 * The codes of all agreements of the node. The list of the server names those of the own State only; asked for the dates of an
 * agreement that is none, it names all that it knows.
 */
async function list_codes(): Promise<string[]> {
  const own = (await get<Server["AgreementRowViewItems"]>("/agreements")).items.map((item) => item.code);
  const answer = await ask_dates({ agreement: "?", events: [{ type: "received", at: "2026-01-01" }] });
  const named = /^one of (.+)$/.exec(answer.error?.remedy ?? "")?.[1]?.split(", ") ?? [];
  return [...own, ...named.filter((code) => !own.includes(code))];
}

export const law = {
  codes: () => queryOptions({ queryKey: ["law", "codes"], queryFn: list_codes, staleTime: 10 * minutes }),
  agreement: (code: string) =>
    queryOptions({
      queryKey: ["law", "agreement", code, language_now()],
      queryFn: () => get<Law>(`/agreements/${encodeURIComponent(code)}`),
      staleTime: 10 * minutes,
    }),
  /** Two agreements rule by rule; one with itself gives the full words of its rules. */
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
  read_again: () => post<LawState>("/agreement-readings"),
  put_in_force: (code: string, effect: string, from: string) =>
    post<Version>(`/agreement-versions/${encodeURIComponent(code)}/entry-into-force`, { effect, ...(from ? { from } : {}) }),
};
export const is_same_person = (error: unknown): boolean => error instanceof ApiError && error.why === "same_person";
