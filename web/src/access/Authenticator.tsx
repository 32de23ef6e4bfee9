/** Enrolling an authenticator (TOTP): password, secret shown once, first code. */
import { useState, type FormEvent, type ReactNode } from "react";
import { post, put } from "../api/client.ts";
import { client } from "../api/queries.ts";
import { Button, Chip, ErrorNotice, Facts } from "../design/basics.tsx";
import { TextField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";

interface Enrolment {
  secret: string;
  uri: string;
}
const in_fours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, "$1 ");

export function Authenticator({ set_up }: { set_up: boolean }): ReactNode {
  const [enrolment, set_enrolment] = useState<Enrolment | null>(null);
  if (set_up)
    return (
      <div className="stack">
        <div>
          <Chip tone="calm" icon="check">
            {t("web.access.factor_on")}
          </Chip>
        </div>
        <p className="muted small">{t("web.access.factor_lost")}</p>
      </div>
    );
  return enrolment ? <Confirm enrolment={enrolment} /> : <Begin begun={set_enrolment} />;
}

function Begin({ begun }: { begun: (enrolment: Enrolment) => void }): ReactNode {
  const [password, set_password] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      begun(await post<Enrolment>("/session/second-factor", { password }));
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <p>{t("web.access.factor_lead")}</p>
      <ErrorNotice error={error} />
      <TextField
        label={t("web.access.old_password")}
        type="password"
        className="medium"
        value={password}
        change={set_password}
        autoComplete="current-password"
        required
      />
      <div>
        <Button type="submit" icon="shield" disabled={password === ""}>
          {t("web.access.factor_begin")}
        </Button>
      </div>
    </form>
  );
}

function Confirm({ enrolment }: { enrolment: Enrolment }): ReactNode {
  const [code, set_code] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await put("/session/second-factor", { code });
      toast(t("web.access.factor_done"));
      await client.invalidateQueries({ queryKey: ["session"] });
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <p>{t("web.access.factor_enter")}</p>
      <Facts rows={[[t("web.access.factor_secret"), <code className="strong">{in_fours(enrolment.secret)}</code>]]} />
      <p className="small">
        <a href={enrolment.uri}>{t("web.access.factor_open")}</a>
      </p>
      <ErrorNotice error={error} />
      <TextField
        label={t("web.sign_in.code")}
        value={code}
        change={(text) => set_code(text.replace(/\D/g, ""))}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        className="short"
        required
        autoFocus
      />
      <div>
        <Button type="submit" kind="primary" disabled={code.length !== 6}>
          {t("web.sign_in.confirm_code")}
        </Button>
      </div>
    </form>
  );
}
