/** The monthly report: charts first, the table one click away, the definition beside each figure, export and schedule. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { address } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { MonthlyReport } from "../api/types.ts";
import { Card, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { Columns, Pyramid, Rows, Spans } from "../design/charts.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_instant, show_month, show_month_short, show_number } from "../language/dates.ts";
import { language_now, t, t_first, t_words, words_of } from "../language/label.ts";
import { code_name } from "../forms/codes.ts";
import { useMay, useToday } from "../session/session.ts";
import { navigate, useAddress } from "../shell/router.tsx";
import { Schedules } from "./Schedules.tsx";
import "./reports.css";

function months_before(month: string, count: number): string[] {
  const [year = 2026, index = 1] = month.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => new Date(Date.UTC(year, index - 1 - back, 1)).toISOString().slice(0, 7));
}
const step_name = (step: string): string => t_first([`web.step.${step}`, `statistics.${step}`], words_of(step));
const answer_name = (kind: string): string => t_first([`workflow.variant.reply.${kind}`, `web.answer.${kind}`], words_of(kind));

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

function Report({ view }: { view: MonthlyReport }): ReactNode {
  const days = (value: number): string => t("web.report.days", { days: value });
  return (
    <div className="stack loose">
      <dl className="figures">
        {view.figures.map((figure) => (
          <div key={figure.id} className="card">
            <dt>{t_first([`web.figure.${figure.id}`, `statistics.${figure.id}`], words_of(figure.id))}</dt>
            <dd>
              <strong>
                {show_number(figure.value)}
                {figure.unit === "percent" && " %"}
              </strong>
            </dd>
            <dd className="small muted">{t_words(figure.definition)}</dd>
          </div>
        ))}
      </dl>
      <Chart
        title={t("web.report.received")}
        columns={[t("web.report.month"), t("web.report.count")]}
        rows={view.received_by_month.map((item) => [show_month(item.label), show_number(item.value)])}
      >
        <Columns
          label={t("web.report.received")}
          bars={view.received_by_month.map((item) => ({ label: show_month_short(item.label), value: item.value }))}
          format={show_number}
        />
      </Chart>
      <Chart
        title={t("web.report.durations")}
        lead={t("web.report.durations_lead")}
        columns={[t("web.report.step"), t("web.report.median"), "P90", t("web.report.limit"), t("web.report.count")]}
        rows={view.durations.map((row) => [
          step_name(row.step),
          show_number(row.median),
          show_number(row.p90),
          row.limit === null ? "—" : show_number(row.limit),
          show_number(row.count),
        ])}
      >
        <Spans
          spans={view.durations.map((row) => ({
            label: step_name(row.step),
            median: row.median,
            p90: row.p90,
            limit: row.limit,
            note: t("web.report.of_files", { count: row.count }),
          }))}
          words={(span) =>
            `${days(span.median)} · P90 ${days(span.p90)}${span.limit === null ? "" : ` · ${t("web.report.limit_short", { days: span.limit })}`}`
          }
        />
      </Chart>
      <div className="grid-2">
        <Chart
          title={t("web.report.answers")}
          columns={[t("web.reply.kind"), t("web.report.count")]}
          rows={view.answers.map((item) => [answer_name(item.label), show_number(item.value)])}
        >
          <Rows
            bars={view.answers.map((item) => ({ label: answer_name(item.label), value: item.value }))}
            format={show_number}
          />
        </Chart>
        <Chart
          title={t("web.report.refusals")}
          columns={[t("web.reply.reasons"), t("web.report.count")]}
          rows={view.refusals.map((item) => [code_name("refusal_reason", item.label), show_number(item.value)])}
        >
          <Rows
            bars={view.refusals.map((item) => ({ label: code_name("refusal_reason", item.label), value: item.value }))}
            format={show_number}
          />
        </Chart>
        <Chart
          title={t("web.report.sex_age")}
          columns={[t("web.report.age"), code_name("sex", "F"), code_name("sex", "M")]}
          rows={view.sex_age.map((row) => [row.age, show_number(row.female), show_number(row.male)])}
        >
          <Pyramid rows={view.sex_age} words={{ female: code_name("sex", "F"), male: code_name("sex", "M") }} />
        </Chart>
        <Chart
          title={t("web.report.nationality")}
          columns={[t("web.person.nationality"), t("web.report.count")]}
          rows={view.nationality.map((item) => [code_name("country", item.label), show_number(item.value)])}
        >
          <Rows
            bars={view.nationality.map((item) => ({ label: code_name("country", item.label), value: item.value }))}
            format={show_number}
          />
        </Chart>
      </div>
    </div>
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
