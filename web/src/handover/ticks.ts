/** Ticks on a device: made with no network, sent once, what the server says of them put beside them. Pure. */
import type { HandoverPerson, HandoverView, TakenListView, TicksView } from "../transfers/types.ts";

export interface LocalTick {
  id: string;
  case_id: string;
  value: string;
  note: string;
  list: string;
  counter: number;
  device_at: string;
  replaces: string[];
  state: "waiting" | "kept" | "refused";
  why_not: string | null;
}
export interface KeptPerson {
  case_id: string;
  number: number;
  family: string | null;
  surname: string;
  given_names: string | null;
  sex: string | null;
  birth: string | null;
  document: string | null;
  is_child: boolean;
  /** What stands in the State as far as the device knows. */
  value: string | null;
  is_clash: boolean;
  heads: { id: string; value: string; by: string; device: string | null; at: string }[];
}
export interface KeptList {
  /** Of the API: `/transports/ID/handover`. */
  path: string;
  /** Of the desk in the application. */
  desk: string;
  taking: string;
  list: string;
  device: string;
  name: string;
  side: string;
  values: string[];
  persons: KeptPerson[];
  counter: number;
  ticks: LocalTick[];
  taken_at: string;
  sent_at: string | null;
  clock_ahead_seconds: number;
  is_clock_wrong: boolean;
}
export interface Kept {
  lists: KeptList[];
}
export const nothing_kept: Kept = { lists: [] };
/** As many as the server takes at once. */
const at_once = 500;

export const waiting_of = (list: KeptList): LocalTick[] => list.ticks.filter((tick) => tick.state === "waiting");
export const count_unsent = (kept: Kept): number => kept.lists.reduce((sum, list) => sum + waiting_of(list).length, 0);

function kept_person(one: HandoverPerson): KeptPerson {
  return {
    case_id: one.case_id,
    number: one.number,
    family: one.family ?? null,
    surname: one.surname,
    given_names: one.given_names ?? null,
    sex: one.sex ?? null,
    birth: one.birth ?? null,
    document: one.document ?? null,
    is_child: one.is_child,
    value: one.value?.code ?? null,
    is_clash: one.is_clash,
    heads: one.heads.map((head) => ({
      id: head.id,
      value: head.value.code,
      by: head.by?.name ?? "",
      device: head.device ?? null,
      at: head.at,
    })),
  };
}
export function kept_list(path: string, desk: string, taken: TakenListView): KeptList {
  const { taking, handover } = taken;
  return {
    path,
    desk,
    taking: taking.id,
    list: taking.list,
    device: taking.device,
    name: handover.name,
    side: handover.side.label,
    values: handover.values.map((one) => one.code),
    persons: handover.persons.filter((one) => one.is_on_list).map(kept_person),
    counter: 0,
    ticks: [],
    taken_at: taking.at,
    sent_at: null,
    clock_ahead_seconds: taking.clock_ahead_seconds,
    is_clock_wrong: taking.is_clock_wrong,
  };
}
/** A list that is taken again stands before the older taking; that one stays only as long as something of it waits. */
export function with_list(kept: Kept, list: KeptList): Kept {
  const others = kept.lists.filter((one) => one.path !== list.path || waiting_of(one).length > 0);
  return { lists: [list, ...others] };
}
export const without_list = (kept: Kept, taking: string): Kept => ({
  lists: kept.lists.filter((one) => one.taking !== taking),
});
export const changed_list = (kept: Kept, taking: string, next: (list: KeptList) => KeptList): Kept => ({
  lists: kept.lists.map((one) => (one.taking === taking ? next(one) : one)),
});

/** What the screen shows of a person: the own tick that waits, else what stands. */
export function shown_of(list: KeptList, person: KeptPerson): { value: string | null; is_clash: boolean; waits: boolean } {
  const own = list.ticks.findLast((tick) => tick.case_id === person.case_id && tick.state === "waiting");
  if (own) return { value: own.value, is_clash: false, waits: true };
  return { value: person.value, is_clash: person.is_clash, waits: false };
}

/** Refuses (answers the same list) a person with two answers: that is settled at a desk, with a reason. */
export function tick(list: KeptList, person: string, value: string, note: string, made: { id: string; at: string }): KeptList {
  const one = list.persons.find((other) => other.case_id === person);
  if (!one || (one.is_clash && !shown_of(list, one).waits)) return list;
  const seen = [
    ...one.heads.map((head) => head.id),
    ...waiting_of(list)
      .filter((other) => other.case_id === person)
      .map((other) => other.id),
  ];
  const counter = list.counter + 1;
  const next: LocalTick = {
    id: made.id,
    case_id: person,
    value,
    note,
    list: list.list,
    counter,
    device_at: made.at,
    replaces: [...new Set(seen)].slice(-50),
    state: "waiting",
    why_not: null,
  };
  return { ...list, counter, ticks: [...list.ticks, next] };
}

/** The clock of the device went back between two ticks, whatever the server's is. */
export const went_back = (list: KeptList): boolean =>
  list.ticks.some((one, at) => at > 0 && Date.parse(one.device_at) < Date.parse(list.ticks[at - 1]!.device_at));

export function to_send(list: KeptList, device_now: string): unknown {
  return {
    taking: list.taking,
    device_now,
    ticks: waiting_of(list)
      .slice(0, at_once)
      .map(({ id, case_id, value, note, list: number, counter, device_at, replaces }) => ({
        ...{ id, case_id, value, list: number, counter, device_at, replaces },
        ...(note ? { note } : {}),
      })),
  };
}
/** What the server answered; a tick that was made meanwhile still waits. */
export function sent(list: KeptList, answer: TicksView, at: string): KeptList {
  const outcomes = new Map(answer.outcomes.map((one) => [one.id, one]));
  const persons = new Map(answer.handover.persons.map((one) => [one.case_id, one]));
  return {
    ...list,
    sent_at: at,
    clock_ahead_seconds: answer.clock_ahead_seconds,
    is_clock_wrong: answer.is_clock_wrong,
    ticks: list.ticks.map((one) => {
      const outcome = one.state === "waiting" ? outcomes.get(one.id) : undefined;
      if (!outcome) return one;
      return { ...one, state: outcome.is_kept ? "kept" : "refused", why_not: outcome.why_not ?? null };
    }),
    persons: list.persons.map((one) => {
      const now = persons.get(one.case_id);
      return now ? { ...kept_person(now), number: one.number } : one;
    }),
  };
}

export type { HandoverView };
