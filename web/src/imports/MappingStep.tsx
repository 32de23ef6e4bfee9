/** Which column is which field: guesses to confirm, samples beside each, a profile to keep for next month. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { ImportColumn, ImportProfile, ImportReport, ImportView } from "../api/types.ts";
import { Button, Card, ErrorNotice, Notice } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { mapped_twice, MappingTable } from "./MappingTable.tsx";

const agreement_field = "import-agreement";

interface Plan {
  agreement: string;
  mapping: Record<string, string>;
  day_order: string;
  profile_name: string;
}

export function MappingStep({
  view,
  profiles,
  before,
  back,
  done,
}: {
  view: ImportView;
  profiles: ImportProfile[];
  /** The agreement of the file that was brought in before this one. */
  before: string;
  back: () => void;
  done: (view: ImportView, report: ImportReport) => void;
}): ReactNode {
  const agreements = useQuery(queries.agreements()).data ?? [];
  const guessed = profiles.find((item) => item.id === view.profile_guess);
  const [plan, set_plan] = useState<Plan>({
    agreement: view.agreement ?? "",
    mapping: profile_for(view.columns, view.mapping),
    day_order: view.day_order ?? "day_first",
    profile_name: "",
  });
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const only = agreements.length === 1 ? (agreements[0]?.id ?? "") : "";
  const ready = { ...plan, agreement: plan.agreement || guessed?.agreement || only || before };
  const fields = Object.values(plan.mapping).filter(Boolean);
  const [asked, set_asked] = useState(false);
  const check = async (): Promise<void> => {
    set_asked(true);
    if (ready.agreement === "") {
      document.getElementById(agreement_field)?.focus();
      return;
    }
    set_busy(true);
    try {
      const { profile_name, mapping, ...rest } = ready;
      const chosen = Object.fromEntries(Object.entries(mapping).filter(([, field]) => field !== ""));
      const body = { ...rest, mapping: chosen, ...(profile_name ? { profile_name } : {}) };
      const next = await put<ImportView>(`/imports/${view.id}/mapping`, body);
      done({ ...view, ...next, columns: next.columns.length > 0 ? next.columns : view.columns }, await report_of(view.id));
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card title={t("web.import.mapping_title", { name: view.name, rows: show_number(view.rows) })}>
      <div className="stack loose">
        <ErrorNotice error={error} />
        {guessed && (
          <Notice tone="calm">
            <p>{t("web.import.profile_found", { name: guessed.name })}</p>
          </Notice>
        )}
        <Choices
          plan={ready}
          columns={view.columns}
          change={set_plan}
          agreements={agreements}
          profiles={profiles}
          asked={asked}
        />
        <MappingTable
          columns={view.columns}
          guess={view.mapping}
          mapping={plan.mapping}
          change={(mapping) => set_plan({ ...plan, mapping })}
        />
        <div className="row">
          <Button
            kind="primary large"
            busy={busy}
            disabled={fields.length === 0 || mapped_twice(plan.mapping).size > 0}
            onClick={() => void check()}
          >
            {t("web.import.check")}
          </Button>
          <Button kind="quiet" onClick={back}>
            {t("web.action.back")}
          </Button>
          {fields.length === 0 && <span className="muted small">{t("web.import.no_column")}</span>}
          {mapped_twice(plan.mapping).size > 0 && <span className="muted small">{t("web.import.twice_text")}</span>}
        </div>
      </div>
    </Card>
  );
}
/** What a kept profile says of the columns that this file has. */
export function profile_for(columns: ImportColumn[], profile: Record<string, string>): Record<string, string> {
  const known = new Set(columns.map((item) => item.column));
  return Object.fromEntries(Object.entries(profile).filter(([column]) => known.has(column)));
}
const report_of = (id: string): Promise<ImportReport> => post<ImportReport>(`/imports/${id}/check`);

function Choices({
  plan,
  change,
  columns,
  agreements,
  profiles,
  asked,
}: {
  plan: Plan;
  columns: ImportColumn[];
  change: (plan: Plan) => void;
  agreements: { id: string; title: string }[];
  profiles: ImportProfile[];
  asked: boolean;
}): ReactNode {
  const use = (id: string): void => {
    const found = profiles.find((item) => item.id === id);
    if (found)
      change({
        ...plan,
        mapping: { ...plan.mapping, ...profile_for(columns, found.mapping) },
        agreement: found.agreement,
        day_order: found.day_order ?? plan.day_order,
      });
  };
  return (
    <div className="grid-3">
      <SelectField
        label={t("web.column.agreement")}
        field={agreement_field}
        error={asked && plan.agreement === "" ? t("web.import.choose_agreement") : null}
        empty={t("web.form.choose")}
        options={agreements.map((item) => ({ value: item.id, label: item.title }))}
        value={plan.agreement}
        change={(agreement) => change({ ...plan, agreement })}
      />
      <SelectField
        label={t("web.import.day_order")}
        options={["day_first", "month_first"].map((value) => ({ value, label: t(`web.import.${value}`) }))}
        value={plan.day_order}
        change={(day_order) => change({ ...plan, day_order })}
      />
      {profiles.length > 0 && (
        <SelectField
          label={t("web.import.use_profile")}
          empty={t("web.import.no_profile")}
          options={profiles.map((item) => ({ value: item.id, label: item.name }))}
          value=""
          change={use}
        />
      )}
      <TextField
        label={t("web.import.keep_profile")}
        hint={t("web.import.keep_profile_hint")}
        optional
        value={plan.profile_name}
        change={(profile_name) => change({ ...plan, profile_name })}
        maxLength={60}
      />
    </div>
  );
}
