/** The cards of a verifier: what to check, for whom, until when; no more of the case than that. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import { Chip, Empty, ErrorNotice, PageHead, Waiting } from "../design/basics.tsx";
import { DaysLeft } from "../cases/state.tsx";
import { outcome_name, task_kind_name } from "../cases/dialogs/bodies.tsx";
import { t } from "../language/label.ts";
import { Condition } from "../registry/Condition.tsx";
import { useMay } from "../session/session.ts";
import { Link, useAddress } from "../shell/router.tsx";
import "../registry/registry.css";
import "./tasks.css";

export function TaskListPage(): ReactNode {
  const { query } = useAddress();
  const state = query.get("state") ?? "open";
  const tasks = useQuery(queries.tasks(state));
  const may = useMay();
  const waiting = useQuery({ ...queries.waiting_identifications(), enabled: may("task.complete") }).data ?? [];
  const waits = (task: string): boolean => waiting.some((one) => one.task === task && one.may_second);
  return (
    <>
      <PageHead title={t("web.nav.tasks")} lead={t("web.task.lead")} />
      <nav className="tabs" aria-label={t("web.column.state")}>
        {["open", "done"].map((name) => (
          <Link key={name} className="tab" href={`/tasks?state=${name}`} aria-current={name === state ? "page" : undefined}>
            {t(`web.task.tab.${name}`)}
          </Link>
        ))}
      </nav>
      {may("registry.search") && state === "open" && (
        <div style={{ marginBlockStart: 12 }}>
          <Condition />
        </div>
      )}
      <ErrorNotice error={tasks.error} />
      {tasks.isPending ? (
        <Waiting />
      ) : (tasks.data ?? []).length === 0 ? (
        <Empty icon="check" title={t(state === "open" ? "web.task.none_open" : "web.task.none_done")} />
      ) : (
        <ul className="task-cards">
          {tasks.data?.map((task) => (
            <li key={task.id}>
              <Link className="card task-card" data-row href={`/tasks/${task.id}`}>
                <span className="row apart">
                  <span className="strong">{task_kind_name(task.kind)}</span>
                  {task.outcome ? (
                    <Chip tone={task.outcome === "confirmed" ? "calm" : "near"} icon="check">
                      {outcome_name(task.outcome)}
                    </Chip>
                  ) : (
                    <DaysLeft deadline={{ kind: "task", due_on: task.due_on, days_left: task.days_left }} />
                  )}
                </span>
                <span className="task-person">{task.person}</span>
                <span className="small muted">{task.organisation}</span>
                {waits(task.id) && (
                  <span>
                    <Chip tone="hold" icon="people">
                      {t("web.identification.chip")}
                    </Chip>
                  </span>
                )}
                {task.note && <span className="small">{task.note}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
