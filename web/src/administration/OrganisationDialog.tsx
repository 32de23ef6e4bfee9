/** Adding and changing an organisation. */
import { useState, type ReactNode } from "react";
import { patch, post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { OrganisationView } from "../api/types.ts";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { language_now, t } from "../language/label.ts";
import { options_of } from "../forms/codes.ts";

export function OrganisationDialog({
  organisation,
  close,
}: {
  organisation: OrganisationView | null;
  close: () => void;
}): ReactNode {
  const [names, set_names] = useState({ en: organisation?.name_en ?? "", es: organisation?.name_es ?? "" });
  const [email, set_email] = useState(organisation?.email ?? "");
  const [kind, set_kind] = useState(organisation?.kind ?? "");
  const [active, set_active] = useState(organisation?.active ?? true);
  const send = async (): Promise<void> => {
    if (organisation) {
      const name = language_now() === "es" ? names.es : names.en;
      await patch(`/organisations/${organisation.id}`, { name, kind, email, active }, organisation.revision);
    } else await post("/organisations", { name: names.en, name_es: names.es || names.en, kind, ...(email ? { email } : {}) });
    await client.invalidateQueries({ queryKey: ["organisations"] });
    toast(t("web.saved"));
  };
  return (
    <FormDialog
      title={organisation?.name ?? t("web.administration.add_organisation")}
      act={t("web.action.save")}
      send={send}
      close={close}
      ready={(names.en.trim() !== "" || names.es.trim() !== "") && kind !== ""}
      keep={organisation === null && names.en !== ""}
    >
      {(["en", "es"] as const).map((code) => (
        <TextField
          key={code}
          label={t(`web.administration.name_${code}`)}
          value={names[code]}
          change={(text) => set_names({ ...names, [code]: text })}
          readOnly={organisation !== null && language_now() !== code}
          required={code === "en"}
          maxLength={150}
        />
      ))}
      <TextField
        label={t("web.administration.email")}
        type="email"
        value={email}
        change={set_email}
        optional
        maxLength={200}
        autoComplete="off"
      />
      <SelectField
        label={t("web.administration.kind")}
        empty={t("web.form.choose")}
        options={options_of("organisation_kind")}
        value={kind}
        change={set_kind}
      />
      {organisation && <CheckField label={t("web.administration.is_active")} checked={active} change={set_active} />}
    </FormDialog>
  );
}
