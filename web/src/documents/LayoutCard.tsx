/** For the administrator of a State: in which layout and with which barcode its travel documents are printed, with a sample of each. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { put } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { DocumentForm } from "../api/types.ts";
import { Button, Card, ErrorNotice, Facts, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { RadioGroup } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import "./documents.css";

const symbols = ["data_matrix", "qr"];

export function LayoutCard(): ReactNode {
  const form = useQuery(queries.document_form());
  if (form.error) return <ErrorNotice error={form.error} />;
  if (!form.data) return <Waiting />;
  return <Choice key={form.data.revision} form={form.data} />;
}

function Choice({ form }: { form: DocumentForm }): ReactNode {
  const [layout, set_layout] = useState(form.layout);
  const [symbol, set_symbol] = useState(form.symbol);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const shown = form.layouts.find((one) => one.id === layout);
  const save = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      await put("/document-form", { layout, symbol }, form.revision);
      toast(t("web.layout.saved"));
      await client.invalidateQueries({ queryKey: ["documents", "form"] });
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card title={t("web.layout.title")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className="muted">{t("web.layout.lead")}</p>
        <p>
          {form.chosen_at
            ? t("web.layout.chosen", { name: form.chosen_by ?? "", time: show_instant(form.chosen_at) })
            : t("web.layout.standard")}
        </p>
        <ErrorNotice error={error} />
        <RadioGroup
          legend={t("web.layout.layout")}
          name="layout"
          value={layout}
          change={set_layout}
          options={form.layouts.map((one) => ({ value: one.id, label: one.title }))}
        />
        {shown && (
          <Facts
            rows={[
              [
                t("web.layout.page"),
                `${shown.document_code}, ${t("web.layout.size", {
                  width: show_number(shown.width_mm),
                  height: show_number(shown.height_mm),
                })}`,
              ],
              [t("web.layout.source"), shown.source],
            ]}
          />
        )}
        <RadioGroup
          legend={t("web.layout.symbol")}
          name="symbol"
          value={symbol}
          change={set_symbol}
          options={symbols.map((value) => ({ value, label: t(`web.layout.symbol.${value}`) }))}
        />
        <div className="row">
          <a
            className="button"
            href={`/api/document-layouts/${layout}/sample?symbol=${symbol}`}
            target="_blank"
            rel="noreferrer"
          >
            <Icon name="passport" size={16} />
            {t("web.layout.sample")}
          </a>
          <Button type="submit" kind="primary" busy={busy} disabled={layout === form.layout && symbol === form.symbol}>
            {t("web.layout.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
