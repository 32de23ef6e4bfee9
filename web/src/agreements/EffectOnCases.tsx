/** What a version that waits would do to the open cases of one's State, and putting it in force once that was seen. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Chip, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { DateField } from "../design/DateField.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { acts, law, type Effect } from "./law.ts";
import { SureChip } from "./Sure.tsx";
import { rule_name } from "./words.ts";

export function EffectOnCases({ code }: { code: string }): ReactNode {
  const [from, set_from] = useState("");
  const [putting, set_putting] = useState(false);
  const client = useQueryClient();
  const effect = useQuery(law.effect(code, from));
  const put = async (seen: Effect): Promise<void> => {
    await acts.put_in_force(code, seen.effect, from);
    await client.invalidateQueries({ queryKey: ["law"] });
  };
  return (
    <div className="stack">
      <DateField
        label={t("web.law.effect_from")}
        hint={t("web.law.effect_from_hint")}
        optional
        value={from}
        change={set_from}
      />
      <ErrorNotice error={effect.error} again={() => void effect.refetch()} />
      {effect.isPending && <Waiting lines={3} />}
      {effect.data && (
        <>
          <p className="row" role="status">
            <Chip tone="info">{t("web.law.open_cases", { count: effect.data.open_cases })}</Chip>
            <Chip tone={effect.data.changed_deadlines > 0 ? "near" : "calm"}>
              {t("web.law.changed_dates", { count: effect.data.changed_deadlines })}
            </Chip>
          </p>
          {effect.data.changed.length > 0 ? (
            <Changed effect={effect.data} />
          ) : (
            <Notice tone="calm">
              <p>{t("web.law.no_date_changes")}</p>
            </Notice>
          )}
          <p>
            <Button kind="primary" icon="check" onClick={() => set_putting(true)}>
              {t("web.law.put_in_force")}
            </Button>
          </p>
          {putting && (
            <FormDialog
              title={t("web.law.put_title", { agreement: code })}
              act={t("web.law.put_in_force")}
              send={() => put(effect.data)}
              close={() => set_putting(false)}
              danger
            >
              <p>
                {from ? t("web.law.put_from", { day: show_day(from) }) : t("web.law.put_all")}{" "}
                {t("web.law.put_changes", { count: effect.data.changed_deadlines })}
              </p>
            </FormDialog>
          )}
        </>
      )}
    </div>
  );
}

function Changed({ effect }: { effect: Effect }): ReactNode {
  // Who puts a version in force is often an administrator, who reads no file.
  const may = useMay();
  const date = (day: string | null): string => (day ? show_day(day) : t("web.law.no_date"));
  return (
    <div className="table-wrap" tabIndex={0}>
      <table className="table stacked">
        <thead>
          <tr>
            {["case", "deadline", "submitted", "date_before", "date_after"].map((name) => (
              <th key={name} scope="col">
                {t(`web.law.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {effect.changed.map((line) => (
            <tr key={line.case_id + line.kind}>
              <th scope="row">
                {may(line.side === "requested" ? "application.read" : "case.read") ? (
                  <Link href={`/${line.side === "requested" ? "applications" : "cases"}/${line.case_id}`}>{line.reference}</Link>
                ) : (
                  line.reference
                )}
              </th>
              <td data-label={t("web.law.column.deadline")}>{rule_name(line.kind, line.label)}</td>
              <td data-label={t("web.law.column.submitted")}>{show_day(line.submitted_on)}</td>
              <td data-label={t("web.law.column.date_before")}>
                <span className="row">
                  <s>{date(line.due_before)}</s> <SureChip confidence={line.confidence_before} />
                </span>
              </td>
              <td data-label={t("web.law.column.date_after")} className="strong">
                <span className="row">
                  {date(line.due_after)} <SureChip confidence={line.confidence_after} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
