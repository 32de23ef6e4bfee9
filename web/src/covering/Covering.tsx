/** On the home page: whom one covers with the number of their files, and how many of one's own are on hold. */
import type { ReactNode } from "react";
import type { HomeView, Side } from "../api/types.ts";
import { Card } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_day, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";

export function Covering({ view, side }: { view: HomeView; side: Side }): ReactNode {
  const covering = view.covering ?? [];
  const held = view.on_hold ?? 0;
  if (covering.length === 0 && held === 0) return null;
  const list = side === "case" ? "/cases" : "/applications";
  return (
    <Card title={t(covering.length > 0 ? "web.covering.title" : "web.hold.title")} flush>
      <ul className="queue-list">
        {covering.map((one) => (
          <li key={one.colleague.id}>
            <Link href={`${list}?owner=${one.colleague.id}&hold=without&sort=due`} data-row>
              <Icon name="people" size={16} />
              <span className="grow">{t("web.covering.until", { name: one.colleague.name, day: show_day(one.to_on) })}</span>
              <strong className="number">{show_number(one.files)}</strong>
              <Icon name="right" size={14} />
            </Link>
          </li>
        ))}
        {held > 0 && (
          <li>
            <Link href={`${list}?owner=me&hold=only`} data-row>
              <Icon name="pause" size={16} />
              <span className="grow">{t("web.hold.own", { count: held })}</span>
              <strong className="number">{show_number(held)}</strong>
              <Icon name="right" size={14} />
            </Link>
          </li>
        )}
      </ul>
    </Card>
  );
}
