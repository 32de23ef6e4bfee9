/** The answer of the simulator: the chosen deadline, why this date, its calendar, and what follows or waits. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card, Chip, Facts, Notice } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { days_between, show_day, show_weekday } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { DayCalendar } from "./DayCalendar.tsx";
import { law, type ComputedDate, type DatesAnswer, type DateStep, type Law } from "./law.ts";
import { asked_case, type Simulation } from "./simulation.ts";
import { strip_of } from "./strip.ts";
import { SureBadge, SureChip } from "./Sure.tsx";
import { event_name, rule_name } from "./words.ts";

interface Props {
  view: Law;
  simulation: Simulation;
  answer: DatesAnswer;
  choose: (clock: string) => void;
}
export function ComputedDates({ view, simulation, answer, choose }: Props): ReactNode {
  if (answer.error)
    return (
      <Notice tone="late" alert>
        <p className="strong">{answer.error.message}</p>
        <p>{answer.error.remedy}</p>
      </Notice>
    );
  const date = answer.deadlines.find((each) => each.kind === simulation.clock);
  const others = answer.deadlines.filter((each) => each.kind !== simulation.clock);
  return (
    <>
      {answer.warnings.map((warning) => (
        <Notice key={warning} tone="near">
          <p>{warning}</p>
        </Notice>
      ))}
      {date ? <Chosen date={date} view={view} simulation={simulation} /> : <NotYet simulation={simulation} answer={answer} />}
      {others.length > 0 && <Others others={others} choose={choose} />}
      <Limits answer={answer} />
      <Unknown answer={answer} />
    </>
  );
}

/** How many persons the agreement lets travel, and whether those asked for have room. */
function Limits({ answer }: { answer: DatesAnswer }): ReactNode {
  const limits = answer.limits ?? [];
  if (limits.length === 0) return null;
  return (
    <Card title={t("web.law.limits")}>
      <ul className="stack tight">
        {limits.map((limit) => (
          <li key={limit.kind} className="row wrap">
            {limit.allowed !== undefined && (
              <Chip tone={limit.allowed ? "calm" : "late"} icon={limit.allowed ? "check" : "cross"}>
                {t(limit.allowed ? "web.law.has_room" : "web.law.no_room")}
              </Chip>
            )}
            <span>{limit.text}</span>
            <span className="muted small">{limit.clause}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function NotYet({ simulation, answer }: { simulation: Simulation; answer: DatesAnswer }): ReactNode {
  const waiting = answer.waiting.find((each) => each.kind === simulation.clock);
  const unknown = answer.unknown.find((each) => each.kind === simulation.clock);
  if (simulation.clock === "")
    return (
      <Notice tone="near">
        <p>{t("web.law.no_clocks")}</p>
      </Notice>
    );
  const words = waiting
    ? t("web.law.clock_waits", { event: event_name(waiting.starts_with).toLowerCase() })
    : (unknown?.why ?? answer.why ?? t("web.law.no_date_here"));
  return (
    <Notice tone="info">
      <p className="strong">{rule_name(simulation.clock)}</p>
      <p>{words}</p>
    </Notice>
  );
}

/** The last day that the term would have without its extensions, where one was given. */
function useDueBefore(simulation: Simulation): string | null {
  const extended = simulation.events.some((event) => event.type === "extension" && event.at !== "");
  const before = useQuery({
    ...law.dates(asked_case(simulation, "extension")),
    enabled: extended && simulation.events.some((event) => event.type !== "extension" && event.at !== ""),
  });
  if (!extended) return null;
  return before.data?.deadlines.find((each) => each.kind === simulation.clock)?.due ?? null;
}

function Chosen({ date, view, simulation }: { date: ComputedDate; view: Law; simulation: Simulation }): ReactNode {
  const code = view.agreement.code;
  const due_before = useDueBefore(simulation);
  const rule = view.rules.find((each) => each.key === date.kind);
  const strip = strip_of({
    date,
    unit: rule?.unit ?? "",
    due_before: due_before !== null && date.due !== null && due_before < date.due ? due_before : null,
  });
  const far = date.due ? Math.abs(days_between(date.start.on, date.due)) : 0;
  return (
    <section className="card sim-answer" aria-labelledby="sim-title">
      <div className="sim-due">
        <h2 id="sim-title">{rule_name(date.kind, date.label)}</h2>
        {date.due ? (
          <>
            <p className="sim-date" data-due={date.due}>
              {show_day(date.due)}
            </p>
            <p>
              {show_weekday(date.due)} ·{" "}
              {t(date.due < date.start.on ? "web.law.days_before" : "web.law.days_after", { count: far })}
            </p>
          </>
        ) : (
          <p className="sim-date">{t("web.law.stands_still")}</p>
        )}
        <p className="small">{t("web.law.acts", { state: date.acting_name })}</p>
      </div>
      <div className="sim-why">
        <h3>{t("web.law.why")}</h3>
        <p className="sim-sentence">{date.sentence}</p>
        <Steps steps={date.steps} />
        {strip && (
          <DayCalendar
            strip={strip}
            start={date.start.on}
            start_words={event_name(date.start.event)}
            value={rule?.value ?? null}
            extended={due_before !== null}
            practice={date.practice?.due ?? null}
          />
        )}
        {[...new Set(date.warnings)].map((warning) => (
          <Notice key={warning} tone="near">
            <p>{warning}</p>
          </Notice>
        ))}
        {date.silence && <p className="sim-silence">{date.silence}</p>}
        <Facts
          rows={[
            [
              t("web.law.rests_on"),
              <span key="clause" className="row">
                <Link href={`/agreements/${code}#rule-${date.kind}`}>{date.clause}</Link>
                <SureBadge
                  confidence={date.confidence}
                  start_unsure={date.start_confidence === "unverified" && date.value_confidence !== "unverified"}
                  href={`/agreements/${code}?tab=confirmations`}
                />
              </span>,
            ],
            [t("web.law.counted_in"), `${date.zone} · ${date.acting_name}`],
            ...(date.calendar_confidence
              ? [
                  [t("web.law.holidays_are"), <SureChip key="holidays" confidence={date.calendar_confidence} />] as [
                    string,
                    ReactNode,
                  ],
                ]
              : []),
            ...(date.practice
              ? [[t("web.law.practice"), <PracticeDate key="practice" practice={date.practice} />] as [string, ReactNode]]
              : []),
          ]}
        />
      </div>
    </section>
  );
}

/** Days, not names: a day that is a holiday in both States is left out once. */
const holidays_in = (step: DateStep): number => new Set(step.skipped.map(({ day }) => day)).size;

/** The trail step by step: what was counted from where to where, what was left out, on which clause it rests. */
function Steps({ steps }: { steps: DateStep[] }): ReactNode {
  return (
    <ol className="sim-trail">
      {steps.map((step, index) => (
        <li key={index} data-step={step.kind}>
          <p>{step.text}</p>
          <p className="row small muted">
            <span className="number">
              {show_day(step.from)} → {show_day(step.to)}
            </span>
            {step.days !== 0 && <span>{t("web.law.step_days", { count: Math.abs(step.days) })}</span>}
            {step.weekend_days > 0 && <span>{t("web.law.day.weekend", { count: step.weekend_days })}</span>}
            {holidays_in(step) > 0 && <span>{t("web.law.day.holiday", { count: holidays_in(step) })}</span>}
            {step.stopped_days > 0 && <span>{t("web.law.day.pause", { count: step.stopped_days })}</span>}
            <span className="strong">{step.clause}</span>
            <SureChip confidence={step.confidence} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function PracticeDate({ practice }: { practice: NonNullable<ComputedDate["practice"]> }): ReactNode {
  return (
    <>
      <span className="block strong">
        {practice.says}
        {practice.due && ` → ${show_day(practice.due)}`}
      </span>
      <span className="block small muted">{practice.source}</span>
    </>
  );
}

function Others({ others, choose }: { others: ComputedDate[]; choose: (clock: string) => void }): ReactNode {
  return (
    <Card title={t("web.law.other_dates")} flush>
      <ul className="sim-others">
        {others.map((each) => (
          <li key={each.kind}>
            <button className="link-button" onClick={() => choose(each.kind)}>
              {rule_name(each.kind, each.label)}
            </button>
            <span className="number strong">{each.due ? show_day(each.due) : t("web.law.stands_still")}</span>
            <span className="small muted">{each.clause}</span>
            <SureChip confidence={each.confidence} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Unknown({ answer }: { answer: DatesAnswer }): ReactNode {
  if (answer.waiting.length + answer.unknown.length === 0) return null;
  return (
    <details className="card sim-unknown" open={answer.deadlines.length === 0}>
      <summary>
        <Icon name="down" size={14} />
        {t("web.law.without_date", { count: answer.waiting.length + answer.unknown.length })}
      </summary>
      <ul className="sim-others">
        {answer.waiting.map((each) => (
          <li key={each.kind}>
            <span className="strong">{rule_name(each.kind)}</span>
            <span>{t("web.law.starts_with", { event: event_name(each.starts_with).toLowerCase() })}</span>
            <span className="small muted">{each.clause}</span>
          </li>
        ))}
        {answer.unknown.map((each) => (
          <li key={each.kind}>
            <span className="strong">{rule_name(each.kind)}</span>
            <span>{each.why}</span>
            <Chip tone="near">{t("web.law.missing")}</Chip>
          </li>
        ))}
      </ul>
    </details>
  );
}
