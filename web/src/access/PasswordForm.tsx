/** A person's own password: replaced at the first sign-in and whenever they wish; the other sessions end. */
import { useState, type FormEvent, type ReactNode } from "react";
import { ApiError, put } from "../api/client.ts";
import { Button, ErrorNotice } from "../design/basics.tsx";
import { TextField } from "../design/fields.tsx";
import { t } from "../language/label.ts";

/** The shortest password the server takes. */
const shortest = 12;

/** Tells the wrong old password from a new one that is refused. */
function words_for(error: unknown, field: "password" | "new_password"): string | null {
  if (!(error instanceof ApiError)) return null;
  if (error.why === "does_not_verify") return field === "password" ? t("web.access.wrong_password") : null;
  const told = error.why.startsWith("field_") && field === "new_password";
  return told ? (error.problem.detail ?? t("web.access.password_refused")) : null;
}

export function PasswordForm({ login, done }: { login: string; done: () => void }): ReactNode {
  const [old, set_old] = useState("");
  const [next, set_next] = useState("");
  const [again, set_again] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const differs = again !== "" && again !== next;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (next !== again) return;
    set_busy(true);
    try {
      await put("/session/password", { password: old, new_password: next });
      set_error(null);
      [set_old, set_next, set_again].forEach((clear) => clear(""));
      done();
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const wrong_old = words_for(error, "password");
  const wrong_new = words_for(error, "new_password");
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      {!wrong_old && !wrong_new && <ErrorNotice error={error} />}
      <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
      <TextField
        label={t("web.access.old_password")}
        type="password"
        className="medium"
        value={old}
        error={wrong_old}
        change={set_old}
        autoComplete="current-password"
        required
      />
      <TextField
        label={t("web.access.new_password")}
        hint={t("web.access.password_hint", { count: shortest })}
        type="password"
        className="medium"
        value={next}
        error={wrong_new}
        change={set_next}
        autoComplete="new-password"
        minLength={shortest}
        maxLength={200}
        required
      />
      <TextField
        label={t("web.access.again")}
        type="password"
        className="medium"
        value={again}
        error={differs ? t("web.access.differs") : null}
        change={set_again}
        autoComplete="new-password"
        required
      />
      <div>
        <Button
          type="submit"
          kind="primary"
          icon="key"
          busy={busy}
          disabled={old === "" || next.length < shortest || next !== again}
        >
          {t("web.access.change_password")}
        </Button>
      </div>
    </form>
  );
}
