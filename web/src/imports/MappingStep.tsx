/** Which column is which field: guesses to confirm, samples beside each, a profile to keep for next month. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { ImportProfile, ImportReport, ImportView } from "../api/types.ts";
import { Button, Card, Chip, ErrorNotice, Notice } from "../design/basics.tsx";
import { SelectField, TextField } from "../design/fields.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { field_name, section_name } from "../forms/codes.ts";

const simple = ["text", "text_block", "date", "partial_date", "code", "codes", "texts", "flag", "whole", "instant"];
export function MappingStep({
  view,
  profiles,
  back,
  done,
}: {
  view: ImportView;
  profiles: ImportProfile[];
  back: () => void;
  done: (view: ImportView, report: ImportReport) => void;
}): ReactNode {
  const form = useQuery(queries.form("application")).data;
  const agreements = useQuery(queries.agreements()).data ?? [];
  const [mapping, set_mapping] = useState(view.mapping);
  const [agreement, set_agreement] = useState(profiles.find((item) => item.id === view.profile_guess)?.agreement ?? "");
  const [profile, set_profile] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const chosen = agreement || (agreements.length === 1 ? (agreements[0]?.id ?? "") : "");
  const guessed = profiles.find((item) => item.id === view.profile_guess);
  const used = new Map<string, number>();
  for (const field of Object.values(mapping)) if (field) used.set(field, (used.get(field) ?? 0) + 1);
  const check = async (): Promise<void> => {
    set_busy(true);
    try {
      const next = await put<ImportView>(`/imports/${view.id}/mapping`, {
        agreement: chosen,
        mapping,
        ...(profile ? { profile_name: profile } : {}),
      });
      done(next?.id ? next : { ...view, mapping }, await post<ImportReport>(`/imports/${view.id}/check`));
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
        <div className="grid-3">
          <SelectField
            label={t("web.column.agreement")}
            empty={t("web.form.choose")}
            options={agreements.map((item) => ({ value: item.id, label: item.title }))}
            value={chosen}
            change={set_agreement}
          />
          {profiles.length > 0 && (
            <SelectField
              label={t("web.import.use_profile")}
              empty={t("web.import.no_profile")}
              options={profiles.map((item) => ({ value: item.id, label: item.name }))}
              value=""
              change={(id) => {
                const found = profiles.find((item) => item.id === id);
                if (found) {
                  set_mapping({ ...mapping, ...found.mapping });
                  set_agreement(found.agreement);
                }
              }}
            />
          )}
          <TextField
            label={t("web.import.keep_profile")}
            hint={t("web.import.keep_profile_hint")}
            optional
            value={profile}
            change={set_profile}
            maxLength={60}
          />
        </div>
        <div className="table-wrap" tabIndex={0}>
          <table className="table mapping">
            <thead>
              <tr>
                <th scope="col">{t("web.import.column")}</th>
                <th scope="col">{t("web.import.sample")}</th>
                <th scope="col">{t("web.import.field")}</th>
                <th scope="col">{t("web.column.state")}</th>
              </tr>
            </thead>
            <tbody>
              {view.columns.map((column) => {
                const field = mapping[column.column] ?? "";
                const twice = field !== "" && (used.get(field) ?? 0) > 1;
                return (
                  <tr key={column.column}>
                    <td className="strong">{column.column}</td>
                    <td className="small muted">
                      {column.sample.slice(0, 3).map((value, index) => (
                        <span key={index} className="sample clip">
                          {value || "—"}
                        </span>
                      ))}
                    </td>
                    <td>
                      <select
                        className="select"
                        aria-label={t("web.import.field_for", { column: column.column })}
                        value={field}
                        onChange={(event) => set_mapping({ ...mapping, [column.column]: event.target.value })}
                      >
                        <option value="">{t("web.import.leave_out")}</option>
                        {form?.section.map((section) => (
                          <optgroup key={section.code} label={section_name(section.code)}>
                            {section.field
                              .filter((item) => simple.includes(item.type) && !item.system)
                              .map((item) => (
                                <option key={item.code} value={`${section.code}.${item.code}`}>
                                  {field_name(section.code, item.code)}
                                </option>
                              ))}
                          </optgroup>
                        ))}
                      </select>
                    </td>
                    <td>
                      {twice ? (
                        <Chip tone="late" icon="alert">
                          {t("web.import.twice")}
                        </Chip>
                      ) : field === "" ? (
                        <Chip>{t("web.import.ignored")}</Chip>
                      ) : view.mapping[column.column] === field ? (
                        <Chip tone="info">{t("web.import.guessed")}</Chip>
                      ) : (
                        <Chip tone="calm" icon="check">
                          {t("web.import.chosen")}
                        </Chip>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <div className="row">
          <Button
            kind="primary large"
            busy={busy}
            disabled={chosen === "" || [...used.values()].some((count) => count > 1) || used.size === 0}
            onClick={() => void check()}
          >
            {t("web.import.check")}
          </Button>
          <Button kind="quiet" onClick={back}>
            {t("web.action.back")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
