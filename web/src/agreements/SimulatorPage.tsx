/** "What would the dates be if": an agreement, a clock, what happens on which day; all of it stands in the address. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Card, ErrorNotice, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { DateField } from "../design/DateField.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { navigate, useAddress } from "../shell/router.tsx";
import { LawTabs, useLawRows } from "./AgreementsPage.tsx";
import { ComputedDates } from "./ComputedDates.tsx";
import { law, type Law, type LawRow } from "./law.ts";
import {
  asked_case,
  count_of,
  event_kinds,
  is_extension,
  next_kinds,
  read_address,
  write_address,
  type Simulation,
} from "./simulation.ts";
import { event_name, is_clock, parties_of, rule_name, state_name } from "./words.ts";
import "./agreements.css";

export function SimulatorPage(): ReactNode {
  const { query } = useAddress();
  const today = useToday();
  const all = useLawRows();
  const named = all.items.find((item) => item.code === query.get("agreement")) ?? all.items[0];
  const view = useQuery({ ...law.agreement(named?.code ?? ""), enabled: named !== undefined });
  const chosen = view.data;
  return (
    <>
      <PageHead title={t("web.law.simulator")} lead={t("web.law.simulator_lead")} />
      <LawTabs tab="simulator" />
      <ErrorNotice error={all.error ?? view.error} />
      {!chosen ? (
        <Waiting lines={8} />
      ) : (
        <Simulator items={all.items} view={chosen} simulation={read_address(query, chosen, today)} />
      )}
    </>
  );
}

/** Clocks that a date can be computed for: rules with a number and a start. */
export const clocks_of = (view: Law): Law["rules"] =>
  view.rules.filter((rule, index, list) => {
    const first = list.findIndex((other) => other.key === rule.key) === index;
    return first && is_clock(rule);
  });

function Simulator({ items, view, simulation }: { items: LawRow[]; view: Law; simulation: Simulation }): ReactNode {
  const go = (next: Partial<Simulation>): void =>
    navigate(`/agreements/simulator?${write_address({ ...simulation, ...next })}`, { replace: true });
  const clocks = clocks_of(view);
  const asked = asked_case(simulation);
  const dates = useQuery(law.dates(asked));
  return (
    <div className="simulator">
      <div className="stack loose no-print">
        <Card title={t("web.law.what_if")}>
          <div className="stack">
            <SelectField
              label={t("web.law.agreement")}
              value={simulation.agreement}
              options={items.map((item) => ({ value: item.code, label: item.title }))}
              change={(agreement) => navigate(`/agreements/simulator?agreement=${agreement}`, { replace: true })}
            />
            {clocks.length === 0 ? (
              <Notice tone="near">
                <p>{t("web.law.no_clocks")}</p>
              </Notice>
            ) : (
              <SelectField
                label={t("web.law.clock")}
                value={simulation.clock}
                options={clocks.map((rule) => ({ value: rule.key, label: rule_name(rule.key, rule.label) }))}
                change={(clock) =>
                  navigate(`/agreements/simulator?agreement=${simulation.agreement}&clock=${clock}`, { replace: true })
                }
              />
            )}
            {parties_of(view).length > 1 && (
              <SelectField
                label={t("web.law.requested_state")}
                value={simulation.requested}
                empty={t("web.law.usual_direction")}
                options={parties_of(view).map((code) => ({ value: code, label: state_name(code) }))}
                change={(requested) => go({ requested })}
              />
            )}
            <SelectField
              label={t("web.law.person")}
              value={simulation.person}
              empty={t("web.law.person_not_said")}
              options={["own_national", "third_country_national", "stateless"].map((value) => ({
                value,
                label: t(`web.law.person.${value}`),
              }))}
              change={(person) => go({ person })}
            />
            {view.rules.some((rule) => rule.key.startsWith("max_returnees_")) && <Travellers simulation={simulation} go={go} />}
          </div>
        </Card>
        <Events simulation={simulation} go={go} starts={clocks.find((rule) => rule.key === simulation.clock)?.start ?? ""} />
        <CopyLink />
      </div>
      <div className="stack loose" aria-live="polite">
        <ErrorNotice error={dates.error} again={() => void dates.refetch()} />
        {asked.events.length === 0 ? (
          <Notice tone="info">
            <p>{t("web.law.give_date")}</p>
          </Notice>
        ) : dates.data ? (
          <ComputedDates view={view} simulation={simulation} answer={dates.data} choose={(clock) => go({ clock })} />
        ) : (
          !dates.error && <Waiting lines={6} />
        )}
      </div>
    </div>
  );
}

