/** After the first sign-in: the password that an administrator gave is replaced before anything else is shown. */
import type { ReactNode } from "react";
import { PasswordForm } from "../access/PasswordForm.tsx";
import { remove } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { SessionView } from "../api/types.ts";
import { Button } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { LanguageSwitch } from "./LanguageSwitch.tsx";

export function FirstPassword({ session }: { session: SessionView }): ReactNode {
  const again = (): void => void client.invalidateQueries({ queryKey: ["session"] });
  const leave = async (): Promise<void> => {
    await remove("/session").catch(() => undefined);
    location.reload();
  };
  return (
    <div className="sign-in">
      <section className="sign-in-words">
        <div className="brand">
          <img src="/mark.svg" width="34" height="34" alt="" />
          RCMS
        </div>
        <h1>{t("web.access.first_title")}</h1>
        <p>{t("web.access.first_text")}</p>
        <p className="small">{session.organisation.name}</p>
      </section>
      <main className="sign-in-form">
        <div className="row apart">
          <h2>{session.user.name}</h2>
          <LanguageSwitch />
        </div>
        <PasswordForm login={session.user.login} done={again} />
        <Button kind="quiet" onClick={() => void leave()}>
          {t("web.person.sign_out")}
        </Button>
      </main>
    </div>
  );
}
