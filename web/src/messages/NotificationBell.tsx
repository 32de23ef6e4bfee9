/** The bell: unread notices in a small window, each a link; opening it marks them read. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { NotificationView } from "../api/types.ts";
import { Icon } from "../design/Icon.tsx";
import { show_instant } from "../language/dates.ts";
import { t, t_words } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import "./messages.css";

/** As many as the window shows, and as many as closing it marks read. */
const in_window = 8;
export async function mark_read(items: NotificationView[]): Promise<void> {
  const ids = items.filter((item) => !item.read).map((item) => item.id);
  if (ids.length === 0) return;
  await post("/notifications/read", { ids }).catch(() => undefined);
  await client.invalidateQueries({ queryKey: ["notifications"] });
}
export function NotificationItems({ items, done }: { items: NotificationView[]; done?: () => void }): ReactNode {
  return (
    <ul className="notifications">
      {items.map((item) => (
        <li key={item.id} data-unread={!item.read || undefined}>
          {item.href ? (
            <Link href={item.href} onClick={done}>
              {t_words(item.text)}
            </Link>
          ) : (
            <span>{t_words(item.text)}</span>
          )}
          <time className="muted small" dateTime={item.at}>
            {show_instant(item.at)}
          </time>
        </li>
      ))}
    </ul>
  );
}
export function NotificationBell(): ReactNode {
  const [open, set_open] = useState(false);
  const told = useQuery(queries.notifications()).data;
  const items = (told?.items ?? []).slice(0, in_window);
  const unread = told?.unread ?? 0;
  const many = unread > 99;
  const turn = (next: boolean): void => {
    set_open(next);
    if (!next) void mark_read(items);
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={turn}>
      <Button className="icon-button" aria-label={many ? t("web.notifications.bell_many") : t("web.notifications.bell", { count: unread })}>
        <Icon name="bell" size={20} />
        {unread > 0 && <span className="badge">{many ? "99+" : unread}</span>}
      </Button>
      <Popover className="popover bell-popover" placement="bottom end">
        <Dialog aria-label={t("web.notifications.title")} style={{ outline: "none" }}>
          <div className="row apart" style={{ padding: "12px 16px 6px" }}>
            <h2>{t("web.notifications.title")}</h2>
            <Link href="/notifications" onClick={() => turn(false)}>
              {t("web.notifications.all")}
            </Link>
          </div>
          {items.length === 0 ? (
            <p className="empty">{t("web.notifications.none")}</p>
          ) : (
            <NotificationItems items={items} done={() => turn(false)} />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
