/** Home of who works on no queue of files: the tasks asked of them, the documents that wait, and the places they may enter. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { task_kind_name } from "../cases/dialogs/bodies.tsx";
import { DaysLeft } from "../cases/state.tsx";
import { Card, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_day, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { usePlaces } from "../shell/Rail.tsx";
import { Link } from "../shell/router.tsx";

const most = 8;
export function OwnDesk(): ReactNode {
  const may = useMay();
  const places = usePlaces();
  const works = may("task.read") || may("document.issue");
  return (
    <div className="stack loose">
      {may("task.read") && <Tasks />}
      {may("document.issue") && <Waiters />}
      {!works && (
        <ul className="place-cards">
          {places.map((place) => (
            <li key={place.href}>
              <Link className="card place-card" href={place.href} data-row>
                <Icon name={place.icon} size={22} />
                <span className="strong">{place.label}</span>
                <span className="small muted">{t(`web.place${place.href.replaceAll("/", ".")}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Tasks(): ReactNode {
  const tasks = useQuery(queries.tasks("open"));
  const items = [...(tasks.data ?? [])].sort((a, b) => a.days_left - b.days_left);
  return (
    <Card
      title={`${t("web.nav.tasks")} (${show_number(items.length)})`}
      flush
      actions={<Link href="/tasks">{t("web.home.all_tasks")}</Link>}
    >
      <ErrorNotice error={tasks.error} again={() => void tasks.refetch()} />
      {tasks.isPending ? (
        <Waiting lines={3} />
      ) : items.length === 0 ? (
        <Empty icon="check" title={t("web.task.none_open")} />
      ) : (
        <ul className="next-list">
          {items.slice(0, most).map((task) => (
            <li key={task.id}>
              <Link href={`/tasks/${task.id}`} data-row>
                <span className="next-day">
                  <DaysLeft deadline={{ kind: "task", due_on: task.due_on, days_left: task.days_left }} />
                </span>
                <span className="grow">
                  <span className="strong">{task.person}</span>
                  <span className="small muted next-detail">{task_kind_name(task.kind)}</span>
                </span>
                <Icon name="right" size={14} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Waiters(): ReactNode {
  const list = useQuery(queries.waiting({ limit: 100 }));
  const items = list.data?.items ?? [];
  return (
    <Card
      title={`${t("web.document.tab.waiting")} (${show_number(items.length)})`}
      flush
      actions={<Link href="/documents">{t("web.nav.documents")}</Link>}
    >
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {list.isPending ? (
        <Waiting lines={3} />
      ) : items.length === 0 ? (
        <Empty icon="passport" title={t("web.document.nobody_waits")} />
      ) : (
        <ul className="next-list">
          {items.slice(0, most).map((item) => (
            <li key={item.application}>
              <Link href={`/applications/${item.application}/issue`} data-row>
                <span className="next-day small">
                  {item.due_on ? t("web.list.due_until", { day: show_day(item.due_on) }) : ""}
                </span>
                <span className="grow">
                  <span className="strong">{item.name}</span>
                  <span className="small muted next-detail">{item.reference}</span>
                </span>
                <Icon name="right" size={14} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
