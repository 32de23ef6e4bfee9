/** The door: shows the start page or the sign-in page until there is a session, then the shell; when a session ends, signing in again opens over the work. */
import { useQuery } from "@tanstack/react-query";
import { Fragment, useCallback, useEffect, useState, type ReactNode } from "react";
import { ApiError, onSessionExpired, patch } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { SessionView } from "../api/types.ts";
import { ErrorNotice } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../language/label.ts";
import { useLanguage } from "../language/LanguageProvider.tsx";
import { Shell } from "../shell/Shell.tsx";
import { SessionContext } from "./session.ts";
import { DemoStart } from "./DemoStart.tsx";
import { FirstPassword } from "./FirstPassword.tsx";
import { SignInForm, SignInPage } from "./SignIn.tsx";
import "./session.css";

export function Entrance(): ReactNode {
  const { language, choose } = useLanguage();
  const session = useQuery(queries.session());
  const [ended, set_ended] = useState(false);
  useEffect(() => onSessionExpired(() => set_ended(true)), []);
  const entered = useCallback((next: SessionView): void => {
    const same = client.getQueryData<SessionView>(["session"])?.user.id === next.user.id;
    client.setQueryData(["session"], next);
    if (!same) client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    else void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    set_ended(false);
  }, []);
  const view = session.data;
  const wanted = view?.language;
  const [refused, set_refused] = useState("");
  // The server words its answers in the session's language: nothing is read before both speak the same.
  const agreed = !wanted || wanted === language || refused === language;
  useEffect(() => {
    if (agreed) return;
    if (!sessionStorage.getItem("rcms.language.chosen")) choose(wanted);
    else
      void patch<SessionView>("/session", { language }).then(
        (changed) => {
          client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
          client.setQueryData(["session"], changed.value);
        },
        () => set_refused(language),
      );
  }, [agreed, wanted, language, choose]);
  if (session.isPending || !agreed) return null;
  if (!view) return <Outside error={session.error} entered={entered} />;
  if (view.must_change_password) return <FirstPassword session={view} />;
  return (
    <SessionContext value={view}>
      <Fragment key={language + view.user.id}>
        <Shell />
      </Fragment>
      <Dialog title={t("web.session.ended_title")} open={ended} close={() => undefined} keep>
        <p>{t("web.session.ended_text")}</p>
        {view.demo ? <AgainInDemo view={view} entered={entered} /> : <SignInForm login={view.user.login} entered={entered} />}
      </Dialog>
    </SessionContext>
  );
}

function AgainInDemo({ view, entered }: { view: SessionView; entered: (session: SessionView) => void }): ReactNode {
  return <DemoStart only={view.user.id} entered={entered} />;
}

function Outside({ error, entered }: { error: unknown; entered: (session: SessionView) => void }): ReactNode {
  const people = useQuery(queries.demo_people());
  if (people.isPending) return null;
  if (people.data && people.data.length > 0) return <DemoStart entered={entered} />;
  const unreachable = error instanceof ApiError && error.status === 0;
  return <SignInPage entered={entered} notice={unreachable ? <ErrorNotice error={error} /> : null} />;
}
