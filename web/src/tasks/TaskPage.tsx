/** One verification task: only the fields this task needs, the search beside them, the slip to print, and the result. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { address, post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { FieldValue, TaskView } from "../api/types.ts";
import { Button, Card, Chip, ErrorNotice, Facts, Notice, PageFault, PageHead, Waiting } from "../design/basics.tsx";
import { RadioGroup, TextArea } from "../design/fields.tsx";
import { Icon } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { EvidencePurpose } from "../cases/Evidence.tsx";
import { DaysLeft } from "../cases/state.tsx";
import { outcome_name, task_kind_name } from "../cases/dialogs/bodies.tsx";
import { name_of_path, options_of } from "../forms/codes.ts";
import { plain_text } from "../forms/ValueText.tsx";
import { t, t_first } from "../language/label.ts";
import { split_full_name, type Question } from "../registry/names.ts";
import { useMay } from "../session/session.ts";
import { Link, navigate } from "../shell/router.tsx";
import "./tasks.css";

const Workbench = lazy(async () => ({ default: (await import("../registry/Workbench.tsx")).Workbench }));
const TaskPrintsCard = lazy(async () => ({ default: (await import("../registry/Prints.tsx")).TaskPrintsCard }));
const Decision = lazy(async () => ({ default: (await import("../registry/Decision.tsx")).Decision }));
const TaskInterviews = lazy(async () => ({ default: (await import("../interviews/TaskInterviews.tsx")).TaskInterviews }));
const NoInterview = lazy(async () => ({ default: (await import("../interviews/NoInterview.tsx")).NoInterview }));

function asked_of(task: TaskView): Question {
  const value = (code: string): string => {
    const found = task.content["A_person"]?.[code];
    return typeof found === "string" ? found : "";
  };
  const evidence = task.content["D_evidence"]?.["nationality_evidence"];
  // Only the number of an identity card is one that the registry knows.
  const cards = Array.isArray(evidence) ? (evidence as unknown as Record<string, unknown>[]) : [];
  const number = cards.find((item) => item["type"] === "identity_card")?.["number"];
  const [father_given, father_surname] = split_full_name(value("father_name"));
  const [mother_given, mother_surname] = split_full_name(value("mother_name"));
  return {
    given: value("given_names"),
    surname: value("surname"),
    birth: value("dob"),
    sex: value("sex"),
    place: value("pob"),
    father_given,
    father_surname,
    mother_given,
    mother_surname,
    document: typeof number === "string" ? number : "",
  };
}

/** The registry search of a task; with the applicant's prints where the file has them and the verifier may compare them. */
function SearchOfTask({ task }: { task: TaskView }): ReactNode {
  const may = useMay();
  const compares = may("print.compare");
  const prints = useQuery({ ...queries.task_prints(task.id), enabled: compares });
  if (compares && prints.isPending) return <Waiting />;
  return (
    <>
      {prints.data && <TaskPrintsCard prints={prints.data} />}
      <Workbench
        key={task.id}
        asked={asked_of(task)}
        prints={prints.data?.state === "kept" ? task.id : ""}
        {...(may("task.complete") ? { decision: (chosen) => <Decision task={task.id} chosen={chosen} /> } : {})}
      />
    </>
  );
}

