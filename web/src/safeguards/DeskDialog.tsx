/** A dialog that does something to the safeguards of a file: what will follow stands above the form, a refusal says which and why. */
import { useState, type ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import { Button, Notice } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { renew, type SafeguardFile } from "./read.ts";
import { Refusal } from "./Refusal.tsx";

export interface DeskDialogProps {
  title: string;
  /** What the button does, in words. */
  act: string;
  file: SafeguardFile;
  /** What will follow, one sentence each. */
  follows: string[];
  send: () => Promise<SafeguardFile | null | undefined>;
  done: string;
  close: () => void;
  children?: ReactNode;
  ready?: boolean;
  /** What is still to be said, by its labels. */
  missing?: string[];
  danger?: boolean;
  keep?: boolean;
  wide?: boolean;
}
export function DeskDialog(props: DeskDialogProps): ReactNode {
  const {
    title,
    act,
    file,
    follows,
    send,
    done,
    close,
    children,
    ready = true,
    missing = [],
    danger = false,
    keep = false,
    wide = false,
  } = props;
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const go = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      const answer = await send();
      toast(done);
      close();
      await renew(file.id, answer);
    } catch (fault) {
      set_error(fault);
      if (fault instanceof ApiError && fault.status === 409) void renew(file.id);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Dialog
      title={title}
      open
      close={close}
      wide={wide}
      keep={keep || busy}
      foot={
        <>
          <Button
            kind={danger ? "danger solid" : "primary"}
            busy={busy}
            disabled={!ready}
            data-desk-act
            onClick={() => void go()}
          >
            {act}
          </Button>
          <Button onClick={close}>{t("web.action.cancel")}</Button>
          {!ready && (
            <span className="muted small dialog-why">
              {missing.length > 0 ? t("web.form.still", { what: missing.join(", ") }) : t("web.form.not_ready")}
            </span>
          )}
        </>
      }
    >
      <div className="stack">
        <Refusal error={error} file={file} />
        <p className="desk-subject">
          <strong>{file.name}</strong> <span className="mono muted">{file.reference}</span>
        </p>
        {follows.length > 0 && (
          <Notice tone={danger ? "soon" : "info"}>
            <p className="strong">{t("safeguards.follows")}</p>
            <ul className="follows">
              {follows.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Notice>
        )}
        {children}
      </div>
    </Dialog>
  );
}
