/** A table of records: headings, one row each; on a telephone every value stands beside its name. */
import type { ReactNode } from "react";

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
}
export function RowsTable<Row>({ name, rows, row_key, columns }: RowsTableProps<Row>): ReactNode {
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
    </div>
  );
}
