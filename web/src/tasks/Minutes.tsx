/** The minutes of an interview as their form describes them, kept locally while typed, sent as the result of the task. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, queries } from "../api/queries.ts";
import type { Content, FieldValue, TaskView } from "../api/types.ts";
import { Button, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { toast } from "../design/toast.tsx";
import { name_of_path } from "../forms/codes.ts";
import { conditions_of, missing_fields } from "../forms/definition.ts";
import { drop_draft, keep_draft, kept_draft } from "../forms/drafts.ts";
import { ShownSections } from "../forms/ShownSections.tsx";
import { t } from "../language/label.ts";
import { useSession } from "../session/session.ts";
import { navigate } from "../shell/router.tsx";
import "../forms/forms.css";

export function Minutes({ task }: { task: TaskView }): ReactNode {
  const user = useSession().user.id;
  const form = useQuery(queries.form("interview_minutes")).data;
  const [content, set_content] = useState<Content>(() => kept_draft(user, `task.${task.id}`)?.content ?? {});
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  if (!form) return <Waiting />;
  const holds = conditions_of(content, "");
  const set = (section: string, field: string, value: FieldValue): void => {
    const next = { ...content, [section]: { ...content[section], [field]: value } };
    set_content(next);
    keep_draft(user, `task.${task.id}`, { content: next, revision: 0, kept_at: new Date().toISOString() });
  };
  const missing = form.section.flatMap((section) =>
    missing_fields(section, content, holds).map((field) => name_of_path(`${section.code}.${field.code}`)),
  );
  const send = async (): Promise<void> => {
    set_busy(true);
    try {
      const result = content["minutes"]?.["result"];
      await post(`/tasks/${task.id}/result`, {
        outcome: typeof result === "string" ? result : "inconclusive",
        note: "",
        minutes: content,
      });
      drop_draft(user, `task.${task.id}`);
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
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Notice tone="info">
        <p>{t("web.minutes.lead")}</p>
      </Notice>
      <ErrorNotice error={error} />
      <ShownSections form={form} content={content} holds={holds} attachments={task.attachments} error={error} change={set} />
      {missing.length > 0 && <p className="muted small">{t("web.minutes.missing", { fields: missing.join(", ") })}</p>}
      <div>
        <Button type="submit" kind="primary large" busy={busy} disabled={missing.length > 0}>
          {t("web.minutes.send")}
        </Button>
      </div>
    </form>
  );
}
