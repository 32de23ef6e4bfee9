/** Reports that send themselves: day of the month, form, language, receivers. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, remove } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { ReportSchedule } from "../api/types.ts";
import { Button, Card, Chip, ErrorNotice, type Tone } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { show_instant, show_month } from "../language/dates.ts";
import { t } from "../language/label.ts";

export function Schedules(): ReactNode {
  const list = useQuery(queries.schedules());
  const [day, set_day] = useState("1");
  const [format, set_format] = useState("pdf");
  const [language, set_language] = useState("en");
  const [recipients, set_recipients] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [stopping, set_stopping] = useState<ReportSchedule | null>(null);
  const renew = (): Promise<void> => client.invalidateQueries({ queryKey: ["schedules"] });
  const add = async (): Promise<void> => {
    try {
      await post("/report-schedules", {
        report: "monthly",
        day: Number(day),
        format,
        language,
        recipients: recipients.split(/[\s,;]+/).filter(Boolean),
      });
      set_recipients("");
      set_error(null);
      await renew();
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <div className="schedules no-print">
      <Card title={t("web.report.schedule")}>
        <div className="stack">
          <ErrorNotice error={error ?? list.error} />
          {list.data?.length === 0 && <p className="muted">{t("web.report.schedule_none")}</p>}
          {(list.data ?? []).map((item) => (
            <Schedule key={item.id} item={item} stop={() => set_stopping(item)} />
          ))}
          <form
            className="grid-3"
            onSubmit={(event) => {
              event.preventDefault();
              void add();
            }}
          >
            <SelectField
              label={t("web.report.day")}
              options={Array.from({ length: 28 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) }))}
              value={day}
              change={set_day}
            />
            <SelectField
              label={t("web.report.format")}
              options={["pdf", "xlsx", "csv"].map((value) => ({ value, label: value.toUpperCase() }))}
              value={format}
              change={set_format}
            />
            <SelectField
              label={t("web.report.language")}
              options={["en", "es"].map((value) => ({ value, label: t(`web.language.${value}`) }))}
              value={language}
              change={set_language}
            />
            <TextField
              label={t("web.report.recipients")}
              hint={t("web.report.recipients_hint")}
              value={recipients}
              change={set_recipients}
              required
            />
            <div style={{ alignSelf: "end" }}>
              <Button type="submit" icon="plus">
                {t("web.report.schedule_add")}
              </Button>
            </div>
          </form>
        </div>
      </Card>
      {stopping && (
        <FormDialog
          title={t("web.report.schedule_stop_title")}
          act={t("web.report.schedule_end")}
          danger
          close={() => set_stopping(null)}
          send={async () => {
            await remove(`/report-schedules/${stopping.id}`);
            await renew();
          }}
        >
          <p>{t("web.report.schedule_stop", { to: stopping.recipients.join(", ") })}</p>
        </FormDialog>
      )}
    </div>
  );
}

const tones: Record<string, Tone> = { sent: "calm", sending: "info", retry: "near", failed: "late" };
/** One schedule with what became of each delivery: to whom, of which month, when, and why not. */
function Schedule({ item, stop }: { item: ReportSchedule; stop: () => void }): ReactNode {
  const failed = item.deliveries.filter((one) => one.status === "failed").length;
  return (
    <section className="schedule">
      <div className="row apart top">
        <span className="grow">
          {t("web.report.schedule_line", {
            day: item.day,
            format: item.format.toUpperCase(),
            language: t(`web.language.${item.language}`),
            to: item.recipients.join(", "),
          })}
        </span>
        {failed > 0 && (
          <Chip tone="late" icon="alert">
            {t("web.report.failed", { count: failed })}
          </Chip>
        )}
        <Button kind="small" icon="cross" onClick={stop}>
          {t("web.report.schedule_end")}
        </Button>
      </div>
      {item.deliveries.length === 0 ? (
        <p className="muted small">{t("web.report.no_deliveries")}</p>
      ) : (
        <Deliveries item={item} />
      )}
    </section>
  );
}

type Delivery = ReportSchedule["deliveries"][number];
const shown_first = 4;
function Deliveries({ item }: { item: ReportSchedule }): ReactNode {
  return (
    <RowsTable
      name={t("web.report.deliveries", { count: item.deliveries.length })}
      rows={item.deliveries.map((one, at) => ({ ...one, key: String(at) }))}
      row_key={(one) => one.key}
      first={shown_first}
      columns={[
        { label: t("web.report.delivery_month"), look: "nowrap", cell: (one) => show_month(one.month) },
        { label: t("web.report.delivery_receiver"), cell: (one) => one.recipient },
        { label: t("web.report.delivery_outcome"), cell: (one) => <DeliveryOutcome one={one} /> },
        { label: t("web.report.delivery_at"), look: "nowrap", cell: (one) => show_instant(one.at) },
      ]}
    />
  );
}

function DeliveryOutcome({ one }: { one: Delivery }): ReactNode {
  return (
    <>
      <Chip
        tone={tones[one.status] ?? "quiet"}
        icon={one.status === "sent" ? "check" : one.status === "failed" ? "alert" : "clock"}
      >
        {one.status_name}
      </Chip>
      {one.detail && <span className="small muted"> {one.detail}</span>}
      {one.next_at && <span className="small muted"> {t("web.report.delivery_again", { at: show_instant(one.next_at) })}</span>}
    </>
  );
}
