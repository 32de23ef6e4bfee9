/** What the requested State would be told of a transport, exactly as it leaves; then it is sent. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { post } from "../api/client.ts";
import { ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { renew_transports, transfer_queries } from "./read.ts";
import type { AnnouncedLeg, AnnouncementView, EscortView, TransportView } from "./types.ts";

export function AnnounceDialog({ view, close }: { view: TransportView; close: () => void }): ReactNode {
  const read = useQuery(transfer_queries.announcement(view.id));
  const shown = read.data;
  return (
    <FormDialog
      wide
      title={t("transfers.announce_title", { partner: view.partner.name })}
      act={t("transfers.announce")}
      ready={shown?.variant != null}
      keep={false}
      close={close}
      send={async () => {
        await post(`/transports/${view.id}/announcement`, { fingerprint: shown?.fingerprint });
        await renew_transports();
        toast(t("transfers.announced_now"));
      }}
    >
      {read.error && <ErrorNotice error={read.error} />}
      {!shown && !read.error && <Waiting lines={4} />}
      {shown && <Preview shown={shown} />}
    </FormDialog>
  );
}

function Preview({ shown }: { shown: AnnouncementView }): ReactNode {
  return (
    <div className="stack">
      {shown.why_not && <Notice tone="near">{t("transfers.announce_why_not", { why: shown.why_not })}</Notice>}
      <p>{t("transfers.announce_text")}</p>
      <Legs legs={shown.legs} />
      {shown.rows.length > 0 && <ListedPeople columns={shown.columns} rows={shown.rows} />}
      {shown.staff.length > 0 && <ListedStaff staff={shown.staff} />}
      <p className="small muted">
        {t("transfers.announce_withheld", { columns: shown.withheld.map((one) => one.label).join(", ") })}
      </p>
    </div>
  );
}

export function Legs({ legs }: { legs: AnnouncedLeg[] }): ReactNode {
  return (
    <ol className="transport-legs">
      {legs.map((leg) => (
        <li key={leg.departs_at}>
          <span>
            <strong>{leg.departs_time}</strong> {leg.from} · {show_day(leg.departs_on)}
          </span>
          <span>
            <strong>{leg.arrives_time}</strong> {leg.to} · {show_day(leg.arrives_on)}
          </span>
          <span className="small muted">{[leg.carrier, leg.number].filter(Boolean).join(" · ")}</span>
        </li>
      ))}
    </ol>
  );
}

interface ListedRow {
  cells: string[];
}
export function ListedPeople<Row extends ListedRow>({
  columns,
  rows,
  last,
}: {
  columns: AnnouncementView["columns"];
  rows: Row[];
  /** A further column at the end. */
  last?: { label: string; cell: (row: Row) => ReactNode };
}): ReactNode {
  const has_family = rows.some((row) => row.cells[columns.findIndex((one) => one.code === "family")]);
  const shown = columns.map((column, at) => ({ column, at })).filter((one) => one.column.code !== "family" || has_family);
  return (
    <RowsTable
      name={t("transfers.people")}
      rows={rows}
      row_key={(row) => row.cells.join("|")}
      columns={[
        ...shown.map(({ column, at }) => ({
          label: column.label,
          look: column.code === "surname" ? "strong" : column.code.startsWith("document") ? "nowrap" : "",
          is_none: (row: Row) => !row.cells[at],
          cell: (row: Row): ReactNode => row.cells[at],
        })),
        ...(last ? [last] : []),
      ]}
    />
  );
}

export function ListedStaff({ staff }: { staff: EscortView[] }): ReactNode {
  return (
    <RowsTable
      name={t("transfers.staff")}
      rows={staff}
      row_key={(one) => one.name + one.document_number}
      columns={[
        { label: t("transfers.name"), look: "strong", cell: (one) => one.name },
        { label: t("transfers.function"), cell: (one) => one.function.label },
        { label: t("transfers.document"), look: "nowrap", cell: (one) => one.document_number },
        {
          label: t("transfers.languages"),
          is_none: (one) => one.languages.length === 0,
          cell: (one) => one.languages.map((code) => code.label).join(", "),
        },
      ]}
    />
  );
}

/** What was sent before, newest first, with what became of each envelope. */
export function Sent({ id }: { id: string }): ReactNode {
  const shown = useQuery(transfer_queries.announcement(id)).data;
  if (!shown) return null;
  if (shown.sent.length === 0) return <p className="small muted">{t("transfers.announce_none")}</p>;
  return (
    <ul className="transport-names">
      {[...shown.sent].reverse().map((one) => (
        <li key={one.number} className="small">
          {t("transfers.announced_at", {
            variant: one.variant.label,
            time: show_instant(one.sent_at),
            fingerprint: one.fingerprint,
          })}
          {one.state.label && <span className="muted"> · {one.state.label}</span>}
        </li>
      ))}
    </ul>
  );
}
