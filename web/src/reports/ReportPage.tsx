/** The monthly report: charts first, the table one click away, the definition beside each figure, export and schedule. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { Amount, MonthlyReport, ReportTable } from "../api/types.ts";
import { Card, ErrorNotice, Notice, PageHead, Waiting } from "../design/basics.tsx";
import { Columns, Pyramid, Rows, Spans } from "../design/charts.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_instant, show_month, show_month_short, show_number } from "../language/dates.ts";
import { language_now, t } from "../language/label.ts";
import { code_name } from "../forms/codes.ts";
import { useMay, useToday } from "../session/session.ts";
import { navigate, useAddress } from "../shell/router.tsx";
import { Schedules } from "./Schedules.tsx";
import "./reports.css";

function months_before(month: string, count: number): string[] {
  const [year = 2026, index = 1] = month.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => new Date(Date.UTC(year, index - 1 - back, 1)).toISOString().slice(0, 7));
}
export function ReportPage(): ReactNode {
  const today = useToday();
  const may = useMay();
  const { query } = useAddress();
  const month = query.get("month") ?? today.slice(0, 7);
  const report = useQuery(queries.report(month));
  const view = report.data;
  return (
    <>
      <PageHead
        title={t("web.report.title", { month: show_month(month) })}
        lead={view && t("web.report.made", { at: show_instant(view.made_at) })}
      >
        <select
          className="select month"
          aria-label={t("web.report.month")}
          value={month}
          onChange={(event) => navigate(`/reports?month=${event.target.value}`, { replace: true })}
        >
          {months_before(today.slice(0, 7), 24).map((item) => (
            <option key={item} value={item}>
              {show_month(item)}
            </option>
          ))}
        </select>
        {["pdf", "xlsx", "csv"].map((format) => (
          <a
            key={format}
            className="button"
            href={address("/reports/monthly/file", { month, format, language: language_now() })}
          >
            <Icon name="download" size={15} />
            {format.toUpperCase()}
          </a>
        ))}
      </PageHead>
      <ErrorNotice error={report.error} again={() => void report.refetch()} />
      {report.isPending && <Waiting lines={8} />}
      {view && <Report view={view} />}
      {may("report.schedule") && <Schedules />}
    </>
  );
}

const shown = (value: number | null): string => (value === null ? "—" : show_number(value));
const known = <T extends { value: number | null }>(items: T[]): (T & { value: number })[] =>
  items.filter((item): item is T & { value: number } => item.value !== null);

function Report({ view }: { view: MonthlyReport }): ReactNode {
  const counted = known(view.received_by_month);
  return (
    <div className="stack loose">
      {view.notice && (
        <Notice tone="near">
          <p>{view.notice}</p>
        </Notice>
      )}
      <dl className="figures">
        {view.figures
          .filter((figure) => figure.headline)
          .map((figure) => (
            <div key={figure.id} className="card">
              <dt>{figure.name}</dt>
              <dd>
                <strong>
                  {shown(figure.value)}
                  {figure.unit === "percent" && figure.value !== null && " %"}
                </strong>
              </dd>
              <dd className="small muted">{figure.definition}</dd>
            </div>
          ))}
      </dl>
      <Chart
        title={t(view.side === "requesting" ? "web.report.sent" : "web.report.received")}
        columns={[t("web.report.month"), t("web.report.count")]}
        rows={view.received_by_month.map((item) => [show_month(item.label), shown(item.value)])}
      >
        <Columns
          label={t(view.side === "requesting" ? "web.report.sent" : "web.report.received")}
          bars={counted.map((item) => ({ label: show_month_short(item.label), value: item.value }))}
          format={show_number}
        />
      </Chart>
      <Durations view={view} />
      <div className="grid-2">
        <Amounts title={t("web.report.answers")} column={t("web.reply.kind")} items={view.answers} />
        <Amounts title={t("web.report.refusals")} column={t("web.reply.reasons")} items={view.refusals} />
        <SexAge view={view} />
        <OtherFigures view={view} />
      </div>
      {view.tables
        .filter((table) => ["partner", "agreement"].includes(table.id) && table.rows.length > 0)
        .map((table) => (
          <Wide key={table.id} table={table} />
        ))}
      <p className="small muted">{view.source}</p>
    </div>
  );
}

function Durations({ view }: { view: MonthlyReport }): ReactNode {
  const days = (value: number): string => t("web.report.days", { days: value });
  const measured = view.durations.filter((row) => row.median !== null);
  const limited = measured.some((row) => row.limit !== null);
  return (
    <Chart
      title={t("web.report.durations")}
      lead={t("web.report.durations_lead") + (limited ? ` ${t("web.report.limit_lead")}` : "")}
      columns={[t("web.report.step"), t("web.report.median"), "P90", t("web.report.limit"), t("web.report.count")]}
      rows={view.durations.map((row) => [
        row.name,
        shown(row.median),
        shown(row.p90),
        shown(row.limit),
        show_number(row.count),
      ])}
    >
      {measured.length === 0 ? (
        <p className="muted">{t("web.report.nothing")}</p>
      ) : (
        <Spans
          spans={measured.map((row) => ({
            label: row.name,
            median: row.median ?? 0,
            p90: row.p90 ?? row.median ?? 0,
            limit: row.limit,
            few: row.p90 === null,
            note: t("web.report.of_files", { count: row.count }),
          }))}
          words={(span) =>
            [
              days(span.median),
              span.few ? t("web.report.p90_few") : `P90 ${days(span.p90)}`,
              ...(span.limit === null ? [] : [t("web.report.limit_short", { days: span.limit })]),
            ].join(" · ")
          }
        />
      )}
    </Chart>
  );
}

function Amounts({ title, column, items }: { title: string; column: string; items: Amount[] }): ReactNode {
  return (
    <Chart title={title} columns={[column, t("web.report.count")]} rows={items.map((item) => [item.name, shown(item.value)])}>
      <Rows bars={known(items).map((item) => ({ label: item.name, value: item.value }))} format={show_number} />
    </Chart>
  );
}

function SexAge({ view }: { view: MonthlyReport }): ReactNode {
  const words = { female: code_name("sex", "F"), male: code_name("sex", "M") };
  const others = view.sex_age.some((row) => row.other > 0);
  return (
    <Chart
      title={t("web.report.sex_age")}
      columns={[t("web.report.age"), words.female, words.male, ...(others ? [code_name("sex", "X")] : [])]}
      rows={view.sex_age.map((row) => [
        row.age,
        show_number(row.female),
        show_number(row.male),
        ...(others ? [show_number(row.other)] : []),
      ])}
    >
      <Pyramid rows={view.sex_age} words={words} />
    </Chart>
  );
}

function OtherFigures({ view }: { view: MonthlyReport }): ReactNode {
  const rest = view.figures.filter((figure) => !figure.headline);
  if (rest.length === 0) return null;
  return (
    <Card title={t("web.report.more")}>
      <table className="table">
        <tbody>
          {rest.map((figure) => (
            <tr key={figure.id}>
              <th scope="row">
                {figure.name}
                <span className="definition small muted">{figure.definition}</span>
              </th>
              <td className="end">
                {shown(figure.value)}
                {figure.unit === "percent" && figure.value !== null && " %"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Wide({ table }: { table: ReportTable }): ReactNode {
  return (
    <Card title={table.title} flush>
      <div className="table-wrap" tabIndex={0} role="region" aria-label={table.title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{table.title}</th>
              {table.columns.map((column) => (
                <th key={column.id} scope="col" className="end" title={column.definition}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                {row.values.map((value, index) => (
                  <td key={index} className="end">
                    {shown(value)}
                    {table.columns[index]?.id === "in_time_share" && value !== null && " %"}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Chart({
  title,
  lead,
  columns,
  rows,
  children,
}: {
  title: string;
  lead?: string;
  columns: string[];
  rows: string[][];
  children: ReactNode;
}): ReactNode {
  const [table, set_table] = useState(false);
  return (
    <Card
      title={title}
      actions={
        <button className="button small" aria-pressed={table} onClick={() => set_table(!table)}>
          <Icon name={table ? "chart" : "list"} size={14} />
          {t(table ? "web.report.as_chart" : "web.report.as_table")}
        </button>
      }
    >
      {lead && <p className="muted small">{lead}</p>}
      {rows.length === 0 ? (
        <p className="muted">{t("web.report.nothing")}</p>
      ) : table ? (
        <div className="table-wrap" tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                {columns.map((name, index) => (
                  <th key={name} scope="col" className={index > 0 ? "end" : ""}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, index) => (
                    <td key={index} className={index > 0 ? "end" : ""}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
    </Card>
  );
}
