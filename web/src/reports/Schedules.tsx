/** Reports that send themselves: day of the month, form, language, receivers. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, remove } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import { Button, Card, ErrorNotice } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { t } from "../language/label.ts";

export function Schedules(): ReactNode {
  const list = useQuery(queries.schedules());
  const [day, set_day] = useState("1");
  const [format, set_format] = useState("pdf");
  const [language, set_language] = useState("en");
  const [recipients, set_recipients] = useState("");
  const [error, set_error] = useState<unknown>(null);
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
          {(list.data ?? []).map((item) => (
            <div key={item.id} className="row apart">
              <span>
                {t("web.report.schedule_line", {
                  day: item.day,
                  format: item.format.toUpperCase(),
                  language: t(`web.language.${item.language}`),
                  to: item.recipients.join(", "),
                })}
              </span>
              <button
                className="icon-button"
                aria-label={t("web.report.schedule_stop", { to: item.recipients.join(", ") })}
                onClick={() => void remove(`/report-schedules/${item.id}`).then(renew, set_error)}
              >
                <Icon name="cross" size={14} />
              </button>
            </div>
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
    </div>
  );
}
