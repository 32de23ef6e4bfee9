/** A person's own access: password, authenticator, and where they are signed in. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { remove } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import { Button, Card, Chip, ErrorNotice, Facts, PageHead, Waiting } from "../design/basics.tsx";
import { RowsTable } from "../design/RowsTable.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { role_name } from "../session/DemoStart.tsx";
import { useSession } from "../session/session.ts";
import { Authenticator } from "./Authenticator.tsx";
import { MailPreference } from "./MailPreference.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import { Tokens } from "./Tokens.tsx";

export function AccessPage(): ReactNode {
  const session = useSession();
  return (
    <>
      <PageHead title={t("web.access.title")} lead={t("web.access.lead")} />
      <div className="stack loose">
        <Card title={t("web.access.person")}>
          <Facts
            rows={[
              [t("web.administration.name"), session.user.name],
              [t("web.administration.login"), <span className="mono">{session.user.login}</span>],
              [t("web.administration.organisation"), session.organisation.name],
              [t("web.administration.roles"), session.roles.map(role_name).join(", ")],
            ]}
          />
        </Card>
        <MailPreference />
        <Sessions />
        <Tokens />
        {!session.demo && (
          <>
            <Card title={t("web.access.password")}>
              <PasswordForm
                login={session.user.login}
                done={() => {
                  toast(t("web.access.password_changed"));
                  void client.invalidateQueries({ queryKey: ["own-sessions"] });
                }}
              />
            </Card>
            <Card title={t("web.administration.second_factor")}>
              <Authenticator set_up={session.second_factor} />
            </Card>
          </>
        )}
        {session.demo && <p className="muted">{t("web.access.demo")}</p>}
      </div>
    </>
  );
}

function Sessions(): ReactNode {
  const list = useQuery(queries.own_sessions());
  const [error, set_error] = useState<unknown>(null);
  const end = async (id: string): Promise<void> => {
    try {
      await remove(`/session/sessions/${id}`);
      await client.invalidateQueries({ queryKey: ["own-sessions"] });
    } catch (fault) {
      set_error(fault);
    }
  };
  return (
    <Card title={t("web.access.sessions")} flush>
      <ErrorNotice error={error ?? list.error} />
      {list.isPending ? (
        <Waiting lines={2} />
      ) : (
        <RowsTable
          name={t("web.access.sessions")}
          rows={list.data ?? []}
          row_key={(item) => item.id}
          first={6}
          columns={[
            { label: t("web.access.since"), look: "nowrap", cell: (item) => show_instant(item.created_at) },
            { label: t("web.access.last_used"), look: "nowrap", cell: (item) => show_instant(item.last_seen_at) },
            { label: t("web.access.until"), look: "nowrap", cell: (item) => show_instant(item.expires_at) },
            { label: t("web.access.network"), look: "mono", cell: (item) => item.network || "—" },
            {
              label: t("web.access.end"),
              look: "end",
              quiet: true,
              cell: (item) =>
                item.current ? (
                  <Chip tone="calm">{t("web.access.this_one")}</Chip>
                ) : (
                  <Button kind="small" onClick={() => void end(item.id)}>
                    {t("web.access.end")}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}
