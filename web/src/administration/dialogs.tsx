/** Adding and changing organisations and users. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { patch, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { OrganisationView, UserView } from "../api/types.ts";
import { Button, ErrorNotice, Notice } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { language_now, t } from "../language/label.ts";
import { languages } from "../language/LanguageProvider.tsx";
import { role_name } from "../session/DemoStart.tsx";
import { options_of } from "../forms/codes.ts";

export interface Editing {
  kind: "user" | "organisation";
  id: string | null;
}

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
  const [error, set_error] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    try {
      if (organisation) {
        const name = language_now() === "es" ? names.es : names.en;
        await patch(`/organisations/${organisation.id}`, { name, kind, email, active }, organisation.revision);
      } else await post("/organisations", { name: names.en, name_es: names.es || names.en, kind, ...(email ? { email } : {}) });
      await client.invalidateQueries({ queryKey: ["organisations"] });
      toast(t("web.saved"));
      close();
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <Dialog
      title={organisation?.name ?? t("web.administration.add_organisation")}
      open
      close={close}
      foot={
        <>
          <Button
            kind="primary"
            disabled={(names.en.trim() === "" && names.es.trim() === "") || kind === ""}
            onClick={() => void save()}
          >
            {t("web.action.save")}
          </Button>
          <Button onClick={close}>{t("web.action.cancel")}</Button>
        </>
      }
    >
      <ErrorNotice error={error} />
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
    </Dialog>
  );
}

export function UserDialog({ user, close }: { user: UserView | null; close: () => void }): ReactNode {
  const organisations = useQuery(queries.organisations()).data ?? [];
  const roles = useQuery(queries.roles()).data ?? [];
  const [name, set_name] = useState(user?.name ?? "");
  const [login, set_login] = useState(user?.login ?? "");
  const [organisation, set_organisation] = useState(user?.organisation_id ?? "");
  const [email, set_email] = useState(user?.email ?? "");
  const [language, set_language] = useState(user?.language ?? language_now());
  const [chosen, set_chosen] = useState(user?.roles ?? []);
  const [active, set_active] = useState(user?.active ?? true);
  const [password, set_password] = useState<string | null>(null);
  const [error, set_error] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    try {
      const body = { name, organisation, roles: chosen, language, ...(email || user ? { email } : {}) };
      if (user) await patch(`/users/${user.id}`, { ...body, active }, user.revision);
      else {
        const made = await post<{ password?: string }>("/users", { ...body, login });
        if (made.password) {
          set_password(made.password);
          await client.invalidateQueries({ queryKey: ["users"] });
          return;
        }
      }
      await client.invalidateQueries({ queryKey: ["users"] });
      toast(t("web.saved"));
      close();
    } catch (fault) {
      set_error(fault);
    }
  };
  const reset = async (): Promise<void> => {
    try {
      set_password((await post<{ password: string }>(`/users/${user?.id ?? ""}/password-reset`)).password);
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <Dialog
      title={user?.name ?? t("web.administration.add_user")}
      open
      close={close}
      wide
      foot={
        <>
          <Button
            kind="primary"
            disabled={
              name.trim() === "" || login.trim() === "" || organisation === "" || chosen.length === 0 || password !== null
            }
            onClick={() => void save()}
          >
            {t("web.action.save")}
          </Button>
          <Button onClick={close}>{t("web.action.close")}</Button>
          {user && (
            <Button kind="quiet" icon="key" onClick={() => void reset()}>
              {t("web.administration.reset_password")}
            </Button>
          )}
        </>
      }
    >
      <ErrorNotice error={error} />
      {password && (
        <Notice tone="calm">
          <p>
            {t("web.administration.new_password")} <code className="strong">{password}</code>
          </p>
        </Notice>
      )}
      <div className="grid-3">
        <TextField label={t("web.administration.name")} value={name} change={set_name} required maxLength={150} />
        <TextField
          label={t("web.administration.login")}
          value={login}
          change={set_login}
          required
          maxLength={60}
          readOnly={user !== null}
          autoComplete="off"
        />
        <SelectField
          label={t("web.administration.organisation")}
          empty={t("web.form.choose")}
          options={organisations.filter((item) => item.active).map((item) => ({ value: item.id, label: item.name }))}
          value={organisation}
          change={set_organisation}
        />
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
          label={t("web.administration.language")}
          options={languages.map((item) => ({ value: item.code, label: item.name }))}
          value={language}
          change={set_language}
        />
      </div>
      <fieldset className="field">
        <legend className="legend">{t("web.administration.roles")}</legend>
        <div className="check-grid">
          {roles.map((item) => (
            <CheckField
              key={item.role}
              label={role_name(item.role)}
              checked={chosen.includes(item.role)}
              change={(on) => set_chosen(on ? [...chosen, item.role] : chosen.filter((role) => role !== item.role))}
            />
          ))}
        </div>
      </fieldset>
      {user && <CheckField label={t("web.administration.is_active")} checked={active} change={set_active} />}
    </Dialog>
  );
}
