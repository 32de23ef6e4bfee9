/** A journey, those aboard and those who travel with them, as a list says it: on the manifest, before it is sent, on arrival. */
import type { ReactNode } from "react";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import type { AnnouncedLeg, AnnouncementView, EscortView } from "./types.ts";

export function Legs({ legs }: { legs: AnnouncedLeg[] }): ReactNode {
  return (
    <div className="stack tight">
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
      <p className="small muted">{t("transfers.times_of_place")}</p>
    </div>
  );
}

const is_day = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

interface ListedRow {
  cells: string[];
}
export function ListedPeople<Row extends ListedRow>({
  columns,
  rows,
  name,
  by_family = false,
  last,
}: {
  columns: AnnouncementView["columns"];
  rows: Row[];
  name?: string;
  /** The rows are of one family: its letter needs no column. */
  by_family?: boolean;
  /** A further column at the end. */
  last?: { label: string; cell: (row: Row) => ReactNode };
}): ReactNode {
  const families = columns.findIndex((one) => one.code === "family");
  const shows_family = !by_family && rows.some((row) => row.cells[families]);
  const shown = columns.map((column, at) => ({ column, at })).filter(({ at }) => at !== families || shows_family);
  return (
    <RowsTable
      name={name ?? t("transfers.people")}
      rows={rows}
      row_key={(row) => row.cells.join("|")}
      columns={[
        ...shown.map(({ column, at }) => ({
          label: column.label,
          look: column.code === "surname" ? "strong" : column.code.startsWith("document") ? "nowrap" : "",
          is_none: (row: Row) => !row.cells[at],
          cell: (row: Row): ReactNode => {
            const text = row.cells[at] ?? "";
            return is_day(text) ? show_day(text) : text;
          },
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
