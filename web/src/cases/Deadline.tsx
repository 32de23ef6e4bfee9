/** "Why this date": the trail of a deadline as a sentence, a drawn line of days with what was skipped, and its steps. */
import type { ReactNode } from "react";
import { days_of_step, weekend_days } from "../agreements/left_out.ts";
import type { DeadlineView } from "../api/types.ts";
import { Chip } from "../design/basics.tsx";
import { add_days, days_between, show_day, show_day_short, show_weekday } from "../language/dates.ts";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { deadline_name } from "./state.tsx";

export const confidence_name = (code: string): string => t_first([`web.confidence.${code}`], words_of(code));

type Trail = Pick<DeadlineView, "trail" | "stops">;
/** The days that were not counted, each with the reason. */
export function days_left_out({ trail, stops }: Trail): Map<string, string> {
  const found = new Map<string, string>();
  for (const step of trail) {
    const holidays = new Map(step.holidays.map(({ day, name }) => [day, name]));
    const counted = { ...step, kind: step.step };
    const weekend = new Set(weekend_days(counted));
    for (const day of days_of_step(counted)) {
      const stood = stops.some(({ from, until }) => day > from && (!until || day <= until));
      const why = stood
        ? t("web.deadline.stood_still")
        : (holidays.get(day) ?? (weekend.has(day) ? t("web.deadline.weekend") : null));
      if (why !== null) found.set(day, why);
    }
  }
  return found;
}

/** `agreement` is the code of the agreement on which the deadline rests: the clause leads to its rule. */
export function DeadlineTrail({ deadline, agreement }: { deadline: DeadlineView; agreement: string }): ReactNode {
  const today = useToday();
  return (
    <div className="trail">
      <p className="trail-sentence">{t_words(deadline.sentence)}</p>
      <TrailLine deadline={deadline} today={today} />
      {days_left_out(deadline).size > 0 && <p className="small muted trail-legend">{t("web.deadline.not_counted")}</p>}
      <ol className="trail-steps">
        {deadline.trail.map((step, index) => (
          <li key={index}>
            <span className="trail-dates">
              {show_weekday(step.from)}
              {step.to !== step.from && ` – ${show_weekday(step.to)}`}
            </span>
            <span>
              {t_words(step.text)}
              {step.holidays.length > 0 && (
                <span className="muted"> ({[...new Set(step.holidays.map(({ name }) => name))].join(", ")})</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p className="row small">
        <span className="muted">{t("web.deadline.clause")}</span>{" "}
        <Link className="strong" href={`/agreements/${agreement}#rule-${deadline.kind}`}>
          {deadline.clause}
        </Link>{" "}
        <Chip tone={deadline.confidence === "unverified" ? "near" : "quiet"}>{confidence_name(deadline.confidence)}</Chip>
      </p>
    </div>
  );
}

function TrailLine({ deadline, today }: { deadline: DeadlineView; today: string }): ReactNode {
  const first = deadline.trail[0]?.from ?? today;
  const last = deadline.due_on > today ? deadline.due_on : today;
  const total = Math.min(120, days_between(first, last) + 1);
  const skipped = days_left_out(deadline);
  const cell = 1000 / Math.max(total, 1);
  const days = Array.from({ length: total }, (_, index) => add_days(first, index));
  const x_of = (day: string): number => days_between(first, day) * cell;
  const months = days.filter((day) => day.endsWith("-01") && x_of(day) > 70 && x_of(day) < 930);
  return (
    <svg
      className="trail-line"
      viewBox="0 0 1000 92"
      role="img"
      aria-label={t("web.deadline.drawn", { from: show_day(first), to: show_day(deadline.due_on), skipped: skipped.size })}
    >
      <defs>
        <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" fill="#e3e8e6" />
          <path d="M0 0v7" stroke="#7d8b91" strokeWidth="2.4" />
        </pattern>
      </defs>
      {days.map((day) => {
        const skip = skipped.get(day);
        const fill = skip ? "url(#hatch)" : day > deadline.due_on ? "#f6d4d4" : day < today ? "#125666" : "#a9cdd3";
        return (
          <rect key={day} x={x_of(day) + 0.8} y="30" width={Math.max(1, cell - 1.6)} height="26" rx="2" fill={fill}>
            <title>
              {show_weekday(day)}
              {skip ? `: ${skip}` : ""}
            </title>
          </rect>
        );
      })}
      {months.map((day) => (
        <text key={day} x={x_of(day)} y="78" className="trail-month" textAnchor="middle">
          {show_day_short(day)}
        </text>
      ))}
      <text x="0" y="78" className="trail-edge">
        {show_day_short(first)}
      </text>
      <path d={`M${x_of(deadline.due_on) + cell} 22v40`} stroke="#9c1c25" strokeWidth="4" />
      <text x={Math.min(998, x_of(deadline.due_on) + cell)} y="16" className="trail-due" textAnchor="end">
        {t("web.deadline.due_mark", { day: show_day_short(deadline.due_on) })}
      </text>
      {today >= first && days_between(first, today) <= total && (
        <>
          <path d={`M${x_of(today) + cell / 2} 24v38`} stroke="#16232a" strokeWidth="3" />
          <circle cx={x_of(today) + cell / 2} cy="24" r="6" fill="#16232a" />
          <text x={Math.max(26, x_of(today) + cell / 2)} y="92" className="trail-today" textAnchor="middle">
            {t("web.deadline.today_mark")}
          </text>
        </>
      )}
    </svg>
  );
}

interface ListProps {
  deadlines: DeadlineView[];
  agreement: string;
}
/** What runs or stands still first; what was replaced or met is one press away. */
export function DeadlineList({ deadlines, agreement }: ListProps): ReactNode {
  const past = deadlines.filter((item) => ["replaced", "met", "closed"].includes(item.state));
  const now = deadlines.filter((item) => !past.includes(item));
  return (
    <div className="stack">
      <DeadlineItems deadlines={now} before={past} agreement={agreement} />
      {past.length > 0 && (
        <details className="past-deadlines">
          <summary>{t("web.deadline.past", { count: past.length })}</summary>
          <DeadlineItems deadlines={past} agreement={agreement} />
        </details>
      )}
    </div>
  );
}
/** The day that stood before, where a term was computed anew to another day: by an extension, a holiday, another law. */
function day_before(item: DeadlineView, before: DeadlineView[]): string | null {
  const replaced = before.filter((each) => each.kind === item.kind && each.state === "replaced" && each.due_on !== "");
  const last = replaced.at(-1)?.due_on ?? null;
  return last === item.due_on ? null : last;
}
function DeadlineItems({ deadlines, before = [], agreement }: ListProps & { before?: DeadlineView[] }): ReactNode {
  return (
    <div className="stack">
      {deadlines.map((item) => (
        <details key={item.id} className="deadline-item">
          <summary>
            <span className="grow strong">{deadline_name(item.kind)}</span>
            <span>
              {day_before(item, before) && (
                <s className="muted" title={t("web.deadline.day_before")}>
                  {show_day(day_before(item, before))}
                </s>
              )}{" "}
              {show_day(item.due_on)}
            </span>
            <Chip tone={item.state === "met" ? "calm" : item.state === "stopped" ? "hold" : "quiet"}>
              {t_first([`web.deadline_state.${item.state}`], words_of(item.state))}
            </Chip>
          </summary>
          <DeadlineTrail deadline={item} agreement={agreement} />
        </details>
      ))}
    </div>
  );
}
