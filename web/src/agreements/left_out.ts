/** Which days a step of a term leaves out: for the calendar of the simulator and for the line of a deadline. Pure. */
import { add_days, days_between, weekday } from "../language/dates.ts";

export interface CountedStep {
  from: string;
  to: string;
  /** "end_moved": a last day that was moved is left out itself; every other step counts from the day after `from`. */
  kind: string;
  /** The days of the week that were left out, 1 Monday to 7 Sunday. */
  weekend: number[];
}

/** At most 1,200 of them. */
export function day_range(from: string, to: string): string[] {
  return Array.from({ length: Math.min(1200, days_between(from, to) + 1) }, (_, index) => add_days(from, index));
}

/** The days that a step counts or leaves out, the earliest first, also where it counts back. */
export function days_of_step({ from, to, kind }: CountedStep): string[] {
  const days = to < from ? day_range(to, from) : day_range(from, to);
  return kind === "end_moved" ? days : days.filter((day) => day !== from);
}

export function weekend_days(step: CountedStep): string[] {
  return days_of_step(step).filter((day) => step.weekend.includes(weekday(day)));
}
