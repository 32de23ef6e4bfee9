/** The verification tasks of an application: parallel, each with its office, date and result. */
import type { ReactNode } from "react";
import type { CaseView } from "../api/types.ts";
import { Card, Chip, Empty } from "../design/basics.tsx";
import { t, t_words } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { outcome_name, task_kind_name } from "./dialogs/bodies.tsx";
import { DaysLeft } from "./state.tsx";

export function CaseTasks({ view }: { view: CaseView }): ReactNode {
  const tasks = view.tasks ?? [];
  return (
    <Card title={t("web.section.tasks")} flush>
      {tasks.length === 0 ? (
        <Empty icon="task" title={t("web.task.none")}>
          <p>{t("web.task.none_text")}</p>
        </Empty>
      ) : (
        <ul className="task-rows">
          {tasks.map((task) => (
            <li key={task.id}>
              <span className="grow stack tight">
                <Link className="strong" href={`/tasks/${task.id}`}>
                  {task_kind_name(task.kind)}
                </Link>
                <span className="small muted">{[task.organisation, task.user].filter(Boolean).join(" · ")}</span>
                {task.note && <span className="small">{t_words(task.note)}</span>}
              </span>
              {task.outcome ? (
                <Chip
                  tone={task.outcome === "confirmed" ? "calm" : task.outcome === "not_found" ? "near" : "info"}
                  icon="check"
                >
                  {outcome_name(task.outcome)}
                </Chip>
              ) : (
                <DaysLeft deadline={{ kind: "task", due_on: task.due_on, days_left: task.days_left }} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
