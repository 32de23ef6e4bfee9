/** Signing in with name and password, and with a code of six digits where a second factor is set. */
import { useState, type FormEvent, type ReactNode } from "react";
import { ApiError, post } from "../api/client.ts";
import type { SessionView } from "../api/types.ts";
import { Button, ErrorNotice } from "../design/basics.tsx";
import { TextField } from "../design/fields.tsx";
import { t } from "../language/label.ts";
import { LanguageSwitch } from "./LanguageSwitch.tsx";

export function SignInForm({ login: given, entered }: { login?: string; entered: (session: SessionView) => void }): ReactNode {
  const [login, set_login] = useState(given ?? "");
  const [password, set_password] = useState("");
  const [code, set_code] = useState("");
  const [needs_code, set_needs_code] = useState(false);
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    set_busy(true);
    set_error(null);
    try {
      entered(await post<SessionView>("/session", { login, password, ...(needs_code ? { code } : {}) }));
    } catch (fault) {
      if (fault instanceof ApiError && fault.why === "code_required") set_needs_code(true);
      else set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <ErrorNotice error={error} />
      {!needs_code && (
        <>
          <TextField
            label={t("web.sign_in.login")}
            value={login}
            change={set_login}
            autoComplete="username"
            required
            readOnly={given !== undefined}
            autoFocus={given === undefined}
          />
          <TextField
            label={t("web.sign_in.password")}
            type="password"
            value={password}
            change={set_password}
            autoComplete="current-password"
            required
            autoFocus={given !== undefined}
          />
        </>
      )}
      {needs_code && (
        <TextField
          label={t("web.sign_in.code")}
          hint={t("web.sign_in.code_hint")}
          value={code}
          change={set_code}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          maxLength={6}
          className="medium"
          required
          autoFocus
        />
      )}
      <div className="row">
        <Button type="submit" kind="primary large" busy={busy}>
          {t(needs_code ? "web.sign_in.confirm_code" : "web.sign_in.enter")}
        </Button>
        {needs_code && (
          <Button kind="quiet" onClick={() => set_needs_code(false)}>
            {t("web.action.back")}
          </Button>
        )}
      </div>
    </form>
  );
}

export function SignInPage({ entered, notice }: { entered: (session: SessionView) => void; notice: ReactNode }): ReactNode {
  return (
    <div className="sign-in">
      <section className="sign-in-words">
        <div className="brand">
          <img src="/mark.svg" width="34" height="34" alt="" />
          RCMS
        </div>
        <h1>{t("web.sign_in.promise")}</h1>
        <p>{t("web.sign_in.promise_text")}</p>
        <p className="small">{t("web.app_name")}</p>
      </section>
      <main className="sign-in-form">
        <div className="row apart">
          <h2>{t("web.sign_in.title")}</h2>
          <LanguageSwitch />
        </div>
        {notice}
        <SignInForm entered={entered} />
        <p className="small">
          <a href="/verify">{t("web.verify.link")}</a>
        </p>
      </main>
    </div>
  );
}
