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
  /** The value says what it is: it stands alone on a telephone, under a heading elsewhere. */
  alone?: boolean;
  /** A value that is not there: a dash, and nothing on a telephone. */
  is_none?: (row: Row) => boolean;
  /** What is told of the value on request. */
  hint?: (row: Row) => string;
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
  /** A class for a table that lies differently on a telephone. */
  kind?: string;
}
export function RowsTable<Row>(props: RowsTableProps<Row>): ReactNode {
  const { name, rows: given, row_key, columns, first = Infinity, kind } = props;
  const [all, set_all] = useState(false);
  const rows = all ? given : given.slice(0, first);
  return (
    <div className="table-wrap" tabIndex={0} role="region" aria-label={name}>
      <table className={kind ? `table stacked ${kind}` : "table stacked"}>
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
              {columns.map((column, at) => {
                const is_none = column.is_none?.(row) ?? false;
                return (
                  <td
                    key={column.label}
                    className={is_none ? "none" : column.look}
                    data-label={at === 0 || column.quiet || column.alone ? undefined : column.label}
                    title={column.hint?.(row)}
                  >
                    {is_none ? "—" : column.cell(row)}
                  </td>
                );
              })}
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
