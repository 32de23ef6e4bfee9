/** The days of a computed term, one by one: counted, left out and by which name, stood still, added by an extension. Pure. */
import { add_days, days_between, weekday } from "../language/dates.ts";
import type { ComputedDate, DateStep } from "./law.ts";

export type DayKind = "outside" | "start" | "counted" | "weekend" | "holiday" | "pause" | "extension" | "due";
export interface StripDay {
  day: string;
  kind: DayKind;
  /** Which day of the count it is, where every day or working day counts; 0 when it is not told. */
  count: number;
  names: string[];
}
export interface Strip {
  days: StripDay[];
  weekend_known: boolean;
}

function range(from: string, to: string): string[] {
  return Array.from({ length: Math.min(1200, days_between(from, to) + 1) }, (_, index) => add_days(from, index));
}

/** The holidays that were left out, by day; a day may be one in two States. */
export function holidays_of(steps: DateStep[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { skipped } of steps) {
    for (const { day, name, state } of skipped) found.set(day, [...(found.get(day) ?? []), `${name} (${state})`]);
  }
  return found;
}

/** The days of one step, without the one from which it counts. */
function days_of_step(step: DateStep): string[] {
  const back = step.to < step.from;
  return range(back ? step.to : step.from, back ? step.from : step.to).filter((day) => day !== step.from);
}

/**
 * Which weekend was left out: that of the State that acts, or of it and the other State together; only one that has as many days
 * as the steps left out is drawn.
 */
export function weekend_of(steps: DateStep[], stood: (day: string) => boolean, weekends: number[][]): number[] | null {
  const left_out = steps.reduce((sum, step) => sum + step.weekend_days, 0);
  if (left_out === 0) return [];
  const moved = (step: DateStep): number => (step.kind === "end_moved" ? 1 : 0);
  // A last day that falls on a weekend is left out itself: the step that moves it begins with that day.
  const days = steps
    .filter((step) => step.weekend_days > 0)
    .flatMap((step) => [...days_of_step(step), ...(moved(step) ? [step.from] : [])])
    .filter((day) => !stood(day));
  return weekends.find((pattern) => days.filter((day) => pattern.includes(weekday(day))).length === left_out) ?? null;
}

export interface StripInput {
  date: ComputedDate;
  /** The words of the unit: only days are numbered. */
  unit: string;
  /** The weekends that may have been left out, the likeliest first. */
  weekends: number[][];
  /** The last day without the extensions, where there was one. */
  due_before: string | null;
}
export function strip_of({ date, unit, weekends, due_before }: StripInput): Strip | null {
  const { due } = date;
  if (!due) return null;
  const back = due < date.start.on;
  const days = back ? range(due, date.start.on) : range(date.start.on, due);
  const holidays = holidays_of(date.steps);
  const stood = (day: string): boolean => date.stops.some(({ from, until }) => day > from && (until === null || day <= until));
  const weekend = weekend_of(date.steps, stood, weekends);
  // A weekend is drawn only where working days are counted or the last day was moved.
  const skipping = new Set(
    date.steps.filter((step) => step.weekend_days > 0).flatMap((step) => [...days_of_step(step), step.from]),
  );
  const kind_of = (day: string): DayKind => {
    if (day === date.start.on) return "start";
    if (day === due) return "due";
    if (stood(day)) return "pause";
    if (holidays.has(day)) return "holiday";
    if (weekend?.includes(weekday(day)) && skipping.has(day)) return "weekend";
    return due_before && day > due_before ? "extension" : "counted";
  };
  const numbered = (unit === "calendar_day" || unit === "working_day") && weekend !== null;
  let count = 0;
  const list = (back ? [...days].reverse() : days).map((day): StripDay => {
    const kind = kind_of(day);
    const counts = kind === "counted" || kind === "extension" || kind === "due";
    if (counts) count += 1;
    return { day, kind, count: counts && numbered ? count : 0, names: holidays.get(day) ?? [] };
  });
  return { days: back ? list.reverse() : list, weekend_known: weekend !== null };
}
