/** What happened to one number, from the receipt of its sheet on: it is never removed and never used twice. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { NumberHistory } from "../api/types.ts";
import { Button, Card, Chip, ErrorNotice, Facts, PageHead, Waiting, type Tone } from "../design/basics.tsx";
import { SelectField, TextArea } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
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
          <Card title={t("web.number.now")} actions={<SheetActs view={view} />}>
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

type Doing = "assignment" | "loss" | "find" | "spoilt";

/** What may be done with a sheet that has no document, at the viewer's office. */
function doings_of(view: NumberHistory, may: (permission: string) => boolean): Doing[] {
  if (!view.is_own || view.is_destroyed) return [];
  const keeps = may("document.stock");
  if (view.sheet === "lost") return keeps ? ["find"] : [];
  if (view.sheet !== "in_stock" && view.sheet !== "assigned") return [];
  return [
    ...(view.sheet === "in_stock" && may("document.issue") ? (["assignment"] as const) : []),
    ...(keeps ? (["spoilt", "loss"] as const) : []),
  ];
}

function SheetActs({ view }: { view: NumberHistory }): ReactNode {
  const may = useMay();
  const [doing, set_doing] = useState<Doing | null>(null);
  return (
    <>
      {doings_of(view, may).map((one) => (
        <Button key={one} kind="small" onClick={() => set_doing(one)}>
          {t(`web.sheet.${one}`)}
        </Button>
      ))}
      {doing && <SheetAct view={view} doing={doing} close={() => set_doing(null)} />}
    </>
  );
}

function SheetAct({ view, doing, close }: { view: NumberHistory; doing: Doing; close: () => void }): ReactNode {
  const [reason, set_reason] = useState("");
  const [application, set_application] = useState("");
  const aside = doing === "assignment";
  const waiting = useQuery({ ...queries.waiting({ limit: 100 }), enabled: aside });
  return (
    <FormDialog
      title={`${t(`web.sheet.${doing}`)}: ${view.number}`}
      act={t(`web.sheet.${doing}`)}
      danger={doing === "loss" || doing === "spoilt"}
      close={close}
      ready={aside ? application !== "" : reason.trim().length > 2}
      keep={reason !== "" || application !== ""}
      send={async () => {
        await post(`/blanks/${encodeURIComponent(view.number)}/${doing}`, aside ? { application } : { reason });
        await client.invalidateQueries({ queryKey: ["documents"] });
        toast(t(`web.sheet.${doing}_done`, { number: view.number }));
      }}
    >
      <p>{t(`web.sheet.${doing}_text`)}</p>
      {aside ? (
        <>
          <ErrorNotice error={waiting.error} />
          <SelectField
            label={t("web.sheet.application")}
            empty={t("web.sheet.choose")}
            options={(waiting.data?.items ?? []).map((one) => ({
              value: one.application,
              label: `${one.name} · ${one.reference}`,
            }))}
            value={application}
            change={set_application}
            required
          />
        </>
      ) : (
        <TextArea label={t("web.act.reason")} value={reason} change={set_reason} required maxLength={1000} />
      )}
    </FormDialog>
  );
}
