/** The dry run: how many rows are ready, what is wrong by row and column with its remedy, which rows exist already. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { address } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { ImportReport, ImportView } from "../api/types.ts";
import { Button, Card, Notice } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_number } from "../language/dates.ts";
import { t, t_first, t_words, words_of } from "../language/label.ts";
import { values_of } from "./targets.ts";

export function ReportStep({
  view,
  report,
  back,
  load,
  again,
}: {
  view: ImportView;
  report: ImportReport;
  back: () => void;
  load: () => void;
  again: () => void;
}): ReactNode {
  const refused_rows = new Set(report.errors.map((item) => item.row)).size;
  const known_rows = new Map<number, ImportReport["duplicates"]>();
  for (const item of report.duplicates) known_rows.set(item.row, [...(known_rows.get(item.row) ?? []), item]);
  return (
    <div className="stack loose">
      <ul className="import-numbers">
        <li>
          <strong>{show_number(report.rows)}</strong>
          {t("web.import.rows_read")}
        </li>
        <li className="good">
          <strong>{show_number(report.ready)}</strong>
          {t("web.import.rows_ready")}
        </li>
        <li className={refused_rows > 0 ? "bad" : ""}>
          <strong>{show_number(refused_rows)}</strong>
          {t("web.import.rows_wrong")}
        </li>
        <li>
          <strong>{show_number(known_rows.size)}</strong>
          {t("web.import.rows_duplicate")}
        </li>
      </ul>
      {report.errors.length > 0 && (
        <Card
          title={t("web.import.errors")}
          flush
          actions={
            <>
              <a className="button small" href={address(`/imports/${view.id}/errors`, { format: "xlsx" })}>
                <Icon name="download" size={14} />
                {t("web.import.wrong_rows", { count: refused_rows, format: "XLSX" })}
              </a>
              <a className="button small" href={address(`/imports/${view.id}/errors`, { format: "csv" })}>
                {t("web.import.wrong_rows", { count: refused_rows, format: "CSV" })}
              </a>
            </>
          }
        >
          <p className="section-lead">{t("web.import.errors_lead")}</p>
          <div className="table-wrap" tabIndex={0}>
            <table className="table stacked">
              <thead>
                <tr>
                  <th scope="col" className="end">
                    {t("web.import.row")}
                  </th>
                  <th scope="col">{t("web.import.column")}</th>
                  <th scope="col">{t("web.import.value")}</th>
                  <th scope="col">{t("web.import.what")}</th>
                  <th scope="col">{t("web.import.remedy")}</th>
                </tr>
              </thead>
              <tbody>
                {report.errors.slice(0, 200).map((item, index) => (
                  <tr key={index}>
                    <td className="end" data-label={t("web.import.row")}>
                      {item.row}
                    </td>
                    <td className="strong" data-label={t("web.import.column")}>
                      {item.column}
                    </td>
                    <td data-label={t("web.import.value")}>
                      <code>{item.value || "—"}</code>
                    </td>
                    <td data-label={t("web.import.what")}>{t_first([`refused.${item.why}`, item.why], words_of(item.why))}</td>
                    <td data-label={t("web.import.remedy")}>
                      <span>
                        {t_words(item.remedy)} {item.code === "unknown_code" && <Values path={view.mapping[item.column]} />}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {report.errors.length > 200 && (
            <p className="section-lead">{t("web.import.more_errors", { count: report.errors.length - 200 })}</p>
          )}
        </Card>
      )}
      {(report.lacking ?? []).length > 0 && (
        <Notice tone="info">
          <p className="strong">{t("web.import.lacking")}</p>
          <p>
            {report.lacking?.map((item) => t("web.import.lacking_in", { field: item.label, count: item.rows })).join(" · ")}
          </p>
        </Notice>
      )}
      {(view.defects ?? []).length > 0 && (
        <Notice tone="near">
          <p className="strong">{t("web.import.defects")}</p>
          <ul>
            {view.defects?.slice(0, 20).map((item, index) => (
              <li key={index}>{item.row > 0 ? `${t("web.import.row")} ${item.row}: ${item.text}` : item.text}</li>
            ))}
          </ul>
        </Notice>
      )}
      {known_rows.size > 0 && <KnownRows rows={known_rows} />}
      <div className="row">
        <Button kind="primary large" disabled={report.ready === 0} onClick={load}>
          {t("web.import.load", { count: report.ready })}
        </Button>
        <Button kind={report.ready === 0 ? "" : "quiet"} onClick={again}>
          {t(report.ready === 0 ? "web.import.corrected_file" : "web.import.another")}
        </Button>
        <Button kind="quiet" onClick={back}>
          {t("web.action.back")}
        </Button>
      </div>
    </div>
  );
}

/** Rows of people who may be in the system already, each with the files that it resembles and why. */
function KnownRows({ rows }: { rows: Map<number, ImportReport["duplicates"]> }): ReactNode {
  const shown = 20;
  return (
    <Notice tone="near">
      <p className="strong">{t("web.import.duplicates")}</p>
      <ul>
        {[...rows].slice(0, shown).map(([row, items]) => (
          <li key={row}>
            {t("web.import.duplicate_of", { row, of: items.map((item) => item.of).join(", ") })}
            <span className="muted"> · {[...new Set(items.flatMap((item) => item.why ?? []))].join(", ")}</span>
          </li>
        ))}
      </ul>
      {rows.size > shown && <p className="muted">{t("web.import.more_known", { count: rows.size - shown })}</p>}
    </Notice>
  );
}

/** The words that the column may hold, so that nobody has to look for them in the form. */
function Values({ path }: { path: string | undefined }): ReactNode {
  const form = useQuery(queries.form("application")).data;
  const values = form && path ? values_of(form, path) : [];
  return values.length > 0 && <span className="muted">{t("web.import.values", { values: values.join(", ") })}</span>;
}
