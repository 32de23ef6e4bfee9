/** Every notice, newest first. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { Button, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { NotificationItems, mark_read } from "./NotificationBell.tsx";

export function NotificationsPage(): ReactNode {
  const list = useQuery(queries.notifications());
  const items = list.data?.items ?? [];
  return (
    <>
      <PageHead title={t("web.notifications.title")}>
        {items.some((item) => !item.read) && (
          <Button icon="check" onClick={() => void mark_read(items)}>
            {t("web.notifications.mark_read")}
          </Button>
        )}
      </PageHead>
      <ErrorNotice error={list.error} />
      {list.isPending ? (
        <Waiting />
      ) : items.length === 0 ? (
        <Empty icon="bell" title={t("web.notifications.none")} />
      ) : (
        <div className="card">
          <NotificationItems items={items} />
        </div>
      )}
    </>
  );
}
