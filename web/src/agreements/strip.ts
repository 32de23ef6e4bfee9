/** The days of a computed term, one by one: counted, left out and by which name, stood still, added by an extension. Pure. */
import { add_days, day_number, days_between } from "../language/dates.ts";
import type { AskedEvent, ComputedDate } from "./law.ts";

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

/** Monday is 1, Sunday 7. */
export const weekday = (day: string): number => ((((day_number(day) + 3) % 7) + 7) % 7) + 1;
/** A day as the sentence of the server writes it. */
export const long_day = (day: string, language: string): string =>
  new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(new Date(day_number(day) * 86_400_000));

function range(from: string, to: string): string[] {
  return Array.from({ length: Math.min(1200, days_between(from, to) + 1) }, (_, index) => add_days(from, index));
}

/** The holidays that the sentence names, by day: "Christmas Day (25 December 2026, UTO)". */
export function named_holidays(sentence: string, days: string[], language: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const day of days) {
    const mark = `(${long_day(day, language)}, `;
    for (let at = sentence.indexOf(mark); at >= 0; at = sentence.indexOf(mark, at + 1)) {
      const before = sentence.slice(0, at).trimEnd();
      const name = before.slice(Math.max(before.lastIndexOf("; "), before.lastIndexOf(": ")) + 2);
      const calendar = /^[A-Z]{3}(-[A-Z]+)?/.exec(sentence.slice(at + mark.length))?.[0] ?? "";
      found.set(day, [...(found.get(day) ?? []), calendar ? `${name} (${calendar})` : name]);
    }
  }
  return found;
}

/**
 * Which weekend was left out: that of the State that acts, or of it and the other State together; only one that has as many days
 * as the server left out is drawn.
 */
export function weekend_of(days: string[], left_out: number, weekends: number[][]): number[] | null {
  return weekends.find((pattern) => days.filter((day) => pattern.includes(weekday(day))).length === left_out) ?? null;
}

/** From the request for documents to their answer, where the sentence says that the clock stood still. */
function pauses_of(date: ComputedDate, events: AskedEvent[], language: string): [string, string][] {
  const found: [string, string][] = [];
  const answers = events.filter((event) => event.type === "answer" || event.type === "lifting");
  for (const event of events) {
    if (event.type !== "document_request" && event.type !== "suspension") continue;
    const end = answers.find((answer) => answer.at >= event.at);
    if (!end) continue;
    if (date.sentence.includes(long_day(event.at, language)) && date.sentence.includes(long_day(end.at, language)))
      found.push([event.at, end.at]);
  }
  return found;
}

export interface StripInput {
  date: ComputedDate;
  events: AskedEvent[];
  /** The words of the unit: only days are numbered. */
  unit: string;
  /** How many days of weekend the sentence leaves out, 0 when it leaves out none. */
  weekend_days: number;
  /** The weekends that may have been left out, the likeliest first. */
  weekends: number[][];
  /** The last day without the extensions, where there was one. */
  due_before: string | null;
  language: string;
}
export function strip_of({ date, events, unit, weekend_days, weekends, due_before, language }: StripInput): Strip | null {
  if (!date.due) return null;
  const back = date.due < date.start.on;
  const days = back ? range(date.due, date.start.on) : range(date.start.on, date.due);
  const within = days.filter((day) => day !== date.start.on);
  const holidays = named_holidays(date.sentence, days, language);
  const pauses = pauses_of(date, events, language);
  const weekend = weekend_days > 0 ? weekend_of(within, weekend_days, weekends) : [];
  const kind_of = (day: string): DayKind => {
    if (day === date.start.on) return "start";
    if (day === date.due) return "due";
    if (pauses.some(([from, to]) => day > from && day <= to)) return "pause";
    if (holidays.has(day)) return "holiday";
    if (weekend?.includes(weekday(day))) return "weekend";
    return due_before && day > due_before ? "extension" : "counted";
  };
  const numbered = (unit === "calendar_day" || unit === "working_day") && weekend !== null;
  let count = 0;
  const list = (back ? [...days].reverse() : days).map((day): StripDay => {
    const kind = kind_of(day);
    if (kind === "counted" || kind === "extension" || kind === "due") count += 1;
    const counts = numbered && (kind === "counted" || kind === "extension" || kind === "due");
    return { day, kind, count: counts ? count : 0, names: holidays.get(day) ?? [] };
  });
  return { days: back ? list.reverse() : list, weekend_known: weekend !== null };
}

/** The number before the words for days of weekend in the sentence; the words come from the label of the server. */
export function weekend_count(sentence: string, words: (count: number) => string): number {
  for (const found of sentence.matchAll(/\d+/g)) {
    if (sentence.startsWith(words(Number(found[0])), found.index)) return Number(found[0]);
  }
  return 0;
}
