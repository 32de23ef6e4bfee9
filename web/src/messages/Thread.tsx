/** Messages between the two States about one case; what is written here leaves, and the form says so. */
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { client, path_of, queries } from "../api/queries.ts";
import type { Side } from "../api/types.ts";
import { Button, Empty, ErrorNotice, Waiting } from "../design/basics.tsx";
import { TextArea } from "../design/fields.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay, useSession } from "../session/session.ts";
import "./messages.css";

export function Thread({ side, id }: { side: Side; id: string }): ReactNode {
  const session = useSession();
  const may = useMay();
  const list = useQuery(queries.messages(side, id));
  const [text, set_text] = useState("");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    set_busy(true);
    try {
      await post(`${path_of(side)}/${id}/messages`, { text });
      set_text("");
      set_error(null);
      await client.invalidateQueries({ queryKey: ["messages", side, id] });
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <div className="stack">
      {list.isPending ? (
        <Waiting lines={3} />
      ) : (list.data ?? []).length === 0 ? (
        <Empty icon="message" title={t("web.messages.none")} />
      ) : (
        <ul className="thread">
          {list.data?.map((item) => (
            <li key={item.id} className={item.party === session.party.code ? "ours" : ""}>
              <p className="small muted">
                <span className="strong">{item.by}</span> · {item.party} ·{" "}
                <time dateTime={item.at}>{show_instant(item.at)}</time>
              </p>
              <p>{item.text}</p>
            </li>
          ))}
        </ul>
      )}
      <ErrorNotice error={error ?? list.error} />
      {may("message.write") && (
        <form className="stack" onSubmit={(event) => void send(event)}>
          <TextArea
            label={t("web.messages.write")}
            hint={t("web.messages.leaves")}
            value={text}
            change={set_text}
            required
            maxLength={4000}
          />
          <div>
            <Button type="submit" kind="primary" icon="send" busy={busy} disabled={text.trim() === ""}>
              {t("web.messages.send")}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
