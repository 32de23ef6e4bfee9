/** The end of a task whose interview did not come about: inconclusive, with the reason. */
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import { Button, Card, ErrorNotice } from "../design/basics.tsx";
import { TextArea } from "../design/fields.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { navigate } from "../shell/router.tsx";

export function NoInterview({ task }: { task: string }): ReactNode {
  const [note, set_note] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (): Promise<void> => {
    set_busy(true);
    try {
      await post(`/tasks/${task}/result`, { outcome: "inconclusive", note: note.trim() });
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
    <Card title={t("interviews.no_interview")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className="muted">{t("interviews.no_interview_lead")}</p>
        <ErrorNotice error={error} />
        <TextArea label={t("interviews.no_interview_reason")} value={note} change={set_note} maxLength={2000} required />
        <div>
          <Button type="submit" busy={busy} disabled={note.trim().length < 3} data-action="no_interview">
            {t("interviews.no_interview_send")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
