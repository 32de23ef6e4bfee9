/** Deciding one safeguard of one file at its desk. */
import { useState, type ReactNode } from "react";
import { put } from "../api/client.ts";
import { Notice } from "../design/basics.tsx";
import { t } from "../language/label.ts";
import { DeskDialog } from "../safeguards/DeskDialog.tsx";
import { short_name } from "../safeguards/order.ts";
import type { RegisterState, Safeguard, SafeguardFile } from "../safeguards/read.ts";
import { useToday } from "../session/session.ts";
import { body_of_gate, fresh_draft, GateFields, is_decided, missing_of, type DeskGate } from "./GateFields.tsx";

/** The safeguard as the fields of the desk know it. */
export const desk_gate = (gate: Safeguard): DeskGate => ({
  gate: gate.gate,
  help: gate.help,
  note: null,
  evidence: gate.paper,
  may_be_satisfied: gate.may_decide,
  may_be_not_applicable: gate.may_call_not_applicable,
});
export function GateDialog({
  file,
  gate,
  register,
  close,
}: {
  file: SafeguardFile;
  gate: Safeguard;
  register: RegisterState | undefined;
  close: () => void;
}): ReactNode {
  const today = useToday();
  const shown = desk_gate(gate);
  const [draft, set_draft] = useState(() => fresh_draft(shown, today));
  const send = async (): Promise<SafeguardFile> =>
    put<SafeguardFile>(`/safeguards/${file.id}/gates/${gate.gate}`, body_of_gate(draft), file.revision);
  return (
    <DeskDialog
      title={`${gate.gate} · ${short_name(gate.gate)}`}
      act={t("web.gate.save")}
      file={file}
      follows={draft.outcome === "failed" ? [t("safeguards.follows_failed"), t("safeguards.follows_kept")] : []}
      send={send}
      done={t("web.gate.saved", { gate: short_name(gate.gate) })}
      close={close}
      ready={is_decided(shown, draft)}
      missing={missing_of(shown, draft)}
      keep={draft.outcome !== ""}
      danger={draft.outcome === "failed"}
      wide={shown.evidence !== undefined && shown.evidence.length > 4}
    >
      <p>{gate.label}</p>
      {gate.why_open_label && gate.why_open !== "not_decided" && (
        <Notice tone="near">
          <p>{gate.why_open_label}</p>
        </Notice>
      )}
      {gate.desk === "status" && register && (
        <Notice tone="info">
          <p>{t(register.connected ? "safeguards.register.attest_unknown" : "safeguards.register.attest")}</p>
        </Notice>
      )}
      <GateFields gate={shown} draft={draft} change={set_draft} />
    </DeskDialog>
  );
}
