/** Whether notices also come by e-mail. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { put } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import { Card, ErrorNotice } from "../design/basics.tsx";
import { CheckField } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";

export function MailPreference(): ReactNode {
  const kept = useQuery(queries.notice_preferences());
  const [error, set_error] = useState<unknown>(null);
  const choose = async (mail: boolean): Promise<void> => {
    const before = kept.data;
    client.setQueryData(["notice-preferences"], { mail });
    try {
      await put("/notifications/preferences", { mail });
      set_error(null);
      toast(t("web.saved"));
    } catch (fault) {
      client.setQueryData(["notice-preferences"], before);
      set_error(fault);
    }
  };
  return (
    <Card title={t("web.preferences.title")}>
      <div className="stack">
        <ErrorNotice error={error ?? kept.error} again={() => void kept.refetch()} />
        <p className="muted">
          {t("web.preferences.lead")} <Link href="/notifications">{t("web.notifications.title")}</Link>
        </p>
        <CheckField
          label={t("web.preferences.mail")}
          checked={kept.data?.mail ?? false}
          disabled={!kept.data}
          change={(on) => void choose(on)}
        />
      </div>
    </Card>
  );
}
