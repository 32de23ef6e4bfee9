/** The days of a term as small months side by side: start, counted, weekend, holiday, pause, extension and the last day. */
import type { ReactNode } from "react";
import { add_days, show_day, show_month, show_weekday, weekday } from "../language/dates.ts";
import { language_now, t } from "../language/label.ts";
import { type DayKind, type Strip, type StripDay } from "./strip.ts";

/** More months than these are drawn by their ends; where every day counts there is little to see between. */
const most_months = 8;
const most_plain_months = 3;
const skipping: DayKind[] = ["weekend", "holiday", "pause", "extension"];
const legend_order: DayKind[] = ["start", "counted", "extension", "weekend", "holiday", "pause", "due"];

interface Props {
  strip: Strip;
  start: string;
  start_words: string;
  value: number | null;
  extended: boolean;
  practice: string | null;
}
export function DayCalendar({ strip, start, start_words, value, extended, practice }: Props): ReactNode {
  const by_day = new Map(strip.days.map((item) => [item.day, item]));
  const months = [
    ...new Set([...strip.days.map((item) => item.day.slice(0, 7)), ...(practice ? [practice.slice(0, 7)] : [])]),
  ].sort();
  const due = strip.days.find((item) => item.kind === "due");
  const numbered = due !== undefined && (due.count === value || (extended && due.count > 0));
  const plain = !strip.days.some((item) => skipping.includes(item.kind));
  const cut = months.length > (plain ? most_plain_months : most_months);
  const first = plain ? 2 : 3;
  const last = plain ? 1 : 2;
  const shown = cut ? [...months.slice(0, first), ...months.slice(-last)] : months;
  const used = legend_order.filter((kind) => strip.days.some((item) => item.kind === kind));
  const holidays = strip.days.filter((item) => item.kind === "holiday");
  const count = (kind: DayKind): number => strip.days.filter((item) => item.kind === kind).length;
  return (
    <figure className="days">
      <div
        className="days-months"
        role="img"
        aria-label={t("web.law.drawn", {
          from: show_day(start),
          to: show_day(due?.day),
          weekend: count("weekend"),
          holiday: count("holiday"),
          pause: count("pause"),
        })}
      >
        {shown.map((month, index) => (
          <div key={month} className="days-slot">
            {cut && index === first && (
              <p className="days-gap">{t("web.law.months_left_out", { count: months.length - first - last })}</p>
            )}
            <Month month={month} by_day={by_day} numbered={numbered} practice={practice} />
          </div>
        ))}
      </div>
      <figcaption>
        <ul className="days-legend">
          {used.map((kind) => (
            <li key={kind}>
              <i className={`day day-${kind}`} aria-hidden="true" />
              {kind === "start" ? `${start_words}: ${show_weekday(start)}` : t(`web.law.day.${kind}`, { count: count(kind) })}
              {kind === "due" && due && `: ${show_weekday(due.day)}`}
            </li>
          ))}
          {practice && (
            <li>
              <i className="day day-practice" aria-hidden="true" />
              {t("web.law.day.practice", { day: show_day(practice) })}
            </li>
          )}
        </ul>
        {holidays.length > 0 && (
          <ul className="days-holidays">
            {holidays.map((item) => (
              <li key={item.day}>
                <strong>{show_weekday(item.day)}</strong> {item.names.join(", ")}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
    </figure>
  );
}

function Month({
  month,
  by_day,
  numbered,
  practice,
}: {
  month: string;
  by_day: Map<string, StripDay>;
  numbered: boolean;
  practice: string | null;
}): ReactNode {
  const first = `${month}-01`;
  const names = new Intl.DateTimeFormat(language_now(), { weekday: "narrow", timeZone: "UTC" });
  const lead = weekday(first) - 1;
  const days: string[] = [];
  for (let day = first; day.startsWith(month); day = add_days(day, 1)) days.push(day);
  return (
    <div className="days-month">
      <p className="days-title">{show_month(month)}</p>
      <div className="days-grid">
        {[1, 2, 3, 4, 5, 6, 7].map((number) => (
          <span key={number} className="days-name">
            {names.format(new Date(Date.UTC(2024, 0, number)))}
          </span>
        ))}
        {Array.from({ length: lead }, (_, index) => (
          <span key={`lead-${index}`} />
        ))}
        {days.map((day) => {
          const item = by_day.get(day);
          const kind = item?.kind ?? "outside";
          const title = [show_weekday(day), ...(item?.names ?? [])].join(": ");
          return (
            <span
              key={day}
              className={`day day-${kind}${day === practice ? " day-practice" : ""}`}
              title={title}
              data-day={day}
            >
              {Number(day.slice(8))}
              {numbered && item !== undefined && item.count > 0 && <small>{item.count}</small>}
            </span>
          );
        })}
      </div>
    </div>
  );
}