export function TaskPage({ parameters }: { parameters: { id: string } }): ReactNode {
  const may = useMay();
  const task = useQuery(queries.task(parameters.id));
  const view = task.data;
  if (task.error && !view) return <PageFault error={task.error} />;
  if (!view) return <Waiting lines={8} />;
  const open = view.state !== "done";
  return (
    <>
      <PageHead
        title={task_kind_name(view.kind)}
        lead={
          <>
            <Link href="/tasks">{t("web.nav.tasks")}</Link> · {view.person}
          </>
        }
      >
        <a className="button" href={address(`/tasks/${view.id}/slip`)} target="_blank" rel="noreferrer">
          <Icon name="print" size={16} />
          {t("web.task.slip")}
        </a>
      </PageHead>
      <div className="task-columns">
        <div className="stack loose">
          <Card
            title={t("web.task.asked")}
            actions={
              open ? (
                <DaysLeft deadline={{ kind: "task", due_on: view.due_on, days_left: view.days_left }} />
              ) : (
                <Chip tone="calm" icon="check">
                  {t("web.task.finished")}
                </Chip>
              )
            }
          >
            {view.note && (
              <Notice tone="info">
                <p>{view.note}</p>
              </Notice>
            )}
            <Facts
              rows={view.fields.map((item): [string, ReactNode] => [
                item.label || name_of_path(item.field),
                plain_text(item.value as FieldValue),
              ])}
            />
            <TaskFiles task={view} />
            <p className="small muted" style={{ marginBlockStart: 10 }}>
              <Icon name="shield" size={14} /> {t("web.task.only_this")}
            </p>
          </Card>
          {view.evidence.map((item) => (
            <EvidencePurpose key={item.purpose} item={item} />
          ))}
          {!open && (
            <Card title={t("web.task.result")}>
              <Facts
                rows={[
                  [t("web.task.outcome"), outcome_name(view.outcome)],
                  [t("web.act.note"), view.note],
                ]}
              />
            </Card>
          )}
        </div>
        <div className="stack loose">
          {view.kind === "interview" && may("interview.read") ? (
            <Suspense fallback={<Waiting />}>
              <TaskInterviews task={view.id} person={view.person} due_on={view.due_on} open={open} />
            </Suspense>
          ) : open && view.kind === "interview" ? (
            <Suspense fallback={<Waiting />}>
              <NoInterview task={view.id} />
            </Suspense>
          ) : view.kind === "registry_search" && may("registry.search") ? (
            open && (
              <Suspense fallback={<Waiting />}>
                <SearchOfTask task={view} />
              </Suspense>
            )
          ) : (
            <>
              {open && view.may_search && may("registry.search") && (
                <Suspense fallback={<Waiting />}>
                  <Workbench key={view.id} asked={asked_of(view)} />
                </Suspense>
              )}
              {open && may("task.complete") && <Result task={view} />}
            </>
          )}
        </div>
      </div>
    </>
  );
}

/** The pictures and papers that belong to the task; the first is the portrait when there is one. */
function TaskFiles({ task }: { task: TaskView }): ReactNode {
  const files = task.files.filter((file) => file !== task.portrait_file);
  if (files.length === 0 && !task.portrait_file) return null;
  const source = (file: string): string => address(`/tasks/${task.id}/attachments/${file}`);
  return (
    <div className="task-files">
      {task.portrait_file && <img src={source(task.portrait_file)} alt={t("web.case.photo_of", { name: task.person })} />}
      {files.length > 0 && (
        <ul className="stack tight">
          {files.map((file, index) => (
            <TaskPaper key={file} source={source(file)} name={t("web.task.file_number", { number: index + 1 })} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** A paper beside the data: a picture is seen at once, anything else opens on its own. */
function TaskPaper({ source, name }: { source: string; name: string }): ReactNode {
  const [is_picture, set_is_picture] = useState(true);
  return (
    <li>
      <a href={source} target="_blank" rel="noreferrer">
        {is_picture && <img className="task-paper" src={source} alt="" onError={() => set_is_picture(false)} />}
        <Icon name="file" size={15} /> {name}
      </a>
    </li>
  );
}

function Result({ task }: { task: TaskView }): ReactNode {
  const [outcome, set_outcome] = useState("");
  const [note, set_note] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (): Promise<void> => {
    set_busy(true);
    try {
      await post(`/tasks/${task.id}/result`, {
        outcome,
        note,
      });
      await client.invalidateQueries();
      toast(t("web.task.sent"));
      navigate("/tasks");
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card title={t("web.task.result")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ErrorNotice error={error} />
        <RadioGroup
          legend={t("web.task.outcome")}
          name="outcome"
          value={outcome}
          change={set_outcome}
          options={options_of("task_result").map((option) => ({
            ...option,
            hint: t_first([`web.outcome_hint.${task.kind}.${option.value}`, `web.outcome_hint.${option.value}`], ""),
          }))}
        />
        <TextArea
          label={t("web.act.note")}
          hint={t("web.task.result_hint")}
          value={note}
          change={set_note}
          maxLength={2000}
          optional={outcome === "confirmed"}
          required={outcome !== "confirmed"}
        />
        <div className="row">
          <Button type="submit" kind="primary large" busy={busy} disabled={outcome === ""}>
            {t("web.task.send")}
          </Button>
          {outcome === "" && <span className="muted small">{t("web.form.not_ready")}</span>}
        </div>
      </form>
    </Card>
  );
}
