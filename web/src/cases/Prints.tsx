/** Fingerprints of a draft: whether the agreement allows them, the basis, the file; and that they were deleted. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { remove, upload } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { CasePrints, CaseView } from "../api/types.ts";
import { Button, Card, ErrorNotice, Facts, Notice } from "../design/basics.tsx";
import { DateField } from "../design/DateField.tsx";
import { RadioGroup, TextField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { useFileChoice } from "../design/useFileChoice.tsx";
import { t } from "../language/label.ts";
import { PrintsChip, prints_facts } from "../registry/Prints.tsx";
import { useToday } from "../session/session.ts";

const may_do = (view: CaseView, action: string): boolean => view.actions.some((item) => item.action === action && item.allowed);

export function PrintsCard({ view }: { view: CaseView }): ReactNode {
  const prints = useQuery(queries.case_prints(view.id)).data;
  const [error, set_error] = useState<unknown>(null);
  if (!prints) return null;
  const changed = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
  };
  const drop = async (): Promise<void> => {
    try {
      await remove(`/cases/${view.id}/prints`);
      toast(t("web.prints.removed"));
      set_error(null);
      await changed();
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <Card
      title={t("registry.part.prints")}
      actions={prints.state !== "none" && <PrintsChip state={prints.state} fingers={prints.fingers} />}
    >
      <div className="stack">
        <ErrorNotice error={error} />
        {prints.state !== "none" && <Facts rows={prints_facts(prints)} />}
        {prints.state === "kept" && <p className="small muted">{t("web.prints.until_answer")}</p>}
        {prints.state === "kept" && may_do(view, "remove_prints") && (
          <div>
            <Button icon="cross" onClick={() => void drop()}>
              {t("web.prints.remove")}
            </Button>
          </div>
        )}
        {!prints.permitted && prints.refused && (
          <Notice tone="info">
            <p>{prints.refused}</p>
          </Notice>
        )}
        {prints.permitted && prints.state !== "kept" && may_do(view, "add_prints") && <AddPrints view={view} added={changed} />}
      </div>
    </Card>
  );
}

function AddPrints({ view, added }: { view: CaseView; added: () => Promise<void> }): ReactNode {
  const [basis, set_basis] = useState("consent");
  const [reference, set_reference] = useState("");
  const [given_on, set_given_on] = useState("");
  const today = useToday();
  const missing = reference.trim() === "" || (basis === "consent" && given_on === "");
  const template = useFileChoice(
    async (file) => {
      await upload<CasePrints>(`/cases/${view.id}/prints`, file, {
        basis,
        reference: reference.trim(),
        ...(basis === "consent" ? { given_on } : {}),
      });
      toast(t("web.prints.added"));
      await added();
    },
    { accept: ".fmr,.iso,.ist,.ansi,.bin" },
  );
  return (
    <div className="stack">
      <ErrorNotice error={template.error} />
      <RadioGroup
        legend={t("web.prints.basis")}
        name="print-basis"
        value={basis}
        change={set_basis}
        options={["consent", "law"].map((value) => ({
          value,
          label: t(`web.prints.basis_${value}`),
          hint: t(`web.prints.basis_${value}_hint`),
        }))}
      />
      <TextField
        label={t(basis === "consent" ? "web.prints.reference_consent" : "web.prints.reference_law")}
        value={reference}
        change={set_reference}
        maxLength={300}
        required
      />
      {basis === "consent" && (
        <DateField label={t("web.prints.given_on")} value={given_on} change={set_given_on} today={today} />
      )}
      <div className="row">
        <Button icon="upload" busy={template.busy} disabled={missing} onClick={template.open}>
          {t("web.prints.add")}
        </Button>
        <span className="small muted">{t("web.prints.hint")}</span>
      </div>
      {template.input}
    </div>
  );
}
