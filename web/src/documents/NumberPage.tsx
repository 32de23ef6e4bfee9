/** What happened to one number, from the receipt of its sheet on: it is never removed and never used twice. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { Card, Chip, ErrorNotice, Facts, PageHead, Waiting, type Tone } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";

const tones: Record<string, Tone> = {
  lost: "late",
  void: "late",
  spoilt: "late",
  issued: "calm",
  handed_over: "calm",
  used: "calm",
  renewal_refused: "soon",
  destruction_refused: "soon",
};

export function NumberHistoryTable({ number }: { number: string }): ReactNode {
  const history = useQuery(queries.number_history(number));
  if (history.error) return <ErrorNotice error={history.error} />;
  if (!history.data) return <Waiting lines={3} />;
  return (
    <RowsTable
      name={t("web.number.history")}
      rows={history.data.events}
      row_key={(event) => event.at + event.event}
      columns={[
        {
          label: t("web.number.event"),
          alone: true,
          cell: (event) => <Chip tone={tones[event.event] ?? "quiet"}>{t(`web.number_event.${event.event}`)}</Chip>,
        },
        { label: t("web.number.when"), look: "nowrap", cell: (event) => show_instant(event.at) },
        { label: t("web.number.who"), is_none: (event) => !event.by, cell: (event) => event.by },
        { label: t("web.number.office"), cell: (event) => event.office },
        { label: t("web.number.note"), is_none: (event) => !event.note, cell: (event) => event.note },
      ]}
    />
  );
}

export function NumberPage({ parameters }: { parameters: { number: string } }): ReactNode {
  const number = parameters.number;
  const history = useQuery(queries.number_history(number));
  const view = history.data;
  return (
    <>
      <PageHead
        title={<span className="mono">{number}</span>}
        lead={<Link href="/documents?tab=register">{t("web.nav.documents")}</Link>}
      />
      {history.error && <ErrorNotice error={history.error} />}
      {view && (
        <div className="stack loose">
          <Card title={t("web.number.now")}>
            <Facts
              rows={[
                [t("web.number.sheet"), t(`web.blank_state.${view.sheet}`)],
                [t("web.number.office"), view.office],
                [t("web.stock.box"), view.box ?? t("web.stock.no_box")],
                [t("web.number.destroyed"), t(view.is_destroyed ? "web.yes" : "web.no")],
                ...(view.has_document
                  ? ([[t("web.number.document"), <Link href={`/documents/${number}`}>{number}</Link>]] as [string, ReactNode][])
                  : []),
              ]}
            />
          </Card>
          <Card title={t("web.number.history")} flush>
            <NumberHistoryTable number={number} />
          </Card>
        </div>
      )}
    </>
  );
}
