/** A table of records: headings, one row each; on a telephone every value stands beside its name. */
import { useState, type ReactNode } from "react";
import { t } from "../language/label.ts";

export interface RowsColumn<Row> {
  /** Heading, and the name beside the value on a telephone. */
  label: string;
  cell: (row: Row) => ReactNode;
  /** Classes of the cells: `end` for amounts, `nowrap`, `mono`, `strong`. */
  look?: string;
  /** The heading is only read aloud, as over a column of buttons; the value stands alone on a telephone. */
  quiet?: boolean;
}
interface RowsTableProps<Row> {
  /** What the table is, for who hears it. */
  name: string;
  rows: readonly Row[];
  row_key: (row: Row) => string;
  /** The first says what the row is and needs no name beside it. */
  columns: RowsColumn<Row>[];
  /** As many rows as are shown before all are asked for. */
  first?: number;
}
export function RowsTable<Row>({ name, rows: given, row_key, columns, first = Infinity }: RowsTableProps<Row>): ReactNode {
  const [all, set_all] = useState(false);
  const rows = all ? given : given.slice(0, first);
  return (
    <div className="table-wrap" tabIndex={0} role="region" aria-label={name}>
      <table className="table stacked">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" className={column.look?.includes("end") && !column.quiet ? "end" : undefined}>
                {column.quiet ? <span className="visually-hidden">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row_key(row)}>
              {columns.map((column, at) => (
                <td key={column.label} className={column.look} data-label={at === 0 || column.quiet ? undefined : column.label}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < given.length && (
        <p className="table-more">
          <button type="button" className="link-button small" onClick={() => set_all(true)}>
            {t("web.list.show_all", { count: given.length })}
          </button>
        </p>
      )}
    </div>
  );
}
