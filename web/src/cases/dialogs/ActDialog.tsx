/** The dialogs of the acts: each says what will happen and who will see it next; what was typed stays when the server refuses. */
import { useState, type ReactNode } from "react";
import { call, ApiError } from "../../api/client.ts";
import { client, path_of } from "../../api/queries.ts";
import type { CaseView, Side } from "../../api/types.ts";
import { Button, ErrorNotice, Notice } from "../../design/basics.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { toast } from "../../design/toast.tsx";
import { t, t_first } from "../../language/label.ts";
import { action_of, body_of } from "../actions.ts";
import { action_name } from "../NextStep.tsx";
import { bodies, type BodyProps } from "./bodies.tsx";

export function ActDialog({
  action,
  view,
  side,
  close,
}: {
  action: string;
  view: CaseView;
  side: Side;
  close: () => void;
}): ReactNode {
  const entry = action_of(action);
  const [body, set_body] = useState<Record<string, unknown>>({});
  const [ready, set_ready] = useState(entry?.dialog === "confirm" || entry?.dialog === "completeness");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  if (!entry?.dialog || !entry.path) return null;
  const send = async (): Promise<void> => {
    set_busy(true);
    try {
      const sent = body_of(entry.path ?? "", body);
      await call("POST", `${path_of(side)}/${view.id}/${entry.path ?? ""}`, {
        ...(sent === undefined ? {} : { body: sent }),
        revision: view.revision,
        key,
      });
      await Promise.all(
        [
          ["record", side, view.id],
          ["evidence", side, view.id],
          ["timeline", side, view.id],
          ["list"],
          ["home"],
          ["tasks"],
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
      toast(t_first([`web.act_done.${action}`], t("web.act_done")));
      close();
    } catch (fault) {
      set_error(fault);
      if (fault instanceof ApiError && fault.status === 409)
        void client.invalidateQueries({ queryKey: ["record", side, view.id] });
    } finally {
      set_busy(false);
    }
  };
  const Body = bodies[entry.dialog];
  const change: BodyProps["change"] = (next, is_ready) => {
    set_body(next);
    set_ready(is_ready);
  };
  const field_error = error instanceof ApiError && error.problem.field ? error.problem.field : null;
  return (
    <Dialog
      title={action_name(action)}
      open
      close={close}
      keep={Object.keys(body).length > 0}
      wide={entry.dialog === "request_documents" || entry.dialog === "reply" || entry.dialog === "consent"}
      foot={
        <>
          <Button kind={entry.danger ? "danger solid" : "primary"} busy={busy} disabled={!ready} onClick={() => void send()}>
            {t_first([`web.act_button.${action}`], action_name(action))}
          </Button>
          <Button onClick={close}>{t("web.action.cancel")}</Button>
          {!ready && <span className="muted small dialog-why">{t("web.form.not_ready")}</span>}
        </>
      }
    >
      <ErrorNotice error={error} />
      <Notice tone="info">
        <p>{t_first([`web.act_seen.${action}`], t("web.act_seen"))}</p>
      </Notice>
      <Body view={view} side={side} body={body} change={change} wrong={field_error} />
    </Dialog>
  );
}
