/** An act about an interview that needs a reason, which stays in the own State. */
import { useState, type ReactNode } from "react";
import { FormDialog } from "../design/FormDialog.tsx";
import { TextArea } from "../design/fields.tsx";
import { t } from "../language/label.ts";

interface Props {
  title: string;
  lead: string;
  /** The words of the button. */
  act: string;
  danger?: boolean;
  send: (reason: string) => Promise<void>;
  close: () => void;
}
export function ReasonDialog({ title, lead, act, danger = false, send, close }: Props): ReactNode {
  const [reason, set_reason] = useState("");
  return (
    <FormDialog
      title={title}
      act={act}
      send={() => send(reason)}
      close={close}
      danger={danger}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
    >
      <p>{lead}</p>
      <TextArea
        label={t("interviews.reason")}
        hint={t("interviews.reason_stays")}
        value={reason}
        change={set_reason}
        maxLength={1000}
      />
    </FormDialog>
  );
}
