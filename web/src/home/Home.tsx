/** What needs me now: four numbers, the next deadlines, and the strip of stages; every number is a link to its list. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, type CSSProperties, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { HomeView, Side } from "../api/types.ts";
import { Card, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { Icon, type IconName } from "../design/Icon.tsx";
import { record_href } from "../cases/columns.tsx";
import { Covering } from "../covering/Covering.tsx";
import { deadline_name, StateChip, stage_name } from "../cases/state.tsx";
import { ReleaseNext } from "../exchange/ReleaseNext.tsx";
import { show_day, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession, useToday } from "../session/session.ts";
import { Link } from "../shell/router.tsx";
import { queue_href, queue_name } from "../shell/Rail.tsx";
import { DueList } from "./DueList.tsx";
import "./home.css";

const OwnWaits = lazy(async () => ({ default: (await import("../safeguards/DeskHome.tsx")).OwnWaits }));
const OwnDesk = lazy(async () => ({ default: (await import("./OwnDesk.tsx")).OwnDesk }));

export function useMySide(): Side {
  const may = useMay();
  return may("application.read") && !may("case.read") ? "application" : "case";
}
export function list_href(side: Side, filter: string): string {
  return `/${side === "case" ? "cases" : "applications"}?${filter}`;
}

export function Home(): ReactNode {
  const session = useSession();
  const may = useMay();
  const today = useToday();
  const side = useMySide();
  const home = useQuery(queries.home());
  const view = home.data;
  return (
    <>
      <PageHead
        title={t("web.home.title", { name: session.user.name.split(" ")[0] ?? "" })}
        lead={t("web.home.lead", { day: show_day(today), office: session.organisation.name })}
      >
        {may("case.screen") && (
          <Link className="button primary" href="/cases/desk?state=screening">
            <Icon name="shield" size={16} />
            {t("web.desk.title.screening")}
          </Link>
        )}
        {may("case.release") && <ReleaseNext kind="primary" />}
        {may("case.import") && (
          <Link className="button" href="/cases/import">
            <Icon name="upload" size={16} />
            {t("web.import.title")}
          </Link>
        )}
        {may("case.create") && (
          <Link className="button primary" href="/cases/new">
            <Icon name="plus" size={16} />
            {t("web.case.new")}
          </Link>
        )}
      </PageHead>
      <ErrorNotice error={home.error} again={() => void home.refetch()} />
      {home.isPending && <Waiting lines={8} />}
      {view && !view.side && (
        <Suspense fallback={<Waiting lines={6} />}>
          <OwnDesk />
        </Suspense>
      )}
      {view && view.side && (
        <div className="stack loose">
          <Needs view={view} side={side} />
          <Covering view={view} side={side} />
          {may("safeguard.read") && (
            <Suspense fallback={null}>
              <OwnWaits />
            </Suspense>
          )}
          {view.stages.length > 0 && <Strip view={view} side={side} />}
          <NextDeadlines view={view} side={side} />
          <div className="home-queues">
            <Queues view={view} />
          </div>
        </div>
      )}
    </>
  );
}

function Needs({ view, side }: { view: HomeView; side: Side }): ReactNode {
  const parts: [id: string, count: number, icon: IconName, filter: string][] = [
    ["overdue", view.overdue, "alert", "queue=overdue"],
    ["due_week", view.due_week, "clock", "queue=due_week"],
    [
      "waiting_for_me",
      view.waiting_for_me,
      "inbox",
      view.waiting_states?.length
        ? `state=${view.waiting_states.join(",")}${side === "application" ? "&foreign=without" : ""}`
        : "queue=mine",
    ],
    ["returned", view.returned, "back", "queue=returned"],
  ];
  return (
    <ul className="needs">
      {parts.map(([id, count, icon, filter]) => (
        <li key={id}>
          <Link className={`need need-${id}${count === 0 ? " zero" : ""}`} href={list_href(side, filter)}>
            <Icon name={icon} size={20} />
            <strong>{show_number(count)}</strong>
            <span>
              {t(`web.home.${id}`, { count })}
              {id === "overdue" && <small className="need-what">{t("web.home.overdue_what")}</small>}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function NextDeadlines({ view, side }: { view: HomeView; side: Side }): ReactNode {
  if (view.next.length === 0)
    return (
      <Card title={t("web.home.next")}>
        <Empty icon="clock" title={t("web.home.nothing_due")} />
      </Card>
    );
  return (
    <Card
      title={t("web.home.next")}
      flush
      actions={<Link href={list_href(side, "sort=due")}>{t("web.home.all_by_date")}</Link>}
    >
      <DueList
        lines={view.next.map((row) => ({
          key: row.id,
          href: record_href(row.side ?? side, row.id),
          deadline: row.next_deadline,
          name: row.name,
          name_original: row.name_original,
          detail: [row.reference, row.next_deadline ? deadline_name(row.next_deadline.kind) : ""].filter(Boolean).join(" · "),
          end: <StateChip state={row.state} />,
        }))}
      />
    </Card>
  );
}

function Queues({ view }: { view: HomeView }): ReactNode {
  const busy = view.queues.filter((queue) => queue.count > 0);
  return (
    <Card title={t("web.nav.queues")} flush>
      {busy.length === 0 ? (
        <Empty icon="check" title={t("web.home.queues_empty")} />
      ) : (
        <ul className="queue-list">
          {busy.map((queue) => (
            <li key={queue.side + queue.id}>
              <Link href={queue_href(queue)}>
                <span className="grow">{queue_name(queue.id)}</span>
                <strong className="number">{show_number(queue.count)}</strong>
                <Icon name="right" size={14} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Strip({ view, side }: { view: HomeView; side: Side }): ReactNode {
  const stages = view.stages;
  const most = Math.max(1, ...stages.map((item) => item.count));
  return (
    <Card title={t("web.home.strip")}>
      <ol className="strip">
        {stages.map(({ stage, count }) => {
          return (
            <li key={stage} className={count === 0 ? "zero" : ""}>
              <Link href={list_href(side, `stage=${stage}`)}>
                <span className="strip-bar" aria-hidden="true">
                  <i style={{ "--part": `${Math.max(count > 0 ? 6 : 2, (count / most) * 100)}%` } as CSSProperties} />
                </span>
                <strong className="number">{show_number(count)}</strong>
                <span>{stage_name(stage)}</span>
              </Link>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
