/** One line from past to future: done, today, to come; clock stops as hatched spans; prints as the record of the file. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { CaseView, Side, TimelineEntry } from "../api/types.ts";
import { Button, Card, ErrorNotice, Waiting } from "../design/basics.tsx";
import { days_between, show_day, show_instant } from "../language/dates.ts";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { gate_name } from "./GateFields.tsx";
import { party_name } from "./state.tsx";
import { role_name } from "../session/DemoStart.tsx";
import { useToday } from "../session/session.ts";

export function TimelineSection({ view, side }: { view: CaseView; side: Side }): ReactNode {
  const today = useToday();
  const list = useQuery(queries.timeline(side, view.id));
  const items = list.data ?? [];
  const before = items.filter((item) => item.when === "done");
  const after = items.filter((item) => item.when === "future");
  return (
    <Card
      title={t("web.section.timeline")}
      actions={
        <Button kind="small" icon="print" onClick={() => print()}>
          {t("web.action.print")}
        </Button>
      }
    >
      <ErrorNotice error={list.error} />
      {list.isPending ? (
        <Waiting lines={6} />
      ) : (
        <ol className="timeline">
          {before.map((item) => (
            <Entry key={item.id} item={item} view={view} />
          ))}
          <li className="today-line">{t("web.timeline.today", { day: show_day(today) })}</li>
          {after.map((item) => (
            <Entry key={item.id} item={item} view={view} />
          ))}
        </ol>
      )}
    </Card>
  );
}
/** The server's own sentence; the name of the act where it has none. */
/** A safeguard by its name instead of its code. */
const gates_in_words = (text: string): string =>
  text.replace(/ \((G\d{2})\)$/, (whole, gate: string) => (gate_name(gate) === gate ? whole : `: ${gate_name(gate)}`));
export const entry_words = (item: TimelineEntry): string =>
  (item.stop_from ? t_first([`web.deadline_kind.${item.text}`, `agreements.rule.${item.text}`], "") : "") ||
  gates_in_words(t_words(item.text)) ||
  t_first([`workflow.ledger.${item.action}`, `workflow.action.${item.action}`], words_of(item.action));

/** A State by its name. */
function name_of_state(view: CaseView, code: string): string {
  if (code === view.party_codes?.own) return view.parties?.own ?? code;
  if (code === view.party_codes?.partner) return view.parties?.partner ?? code;
  return party_name(code);
}
function Entry({ item, view }: { item: TimelineEntry; view: CaseView }): ReactNode {
  const stop = item.stop_from ? { from: item.stop_from, to: item.stop_to ?? null } : null;
  return (
    <li className={stop ? "stop" : item.when === "future" ? "future" : ""}>
      <time className="small muted" dateTime={item.at ?? ""}>
        {item.at ? (item.at.length > 10 ? show_instant(item.at) : show_day(item.at)) : t("web.timeline.not_dated")}
      </time>
      <span className="stack tight">
        <span>
          <span className="strong">{entry_words(item)}</span>
        </span>
        {stop && (
          <span className="small">
            {stop.to
              ? t("web.timeline.stopped", {
                  from: show_day(stop.from),
                  to: show_day(stop.to),
                  days: days_between(stop.from, stop.to),
                })
              : t("web.timeline.stopped_since", { from: show_day(stop.from) })}
          </span>
        )}
        {item.by && (
          <span className="small muted">
            {[
              item.by,
              item.acting_for ? t("web.covering.acting_for", { name: item.acting_for }) : "",
              item.role ? role_name(item.role) : "",
              item.office,
              item.party ? name_of_state(view, item.party) : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        )}
      </span>
    </li>
  );
}
