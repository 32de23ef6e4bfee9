/** The days of a computed term, one by one: counted, left out and by which name, stood still, added by an extension. Pure. */
import type { ComputedDate, DateStep } from "./law.ts";
import { day_range, weekend_days } from "./left_out.ts";

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
}

/** The holidays that were left out, by day; a day may be one in two States. */
export function holidays_of(steps: DateStep[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { skipped } of steps) {
    for (const { day, name, state } of skipped) found.set(day, [...(found.get(day) ?? []), `${name} (${state})`]);
  }
  return found;
}

export interface StripInput {
  date: ComputedDate;
  /** The words of the unit: only days are numbered. */
  unit: string;
  /** The last day without the extensions, where there was one. */
  due_before: string | null;
}
export function strip_of({ date, unit, due_before }: StripInput): Strip | null {
  const { due } = date;
  if (!due) return null;
  const back = due < date.start.on;
  const days = back ? day_range(due, date.start.on) : day_range(date.start.on, due);
  const holidays = holidays_of(date.steps);
  const stood = (day: string): boolean => date.stops.some(({ from, until }) => day > from && (until === null || day <= until));
  const weekend = new Set(date.steps.flatMap(weekend_days));
  const kind_of = (day: string): DayKind => {
    if (day === date.start.on) return "start";
    if (day === due) return "due";
    if (stood(day)) return "pause";
    if (holidays.has(day)) return "holiday";
    if (weekend.has(day)) return "weekend";
    return due_before && day > due_before ? "extension" : "counted";
  };
  const numbered = unit === "calendar_day" || unit === "working_day";
  let count = 0;
  const list = (back ? [...days].reverse() : days).map((day): StripDay => {
    const kind = kind_of(day);
    const counts = kind === "counted" || kind === "extension" || kind === "due";
    if (counts) count += 1;
    return { day, kind, count: counts && numbered ? count : 0, names: holidays.get(day) ?? [] };
  });
  return { days: back ? list.reverse() : list };
}
