/** Deciding one safeguard of one file. */
import { useState, type ReactNode } from "react";
import { put } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { CaseView, GateView } from "../api/types.ts";
import { FormDialog } from "../design/FormDialog.tsx";
import { toast } from "../design/toast.tsx";
import { t } from "../language/label.ts";
import { useToday } from "../session/session.ts";
import { body_of_gate, gate_draft, GateFields, gate_name, is_decided } from "./GateFields.tsx";

export function GateDialog({ view, gate, close }: { view: CaseView; gate: GateView; close: () => void }): ReactNode {
  const today = useToday();
  const [draft, set_draft] = useState(() => gate_draft(gate, view, today));
  const send = async (): Promise<void> => {
    await put(`/cases/${view.id}/gates/${gate.gate}`, body_of_gate(draft), view.revision);
    await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
    toast(t("web.gate.saved", { gate: gate.gate }));
  };
  return (
    <FormDialog
      title={gate.label ?? gate_name(gate.gate)}
      act={t("web.gate.save")}
      send={send}
      close={close}
      ready={is_decided(gate, draft)}
      keep={draft.outcome !== ""}
    >
      <GateFields gate={gate} draft={draft} change={set_draft} />
    </FormDialog>
  );
}
