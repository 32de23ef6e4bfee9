/** Several files given to one officer: what was done, and of each that was not, why. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, path_of, queries } from "../api/queries.ts";
import type { BulkOutcome, CaseRow, Side } from "../api/types.ts";
import { BulkResult } from "../cases/dialogs/BulkResult.tsx";
import { SelectField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { t } from "../language/label.ts";
import { can_take } from "./roles.ts";

interface Props {
  side: Side;
  rows: CaseRow[];
  close: (done: boolean) => void;
}
export function AssignDialog({ side, rows: chosen, close }: Props): ReactNode {
  // As chosen: the list behind changes while the dialog is open.
  const [rows] = useState(chosen);
  const officers = useQuery(queries.officers());
  const [user, set_user] = useState("");
  const [outcome, set_outcome] = useState<BulkOutcome | null>(null);
  const options = (officers.data ?? [])
    .filter((officer) => can_take(side, officer.roles))
    .map((officer) => ({ value: officer.id, label: `${officer.name} (${officer.organisation})` }));
  const send = async (): Promise<boolean> => {
    set_outcome(await post<BulkOutcome>(`${path_of(side)}/assignments`, { ids: rows.map((row) => row.id), user }));
    await Promise.all([["list"], ["home"], ["record"]].map((queryKey) => client.invalidateQueries({ queryKey })));
    return false;
  };
  return (
    <FormDialog
      title={t("web.covering.assign_title", { count: rows.length })}
      act={t("web.covering.assign_button", { count: rows.length })}
      send={send}
      ready={user !== ""}
      ended={outcome !== null}
      close={() => close(outcome !== null)}
    >
      {outcome ? (
        <BulkResult outcome={outcome} done={t("web.covering.assigned", { count: outcome.done.length })} rows={rows} />
      ) : (
        <>
          <p>{t("web.covering.assign_text")}</p>
          <SelectField
            label={t("web.act.assignee")}
            empty={t("web.form.choose")}
            options={options}
            value={user}
            change={set_user}
          />
        </>
      )}
    </FormDialog>
  );
}
