/** Internal notes of the requested State on a file; they never leave it. */
import { useState, type FormEvent, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { CaseView } from "../api/types.ts";
import { Button, Card, Empty, ErrorNotice } from "../design/basics.tsx";
import { TextArea } from "../design/fields.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import "../messages/messages.css";

export function Notes({ view }: { view: CaseView }): ReactNode {
  const may = useMay();
  const [body, set_body] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    set_busy(true);
    try {
      await post(`/applications/${view.id}/notes`, { body });
      set_body("");
      set_error(null);
      await client.invalidateQueries({ queryKey: ["record", "application", view.id] });
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Card title={t("web.section.notes")}>
      <div className="stack">
        {view.notes.length === 0 ? (
          <Empty icon="message" title={t("web.notes.none")} />
        ) : (
          <ul className="thread">
            {view.notes.map((note) => (
              <li key={note.id}>
                <p className="small muted">
                  <span className="strong">{note.author.name}</span> ·{" "}
                  <time dateTime={note.written_at}>{show_instant(note.written_at)}</time>
                </p>
                <p>{note.body}</p>
              </li>
            ))}
          </ul>
        )}
        <ErrorNotice error={error} />
        {may("application.assess") && (
          <form className="stack" onSubmit={(event) => void send(event)}>
            <TextArea
              label={t("web.notes.write")}
              hint={t("web.notes.stays")}
              value={body}
              change={set_body}
              required
              maxLength={4000}
            />
            <div>
              <Button type="submit" kind="primary" busy={busy} disabled={body.trim() === ""}>
                {t("web.notes.add")}
              </Button>
            </div>
          </form>
        )}
      </div>
    </Card>
  );
}
