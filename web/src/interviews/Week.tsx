/** A week of interviews as a calendar: a column for each day with the hours at the place; on a telephone one list after the other. */
import type { ReactNode } from "react";
import { Button } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { add_days, show_day_short, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { mode_icon, StateChip } from "./words.tsx";
import type { WhenView } from "./types.ts";

/** What a week shows of an interview, of either side. */
export interface WeekItem {
  id: string;
  href: string | null;
  when: WhenView;
  person: string;
  place: string;
  mode: string;
  state: string;
  late: boolean;
}
const minute_of = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const pixels = 1.5;

/** The week that is looked at on a day: at a weekend the one that comes. */
export const week_of_day = (day: string): string => monday_of(add_days(day, 2));
/** The Monday of the week of a day. */
export function monday_of(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return add_days(day, weekday === 0 ? -6 : 1 - weekday);
}

/** Those who meet in time stand beside each other: which lane, of how many. */
function lanes_of(items: WeekItem[]): Map<string, [number, number]> {
  const placed = new Map<string, [number, number]>();
  let group: WeekItem[] = [];
  let until = -1;
  const close = (): void => {
    const ends: number[] = [];
    const lane = new Map<string, number>();
    for (const one of group) {
      const begins = minute_of(one.when.begins);
      let free = ends.findIndex((end) => end <= begins);
      if (free < 0) free = ends.push(0) - 1;
      ends[free] = begins + one.when.length_minutes;
      lane.set(one.id, free);
    }
    for (const one of group) placed.set(one.id, [lane.get(one.id) ?? 0, ends.length]);
    group = [];
  };
  for (const one of items) {
    const begins = minute_of(one.when.begins);
    if (begins >= until) close();
    group.push(one);
    until = Math.max(until, begins + one.when.length_minutes);
  }
  close();
  return placed;
}

export function WeekHead({ from, today, go }: { from: string; today: string; go: (day: string) => void }): ReactNode {
  return (
    <div className="row week-head">
      <Button kind="small" icon="left" aria-label={t("interviews.week_before")} onClick={() => go(add_days(from, -7))} />
      <Button kind="small" icon="right" aria-label={t("interviews.week_after")} onClick={() => go(add_days(from, 7))} />
      <Button kind="small" disabled={week_of_day(today) === from} onClick={() => go(week_of_day(today))}>
        {t("interviews.this_week")}
      </Button>
      <strong>{t("interviews.week_of", { from: show_day_short(from), to: show_day_short(add_days(from, 6)) })}</strong>
    </div>
  );
}

export function Week({ from, today, items }: { from: string; today: string; items: WeekItem[] }): ReactNode {
  const sorted = [...items].sort((a, b) => a.when.starts_at.localeCompare(b.when.starts_at));
  const all = Array.from({ length: 7 }, (_, index) => add_days(from, index));
  const days = all.filter((day, index) => index < 5 || sorted.some((one) => one.when.day === day));
  const first = Math.floor(Math.min(8 * 60, ...sorted.map((one) => minute_of(one.when.begins))) / 60);
  const last = Math.ceil(Math.max(17 * 60, ...sorted.map((one) => minute_of(one.when.begins) + one.when.length_minutes)) / 60);
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const height = (last - first) * 60 * pixels;
  return (
    <div className="week" style={{ gridTemplateColumns: `44px repeat(${days.length}, minmax(0, 1fr))` }}>
      <div className="week-hours" aria-hidden="true" style={{ blockSize: height }}>
        {hours.map((hour) => (
          <span key={hour} style={{ insetBlockStart: (hour - first) * 60 * pixels }}>
            {String(hour).padStart(2, "0")}:00
          </span>
        ))}
      </div>
      {days.map((day) => {
        const own = sorted.filter((one) => one.when.day === day);
        const lanes = lanes_of(own);
        return (
          <section key={day} className={day === today ? "week-day today" : "week-day"}>
            <h3>{show_weekday(day)}</h3>
            <div className="week-lines" style={{ blockSize: height, backgroundSize: `100% ${60 * pixels}px` }}>
              {own.length === 0 && <p className="week-none">{t("interviews.none_that_day")}</p>}
              {own.map((one) => {
                const [lane, of] = lanes.get(one.id) ?? [0, 1];
                return (
                  <WeekCard
                    key={one.id}
                    one={one}
                    style={{
                      insetBlockStart: (minute_of(one.when.begins) - first * 60) * pixels,
                      blockSize: Math.max(one.when.length_minutes * pixels - 2, 30),
                      insetInlineStart: `${(lane * 100) / of}%`,
                      inlineSize: `${100 / of}%`,
                    }}
                  />
                );
              })}
            </div>
          </section>
        );
      })}
    </div>
  );
}

function WeekCard({ one, style }: { one: WeekItem; style: React.CSSProperties }): ReactNode {
  const inside = (
    <>
      <span className="strong nowrap">
        {one.when.begins} <Icon name={mode_icon(one.mode)} size={12} />
        {one.late && <Icon name="alert" size={12} />}
      </span>
      <span className="week-person">{one.person}</span>
      <StateChip state={one.state} />
      <span className="week-place">{one.place}</span>
    </>
  );
  return one.href ? (
    <Link href={one.href} className={`week-card is-${one.state}`} style={style}>
      {inside}
    </Link>
  ) : (
    <div className={`week-card is-${one.state}`} style={style}>
      {inside}
    </div>
  );
}
