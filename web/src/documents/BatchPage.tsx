/** Documents for a flight: everybody who waits, or the list of an announced transport; issued in turn, printed as one file. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { BatchCandidate, BatchItem } from "../api/types.ts";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_instant, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { PrintLink } from "./PrintLink.tsx";
import { SealingKeyNotice } from "./SealingKeyNotice.tsx";

/** The server issues so many at once. */
const batch_at_most = 100;

export function BatchPage(): ReactNode {
  const transports = useQuery(queries.document_transports());
  const [transport, set_transport] = useState("");
  const waiting = useQuery({ ...queries.waiting({ limit: batch_at_most }), enabled: transport === "" });
  const listed = useQuery({ ...queries.document_candidates(transport), enabled: transport !== "" });
  const everybody: BatchCandidate[] = (waiting.data?.items ?? []).map((one) => ({
    application: one.application,
    reference: one.reference,
    name: one.name,
    due: "due",
    number: null,
    has_portrait: one.has_portrait,
  }));
  const source = transport === "" ? waiting : listed;
  const rows = transport === "" ? everybody : (listed.data ?? []);
  return (
    <>
      <PageHead
        title={t("web.batch.title")}
        lead={<Link href="/documents?tab=waiting">{t("web.document.tab.waiting")}</Link>}
      />
      <SealingKeyNotice />
      <div className="stack loose">
        <Card title={t("web.batch.source")}>
          <ErrorNotice error={transports.error} />
          <SelectField
            label={t("web.batch.transport")}
            empty={t("web.batch.everybody")}
            options={(transports.data ?? []).map((one) => ({
              value: one.id,
              label: t("web.batch.transport_option", {
                name: one.name,
                time: show_instant(one.departs_at),
                count: one.persons,
              }),
            }))}
            value={transport}
            change={set_transport}
          />
        </Card>
        <ErrorNotice error={source.error} />
        {source.isPending ? <Waiting /> : <Candidates key={transport} rows={rows} />}
      </div>
    </>
  );
}

function Candidates({ rows: told }: { rows: BatchCandidate[] }): ReactNode {
  // Whoever got a document waits no more: the list stays as it was when the first was issued.
  const [kept, set_kept] = useState<BatchCandidate[] | null>(null);
  const rows = kept ?? told;
  const ready = (row: BatchCandidate): boolean => row.due === "due" && row.has_portrait && row.application !== null;
  const [left_out, set_left_out] = useState<ReadonlySet<string>>(new Set());
  const [asking, set_asking] = useState(false);
  const [outcome, set_outcome] = useState<BatchItem[] | null>(null);
  const result = (row: BatchCandidate): BatchItem | undefined => outcome?.find((one) => one.application === row.application);
  const chosen = rows
    .filter((row) => ready(row) && !result(row)?.number)
    .map((row) => row.application ?? "")
    .filter((id) => !left_out.has(id));
  const numbers = rows.map((row) => result(row)?.number ?? row.number).filter((number) => number != null);
  const refused = outcome?.filter((one) => one.refused) ?? [];
  const turn = (id: string, on: boolean): void => {
    const after = new Set(left_out);
    if (on) after.delete(id);
    else after.add(id);
    set_left_out(after);
  };
  if (rows.length === 0) return <Empty icon="passport" title={t("web.document.nobody_waits")} />;
  return (
    <>
      {outcome && (
        <Notice tone={refused.length > 0 ? "soon" : "calm"}>
          <p>
            {t("web.batch.issued", { count: outcome.length - refused.length })}{" "}
            {refused.length > 0 && t("web.batch.refused", { count: refused.length })}
          </p>
        </Notice>
      )}
      <Card
        title={t("web.batch.list")}
        flush
        actions={
          <>
            {numbers.length > 0 && (
              <PrintLink
                path="/document-sheets"
                query={{ numbers: numbers.join(",") }}
                label={t("web.batch.print", { count: numbers.length })}
              />
            )}
            <Button kind="primary" icon="passport" disabled={chosen.length === 0} onClick={() => set_asking(true)}>
              {t("web.batch.issue", { count: chosen.length })}
            </Button>
          </>
        }
      >
        <RowsTable
          name={t("web.batch.list")}
          rows={rows}
          row_key={(row) => row.application ?? `${rows.indexOf(row)}`}
          columns={[
            {
              label: t("web.batch.take"),
              quiet: true,
              cell: (row) =>
                ready(row) && !result(row)?.number ? (
                  <input
                    type="checkbox"
                    aria-label={t("web.batch.take_person", { name: row.name ?? "" })}
                    checked={!left_out.has(row.application ?? "")}
                    onChange={(event) => turn(row.application ?? "", event.target.checked)}
                  />
                ) : null,
            },
            { label: t("web.batch.place"), look: "end", cell: (row) => show_number(rows.indexOf(row) + 1) },
            {
              label: t("web.column.name"),
              look: "strong",
              cell: (row) => row.name ?? <span className="muted">{t("web.batch.not_told")}</span>,
            },
            { label: t("web.column.reference"), look: "mono nowrap", cell: (row) => row.reference ?? "—" },
            {
              label: t("web.column.state"),
              alone: true,
              cell: (row) => <Outcome row={row} item={result(row)} />,
            },
          ]}
        />
      </Card>
      {asking && (
        <Ask
          applications={chosen}
          close={() => set_asking(false)}
          done={(items) => {
            set_kept(rows);
            set_outcome([...(outcome ?? []).filter((one) => one.number), ...items]);
            void client.invalidateQueries({ queryKey: ["documents", "blanks"] });
          }}
        />
      )}
    </>
  );
}

function Outcome({ row, item }: { row: BatchCandidate; item: BatchItem | undefined }): ReactNode {
  const number = item?.number ?? row.number;
  if (number) {
    return (
      <Link className="mono" href={`/documents/${number}`}>
        {number}
      </Link>
    );
  }
  if (item?.refused) {
    return (
      <span className="text-late">
        {item.refused.title} {item.refused.detail}
      </span>
    );
  }
  if (row.due === "due" && !row.has_portrait) return <Chip tone="soon">{t("web.batch.no_portrait")}</Chip>;
  return <Chip tone={row.due === "due" ? "calm" : "quiet"}>{t(`web.batch.due.${row.due}`)}</Chip>;
}

interface AskProps {
  applications: string[];
  close: () => void;
  done: (items: BatchItem[]) => void;
}
function Ask({ applications, close, done }: AskProps): ReactNode {
  const [days, set_days] = useState("");
  const fine = days.trim() === "" || (/^\d{1,3}$/.test(days.trim()) && Number(days) > 0);
  return (
    <FormDialog
      title={t("web.batch.title")}
      act={t("web.batch.issue", { count: applications.length })}
      close={close}
      ready={fine}
      keep={days !== ""}
      send={async () => {
        const made = await post<{ items: BatchItem[] }>("/document-batches", {
          applications,
          ...(days.trim() === "" ? {} : { valid_days: Number(days) }),
        });
        done(made.items);
      }}
    >
      <p>{t("web.batch.confirm", { count: applications.length })}</p>
      <TextField
        label={t("web.document.valid_days")}
        hint={t("web.batch.days_hint")}
        inputMode="numeric"
        className="short"
        optional
        value={days}
        change={set_days}
        error={fine ? null : t("web.batch.days_wrong")}
      />
    </FormDialog>
  );
}
