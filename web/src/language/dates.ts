/** Days, instants and numbers for people. A day is `yyyy-mm-dd`; a partial day is `yyyy` or `yyyy-mm`; an instant is ISO 8601 in UTC. */
import { language_now as language, t } from "./label.ts";

const DAY_MS = 86_400_000;
/** Day before month in English too, as both States write it. */
const language_now = (): string => (language() === "en" ? "en-GB" : language());

export function day_number(day: string): number {
  const [year, month, date] = day.split("-").map(Number);
  return Math.round(Date.UTC(year ?? 1970, (month ?? 1) - 1, date ?? 1) / DAY_MS);
}
/** Monday is 1, Sunday 7. */
export const weekday = (day: string): number => ((((day_number(day) + 3) % 7) + 7) % 7) + 1;
export function add_days(day: string, days: number): string {
  return new Date((day_number(day) + days) * DAY_MS).toISOString().slice(0, 10);
}
/** The day that an instant is in a time zone: what the calendar on the wall of the office shows. */
export function day_in_zone(instant: string, time_zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: time_zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    new Date(instant),
  );
}
export function days_between(from: string, to: string): number {
  return day_number(to) - day_number(from);
}
export function is_day(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  return add_days(text, 0) === text;
}
export function is_partial_day(text: string): boolean {
  if (/^\d{4}$/.test(text)) return true;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return true;
  return is_day(text);
}
function format(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language_now(), { timeZone: "UTC", ...options }).format(new Date(day_number(day) * DAY_MS));
}
export function show_day(day: string | null | undefined): string {
  if (!day) return "—";
  if (/^\d{4}$/.test(day)) return t("web.date.year_only", { year: day });
  if (/^\d{4}-\d{2}$/.test(day))
    return t("web.date.month_only", { month: format(`${day}-01`, { month: "long", year: "numeric" }) });
  if (!is_day(day.slice(0, 10))) return day;
  return format(day.slice(0, 10), { day: "numeric", month: "short", year: "numeric" });
}
export function show_day_short(day: string): string {
  return format(day, { day: "numeric", month: "short" });
}
export function show_weekday(day: string): string {
  return format(day, { weekday: "short", day: "numeric", month: "short" });
}
/** Monday is 1, Sunday 7; as it stands within a sentence. */
export function show_weekday_name(weekday_number: number): string {
  return format(`2024-01-0${weekday_number}`, { weekday: "long" }); // 1 January 2024 was a Monday
}
export function show_month(month: string): string {
  return format(`${month}-01`, { month: "long", year: "numeric" });
}
export function show_month_short(month: string): string {
  return format(`${month}-01`, { month: "short" });
}
export function show_instant(instant: string | null | undefined): string {
  if (!instant) return "—";
  return new Intl.DateTimeFormat(language_now(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant));
}
export function show_number(value: number): string {
  return new Intl.NumberFormat(language_now()).format(value);
}
/** An amount with the code of its currency, as the language writes both. */
export function show_money(cents: number, currency: string): string {
  return new Intl.NumberFormat(language_now(), { style: "currency", currency, currencyDisplay: "code" }).format(cents / 100);
}
export function show_size(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = bytes > 0 ? Math.min(3, Math.floor(Math.log10(bytes) / 3)) : 0;
  return new Intl.NumberFormat(language_now(), {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}
/** How near a deadline is, in the four tones the screens use. */
export function tone_of(days_left: number): "late" | "soon" | "near" | "calm" {
  if (days_left < 0) return "late";
  if (days_left <= 2) return "soon";
  return days_left <= 7 ? "near" : "calm";
}
export function show_days_left(days_left: number): string {
  if (days_left < 0) return t("web.deadline.overdue", { days: -days_left });
  if (days_left === 0) return t("web.deadline.today");
  return t("web.deadline.left", { days: days_left });
}
