/** Home of who works on no queue of files: the tasks asked of them, the documents that wait, and the places they may enter. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { task_kind_name } from "../cases/dialogs/bodies.tsx";
import { Card, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { Icon, type IconName } from "../design/Icon.tsx";
import { days_between, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { DeskHome, MonitorHome } from "../safeguards/DeskHome.tsx";
import { useMay, useSession, useToday } from "../session/session.ts";
import { usePlaces } from "../shell/Rail.tsx";
import { Link } from "../shell/router.tsx";
import { DueList, type DueLine } from "./DueList.tsx";

const most = 8;
export function OwnDesk(): ReactNode {
  const may = useMay();
  const session = useSession();
  const places = usePlaces();
  const works = may("task.read") || may("document.issue") || may("safeguard.read");
  return (
    <div className="stack loose">
      {may("task.read") && <Tasks />}
      {may("document.issue") && <Waiters />}
      {may("safeguard.read") && <DeskHome />}
      {session.roles.includes("monitor") && <MonitorHome />}
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

/** A list of what waits, with its number, its error and its empty message. */
function DueCard({
  title,
  all,
  list,
  lines,
  empty,
}: {
  title: string;
  all: ReactNode;
  list: { error: unknown; isPending: boolean; refetch: () => unknown };
  lines: DueLine[];
  empty: { icon: IconName; title: string };
}): ReactNode {
  const by_day = [...lines].sort((a, b) => (a.deadline?.due_on ?? "9").localeCompare(b.deadline?.due_on ?? "9"));
  return (
    <Card title={`${title} (${show_number(lines.length)})`} flush actions={all}>
      <ErrorNotice error={list.error} again={() => void list.refetch()} />
      {list.isPending ? (
        <Waiting lines={3} />
      ) : lines.length === 0 ? (
        <Empty icon={empty.icon} title={empty.title} />
      ) : (
        <DueList lines={by_day.slice(0, most)} />
      )}
    </Card>
  );
}

function Tasks(): ReactNode {
  const tasks = useQuery(queries.tasks("open"));
  return (
    <DueCard
      title={t("web.nav.tasks")}
      all={<Link href="/tasks">{t("web.home.all_tasks")}</Link>}
      list={tasks}
      empty={{ icon: "check", title: t("web.task.none_open") }}
      lines={(tasks.data ?? []).map((task) => ({
        key: task.id,
        href: `/tasks/${task.id}`,
        deadline: { kind: "task", due_on: task.due_on, days_left: task.days_left },
        name: task.person,
        detail: task_kind_name(task.kind),
      }))}
    />
  );
}

function Waiters(): ReactNode {
  const today = useToday();
  const list = useQuery(queries.waiting({ limit: 100 }));
  return (
    <DueCard
      title={t("web.document.tab.waiting")}
      all={<Link href="/documents">{t("web.nav.documents")}</Link>}
      list={list}
      empty={{ icon: "passport", title: t("web.document.nobody_waits") }}
      lines={(list.data?.items ?? []).map((item) => ({
        key: item.application,
        href: `/applications/${item.application}/issue`,
        deadline: item.due_on ? { kind: "document", due_on: item.due_on, days_left: days_between(today, item.due_on) } : null,
        name: item.name,
        detail: item.reference,
      }))}
    />
  );
}
