/** Adding and changing a person: who they are, what they may do, and a new password when theirs is lost. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { patch, post, remove } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { UserView } from "../api/types.ts";
import { Button, ErrorNotice, Notice } from "../design/basics.tsx";
import { Copied } from "../design/Copied.tsx";
import { CheckField, SelectField, TextField } from "../design/fields.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { language_now, t } from "../language/label.ts";
import { languages } from "../language/LanguageProvider.tsx";
import { role_name } from "../session/DemoStart.tsx";

interface Draft {
  name: string;
  login: string;
  organisation: string;
  email: string;
  language: string;
  roles: string[];
  active: boolean;
}
const draft_of = (user: UserView | null): Draft => ({
  name: user?.name ?? "",
  login: user?.login ?? "",
  organisation: user?.organisation_id ?? "",
  email: user?.email ?? "",
  language: user?.language ?? language_now(),
  roles: user?.roles ?? [],
  active: user?.active ?? true,
});
async function save_user(user: UserView | null, draft: Draft): Promise<string | null> {
  const { name, organisation, roles, language, email, active, login } = draft;
  const body = { name, organisation, roles, language, ...(email || user ? { email } : {}) };
  const made = user
    ? await patch(`/users/${user.id}`, { ...body, active }, user.revision).then(() => null)
    : (await post<{ password?: string }>("/users", { ...body, login })).password;
  await client.invalidateQueries({ queryKey: ["users"] });
  return made ?? null;
}

export function UserDialog({ user, close }: { user: UserView | null; close: () => void }): ReactNode {
  const [draft, set_draft] = useState(() => draft_of(user));
  const [password, set_password] = useState<string | null>(null);
  const change = (part: Partial<Draft>): void => set_draft({ ...draft, ...part });
  const complete = [draft.name, draft.login, draft.organisation].every((text) => text.trim() !== "") && draft.roles.length > 0;
  const send = async (): Promise<boolean> => {
    const made = await save_user(user, draft);
    if (made) set_password(made);
    else toast(t("web.saved"));
    return made === null;
  };
  return (
    <FormDialog
      title={user?.name ?? t("web.administration.add_user")}
      act={t("web.action.save")}
      send={send}
      close={close}
      ready={complete}
      ended={password !== null}
      keep={user === null && draft.name !== ""}
      wide
    >
      {password ? (
        <Notice tone="soon">
          <p>{t("web.administration.password_once")}</p>
          <p>{t("web.administration.new_password")}</p>
          <Copied text={password} />
        </Notice>
      ) : (
        <>
          <Person draft={draft} known={user !== null} change={change} />
          <Roles chosen={draft.roles} change={(roles) => change({ roles })} />
          {user && (
            <CheckField
              label={t("web.administration.is_active")}
              checked={draft.active}
              change={(active) => change({ active })}
            />
          )}
          {user && <Access user={user} told={set_password} />}
        </>
      )}
    </FormDialog>
  );
}

function Person({ draft, known, change }: { draft: Draft; known: boolean; change: (part: Partial<Draft>) => void }): ReactNode {
  const organisations = useQuery(queries.organisations()).data ?? [];
  return (
    <div className="grid-3">
      <TextField
        label={t("web.administration.name")}
        value={draft.name}
        change={(name) => change({ name })}
        required
        maxLength={150}
        autoComplete="off"
      />
      <TextField
        label={t("web.administration.login")}
        value={draft.login}
        change={(login) => change({ login })}
        required
        maxLength={60}
        readOnly={known}
        autoComplete="off"
      />
      <SelectField
        label={t("web.administration.organisation")}
        empty={t("web.form.choose")}
        options={organisations.filter((item) => item.active).map((item) => ({ value: item.id, label: item.name }))}
        value={draft.organisation}
        change={(organisation) => change({ organisation })}
      />
      <TextField
        label={t("web.administration.email")}
        type="email"
        value={draft.email}
        change={(email) => change({ email })}
        optional
        maxLength={200}
        autoComplete="off"
      />
      <SelectField
        label={t("web.administration.language")}
        options={languages.map((item) => ({ value: item.code, label: item.name }))}
        value={draft.language}
        change={(language) => change({ language })}
      />
    </div>
  );
}

function Roles({ chosen, change }: { chosen: string[]; change: (roles: string[]) => void }): ReactNode {
  const roles = useQuery(queries.roles()).data ?? [];
  return (
    <fieldset className="field">
      <legend className="legend">{t("web.administration.roles")}</legend>
      <div className="check-grid">
        {roles.map((item) => (
          <CheckField
            key={item.role}
            label={role_name(item.role)}
            checked={chosen.includes(item.role)}
            change={(on) => change(on ? [...chosen, item.role] : chosen.filter((role) => role !== item.role))}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** For who cannot get in any more: a new password, or no second factor until they set it up again. */
function Access({ user, told }: { user: UserView; told: (password: string) => void }): ReactNode {
  const [error, set_error] = useState<unknown>(null);
  const reset = (): void =>
    void post<{ password: string }>(`/users/${user.id}/password-reset`).then((made) => told(made.password), set_error);
  const forget = (): void =>
    void remove(`/users/${user.id}/second-factor`).then(async () => {
      await client.invalidateQueries({ queryKey: ["users"] });
      toast(t("web.administration.factor_removed"));
    }, set_error);
  return (
    <>
      <ErrorNotice error={error} />
      <div className="row">
        <Button kind="small" icon="key" onClick={reset}>
          {t("web.administration.reset_password")}
        </Button>
        {user.second_factor && (
          <Button kind="small danger" onClick={forget}>
            {t("web.administration.remove_factor")}
          </Button>
        )}
      </div>
    </>
  );
}