/** For the limits of the agreement: how many want to travel beside how many. */
function Travellers({ simulation, go }: { simulation: Simulation; go: (next: Partial<Simulation>) => void }): ReactNode {
  const field = (name: "persons" | "travelling", least: number): ReactNode => (
    <TextField
      label={t(`web.law.${name}`)}
      hint={t(`web.law.${name}_hint`)}
      inputMode="numeric"
      className="short"
      value={simulation[name] === undefined ? "" : String(simulation[name])}
      change={(text) => go({ [name]: count_of(text.replace(/\D/g, ""), least) })}
    />
  );
  return (
    <>
      {field("travelling", 0)}
      {field("persons", 1)}
    </>
  );
}

const icons: Record<string, "pause" | "clock"> = {
  document_request: "pause",
  suspension: "pause",
  extension: "clock",
};

function Events({
  simulation,
  go,
  starts,
}: {
  simulation: Simulation;
  go: (next: Partial<Simulation>) => void;
  starts: string;
}): ReactNode {
  const today = useToday();
  const { events } = simulation;
  const change = (index: number, part: Partial<Simulation["events"][number]>): void =>
    go({ events: events.map((event, at) => (at === index ? { ...event, ...part } : event)) });
  const options = event_kinds.map((value) => ({
    value,
    label: value === starts ? t("web.law.starts_clock", { event: event_name(value) }) : event_name(value),
  }));
  const add = (type: string): void => go({ events: [...events, { type, at: "" }] });
  return (
    <Card title={t("web.law.what_happens")}>
      <ol className="sim-events">
        {events.map((event, index) => (
          <li key={`${index}-${simulation.agreement}-${simulation.clock}`} data-event={event.type}>
            <SelectField
              label={index === 0 ? t("web.law.start_event") : t("web.law.then_event", { number: index + 1 })}
              value={event.type}
              options={options}
              change={(type) => change(index, { type })}
            />
            <DateField label={t("web.law.on_day")} value={event.at} today={today} change={(at) => change(index, { at })} />
            {is_extension(event.type) && (
              <TextField
                label={t("web.law.days_added")}
                hint={t("web.law.days_added_hint")}
                inputMode="numeric"
                className="short"
                value={event.days === undefined ? "" : String(event.days)}
                change={(days) => change(index, { days: Number(days.replace(/\D/g, "")) || undefined, until: undefined })}
              />
            )}
            {is_extension(event.type) && (
              <DateField
                label={t("web.law.extended_until")}
                value={event.until ?? ""}
                today={today}
                change={(until) => change(index, { until: until || undefined, days: undefined })}
              />
            )}
            {index > 0 && (
              <button className="link-button" onClick={() => go({ events: events.filter((_, at) => at !== index) })}>
                {t("web.law.remove_event")}
              </button>
            )}
          </li>
        ))}
      </ol>
      <p className="row law-note">
        {next_kinds(events, starts).map((kind) => (
          <Button key={kind} className="small" icon={icons[kind] ?? "plus"} onClick={() => add(kind)}>
            {t(`web.law.add.${kind}`)}
          </Button>
        ))}
        <Button className="small" icon="plus" onClick={() => add("term_over")}>
          {t("web.law.add_event")}
        </Button>
      </p>
    </Card>
  );
}

/** The address of what is chosen, for a colleague. */
function CopyLink(): ReactNode {
  const [copied, set_copied] = useState("");
  const href = location.href;
  const copy = (): void => void navigator.clipboard.writeText(href).then(() => set_copied(href));
  return (
    <p className="row">
      <Button icon={copied === href ? "check" : "file"} onClick={copy}>
        <span role="status">{t(copied === href ? "web.law.copied_link" : "web.law.copy_link")}</span>
      </Button>
    </p>
  );
}
