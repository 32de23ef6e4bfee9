/** A dialog that sends something: one named button, what went wrong inside it, what was typed kept until it has worked. */
import { useState, type ReactNode } from "react";
import { Button, ErrorNotice } from "./basics.tsx";
import { Dialog } from "./Dialog.tsx";
import { t } from "../language/label.ts";

export interface FormDialogProps {
  title: string;
  /** What the button does, in words. */
  act: string;
  /** Sends it; answers false when the dialog has something more to show and stays. */
  send: () => Promise<boolean | void>;
  close: () => void;
  children: ReactNode;
  ready?: boolean;
  /** Said beside the button while it is not ready, when it is not that something is missing. */
  why_not?: string;
  danger?: boolean;
  wide?: boolean;
  /** Something was typed: a click outside does not throw it away. */
  keep?: boolean;
  /** Nothing more to send: only the way out is left. */
  ended?: boolean;
  more?: ReactNode;
}
export function FormDialog({
  title,
  act,
  send,
  close,
  children,
  ready = true,
  why_not,
  danger = false,
  wide = false,
  keep = false,
  ended = false,
  more,
}: FormDialogProps): ReactNode {
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const go = async (): Promise<void> => {
    set_busy(true);
    set_error(null);
    try {
      if ((await send()) !== false) close();
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  const foot = ended ? (
    <Button kind="primary" onClick={close}>
      {t("web.action.close")}
    </Button>
  ) : (
    <>
      <Button kind={danger ? "danger solid" : "primary"} busy={busy} disabled={!ready} onClick={() => void go()}>
        {act}
      </Button>
      <Button onClick={close}>{t("web.action.cancel")}</Button>
      {more}
      {!ready && <span className="muted small dialog-why">{why_not ?? t("web.form.not_ready")}</span>}
    </>
  );
  return (
    <Dialog title={title} open close={close} wide={wide} keep={keep || busy} foot={foot}>
      <ErrorNotice error={error} />
      {children}
    </Dialog>
  );
}
