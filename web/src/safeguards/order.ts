/** Safeguards by stage, in the order of a case, and the numbers that stand above them. Pure. */
import type { Tone } from "../design/basics.tsx";
import type { IconName } from "../design/Icon.tsx";
import { t, t_first } from "../language/label.ts";
import type { Safeguard, SafeguardFile } from "./read.ts";

export const states = ["failed", "open", "later", "resting", "waiting", "overridden", "closed", "not_applicable"] as const;
export type State = (typeof states)[number];
export const looks: Record<string, [Tone, IconName]> = {
  failed: ["late", "cross"],
  open: ["near", "clock"],
  later: ["quiet", "clock"],
  resting: ["quiet", "info"],
  waiting: ["quiet", "pause"],
  overridden: ["hold", "people"],
  closed: ["calm", "check"],
  not_applicable: ["quiet", "right"],
};
export const state_words = (state: string): string => t_first([`safeguards.state.${state}`], t("safeguards.state.open"));
/** A few words for a safeguard, where its whole sentence does not fit. */
export const short_name = (gate: string): string => t_first([`safeguards.short.${gate}`, `gates.${gate}`], gate);

/** The state as it is shown: what a later step asks is not open yet, what no step asks any more is not open at all. */
export function shown_state(file: SafeguardFile, gate: Safeguard): State {
  const state = states.find((one) => one === gate.state) ?? "open";
  if (state !== "open") return state === "waiting" && file.stage === "" ? "resting" : state;
  if (file.stage === "") return "resting";
  return gate.asked === "now" ? "open" : "later";
}
/** What is asked now, blocks and is open. */
export const holding_back = (file: SafeguardFile): Safeguard[] => file.gates.filter((gate) => gate.blocks);
export const mine = (file: SafeguardFile): Safeguard[] => file.gates.filter((gate) => gate.may_decide);
/** Mine, and something has to be said about them at the step that comes next. */
export const my_work = (file: SafeguardFile): Safeguard[] =>
  mine(file).filter((gate) => gate.why_open !== null && gate.asked === "now");

export interface StageGroup {
  stage: string;
  gates: Safeguard[];
}
/** Each safeguard once, under the first stage that asks for it; what is asked at every stage stands at the end. */
export function by_stage(gates: Safeguard[]): StageGroup[] {
  const groups = new Map<string, Safeguard[]>();
  for (const gate of gates) {
    const stage = gate.stages[0] ?? "";
    groups.set(stage, [...(groups.get(stage) ?? []), gate]);
  }
  return [...groups].map(([stage, members]) => ({ stage, gates: members }));
}
export function count_states(file: SafeguardFile): [State, number][] {
  return states
    .map((state): [State, number] => [state, file.gates.filter((gate) => shown_state(file, gate) === state).length])
    .filter(([, count]) => count > 0);
}
/** The hours of the plan: what may be done at this moment. */
export function phase_of(plan: SafeguardFile["plan"], now: number): "none" | "early" | "check" | "boarding" | "over" {
  if (!plan) return "none";
  if (now < Date.parse(plan.check_from)) return "early";
  if (now < Date.parse(plan.depart_from)) return "check";
  return now <= Date.parse(plan.depart_until) ? "boarding" : "over";
}
