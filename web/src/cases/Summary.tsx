/** The first thing seen in a file: what is missing, all its deadlines, the person, and what happened last. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { CaseView, Side } from "../api/types.ts";
import { Card, Facts, Notice, Waiting } from "../design/basics.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t, t_first, t_words } from "../language/label.ts";
import { code_name } from "../forms/codes.ts";
import { Link, useAddress } from "../shell/router.tsx";
import { DeadlineList } from "./Deadline.tsx";
import { ErrorClaimCard } from "./ErrorClaimCard.tsx";
import { gate_name } from "./GateFields.tsx";
import { document_name, is_settled } from "./state.tsx";
import { entry_words } from "./Timeline.tsx";

export function Summary({ view, side }: { view: CaseView; side: Side }): ReactNode {
  const { path } = useAddress();
  const timeline = useQuery(queries.timeline(side, view.id));
  const checklist = view.completeness ?? view.checklist;
  const missing = checklist.filter((item) => item.state === "missing");
  const closed = view.gates.filter((gate) => gate.blocks && gate.state === "open");
  const latest = (timeline.data ?? [])
    .filter((item) => item.when === "done" && !item.stop_from)
    .slice(-5)
    .reverse();
  return (
    <div className="stack loose">
      {view.state === "suspended" && (
        <Notice tone="hold">
          <p className="strong">{t("web.case.suspended")}</p>
        </Notice>
      )}
      {view.error_claim && <ErrorClaimCard claim={view.error_claim} />}
      {!is_settled(view.stage) && (missing.length > 0 || closed.length > 0) && (
        <Card title={t("web.case.missing_title")}>
          <ul className="missing-list">
            {missing.map((item) => (
              <li key={item.item}>
                <Link href={`${path}?section=checklist`}>{item.label ?? document_name(item.item)}</Link>
                {item.enough && <span className="muted">{t_words(item.enough)}</span>}
              </li>
            ))}
            {closed.map((gate) => (
              <li key={gate.gate}>
                <Link href={`${path}?section=gates`}>{gate.label ?? gate_name(gate.gate)}</Link>
                <span className="muted">{t("web.gate.blocks")}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {view.deadlines.length > 0 && (
        <Card title={t("web.case.deadlines")}>
          <DeadlineList deadlines={view.deadlines} agreement={view.agreement} />
        </Card>
      )}
      <div className="grid-2">
        <Card title={t("web.case.person")}>
          <Facts
            rows={[
              [t("web.person.name"), view.person.name],
              ...(view.person.name_original
                ? ([[t("web.person.name_original"), view.person.name_original]] as [string, ReactNode][])
                : []),
              [t("web.person.birth"), show_day(view.person.birth)],
              [t("web.person.sex"), view.person.sex ? code_name("sex", view.person.sex) : null],
              [t("web.person.nationality"), view.person.nationality ? code_name("country", view.person.nationality) : null],
            ]}
          />
        </Card>
        <Card title={t("web.case.file")}>
          <Facts
            rows={[
              [t("web.column.reference"), <span className="mono">{view.reference}</span>],
              [t("web.column.counterpart"), view.counterpart_reference],
              [
                t("web.column.agreement"),
                <Link href={`/agreements/${view.agreement}`}>
                  {view.agreement_title ?? t_first([`agreements.${view.agreement}`], view.agreement)}
                </Link>,
              ],
              [t("web.case.owner"), view.assignee?.name ?? view.owner?.name ?? t("web.list.nobody")],
              [t("web.case.created"), show_instant(view.created_at)],
              [t("web.column.submitted"), show_day(view.submitted_on)],
            ]}
          />
        </Card>
      </div>
      <Card
        title={t("web.case.latest")}
        actions={<Link href={`${path}?section=timeline`}>{t("web.case.whole_timeline")}</Link>}
      >
        {timeline.isPending ? (
          <Waiting lines={3} />
        ) : (
          <ul className="latest">
            {latest.map((item) => (
              <li key={item.id}>
                <time className="muted small nowrap" dateTime={item.at ?? ""}>
                  {show_instant(item.at)}
                </time>
                <span>
                  <span className="strong">{entry_words(item)}</span>{" "}
                  <span className="muted small">{[item.by, item.office].filter(Boolean).join(", ")}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
