/** A date of which only the year, or year and month, may be known: from three boxes to text and back. */
import { is_partial_day } from "../language/dates.ts";

export interface DateParts {
  day: string;
  month: string;
  year: string;
}
export function parts_of(value: string): DateParts {
  const [year = "", month = "", day = ""] = value.split("-");
  return { year, month: month.replace(/^0/, ""), day: day.replace(/^0/, "") };
}
export function text_of_parts({ day, month, year }: DateParts): string {
  if (year === "" && month === "" && day === "") return "";
  const parts = [year.padStart(4, "0"), month.padStart(2, "0"), day.padStart(2, "0")];
  if (day === "" && month === "") return parts[0] ?? "";
  return day === "" ? parts.slice(0, 2).join("-") : parts.join("-");
}
export type DateFault = "year_missing" | "month_missing" | "day_missing" | "not_a_date" | null;
/** `partial`: the day, or day and month, may be unknown. */
export function fault_of({ day, month, year }: DateParts, partial = true): DateFault {
  if (year === "" && month === "" && day === "") return null;
  if (year === "") return "year_missing";
  if (day !== "" && month === "") return "month_missing";
  if (!partial && day === "") return "day_missing";
  return year.length === 4 && is_partial_day(text_of_parts({ day, month, year })) ? null : "not_a_date";
}
