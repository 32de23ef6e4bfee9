/** Acts with a reason: sign an override, take a consent back, refuse contact, ask and review an exception, stop and lift. */
import { useState, type ReactNode } from "react";
import { post } from "../api/client.ts";
import { Notice } from "../design/basics.tsx";
import { RadioGroup, TextArea } from "../design/fields.tsx";
import { t, t_first } from "../language/label.ts";
import { DeskDialog } from "./DeskDialog.tsx";
import { override_hours } from "./norms.ts";
import { short_name } from "./order.ts";
import type { GuardedStep, Safeguard, SafeguardFile } from "./read.ts";

interface ActProps {
  file: SafeguardFile;
  close: () => void;
}
function Reason({ value, change, hint }: { value: string; change: (value: string) => void; hint?: string }): ReactNode {
  return (
    <TextArea
      label={t("safeguards.reason")}
      hint={hint ?? t("safeguards.reason_hint")}
      value={value}
      change={change}
      required
      maxLength={2000}
      rows={3}
    />
  );
}

export function OverrideDialog({ file, gate, close }: ActProps & { gate: Safeguard }): ReactNode {
  const [reason, set_reason] = useState("");
  const first = gate.signatures.find((one) => one.in_force);
  const follows = first
    ? ["second_opens", "ends", "monitor", "public"]
    : ["first_alone", "first_second", "ends", "monitor", "public"];
  return (
    <DeskDialog
      title={t(first ? "safeguards.override.second_title" : "safeguards.override.first_title", { gate: short_name(gate.gate) })}
      act={t(first ? "safeguards.override.sign_second" : "safeguards.override.sign_first")}
      file={file}
      follows={follows.map((line) => t(`safeguards.override.${line}`, { hours: override_hours }))}
      send={() =>
        post<SafeguardFile>(`/safeguards/${file.id}/gates/${gate.gate}/overrides`, { reason }, { revision: file.revision })
      }
      done={t(first ? "safeguards.override.done_second" : "safeguards.override.done_first", { gate: short_name(gate.gate) })}
      close={close}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
      danger
    >
      <p>{gate.label}</p>
      {first && (
        <Notice tone="hold">
          <p className="strong">{t("safeguards.override.first_by", { name: first.by?.name ?? "—" })}</p>
          <p>{first.reason}</p>
        </Notice>
      )}
      <Reason value={reason} change={set_reason} />
    </DeskDialog>
  );
}

export function WithdrawalDialog({ file, gate, close }: ActProps & { gate: Safeguard }): ReactNode {
  return (
    <DeskDialog
      title={t("safeguards.withdrawal.title")}
      act={t("safeguards.withdrawal.act")}
      file={file}
      follows={[
        t_first([`safeguards.withdrawal.follows_${gate.gate}`], t("safeguards.withdrawal.follows")),
        t("safeguards.withdrawal.kept"),
      ]}
      send={() =>
        post<SafeguardFile>(`/safeguards/${file.id}/gates/${gate.gate}/withdrawal`, undefined, { revision: file.revision })
      }
      done={t("safeguards.withdrawal.done")}
      close={close}
      danger
    >
      <p>{gate.label}</p>
    </DeskDialog>
  );
}

/** Acts of the file whose only word is a reason; the route comes with the step. */
export const reasoned_acts = ["refuse_contact", "suspend", "lift_suspension", "ask_family_exception", "postpone_transfer"];
export function StepDialog({ file, step, close }: ActProps & { step: GuardedStep }): ReactNode {
  const [reason, set_reason] = useState("");
  const path = step.route.replace(/^POST \/api/, "").replace("{id}", file.id);
  const lines = [1, 2, 3].map((line) => t_first([`safeguards.act.${step.action}.${line}`], "")).filter(Boolean);
  // Stopping and lifting answer the file of the case, the others the board.
  const send = async (): Promise<SafeguardFile | null> => {
    const answer = await post<SafeguardFile>(path, { reason }, { revision: file.revision });
    return Array.isArray(answer?.steps) ? answer : null;
  };
  return (
    <DeskDialog
      title={step.label}
      act={step.label}
      file={file}
      follows={lines}
      send={send}
      done={t("safeguards.act.done", { act: step.label })}
      close={close}
      ready={reason.trim() !== ""}
      keep={reason !== ""}
      danger={step.action !== "lift_suspension" && step.action !== "ask_family_exception"}
    >
      <Reason value={reason} change={set_reason} />
    </DeskDialog>
  );
}

export function ReviewDialog({ file, close }: ActProps): ReactNode {
  const [granted, set_granted] = useState("");
  const [reason, set_reason] = useState("");
  const asked = file.exception;
  return (
    <DeskDialog
      title={t("safeguards.exception.review_title")}
      act={t("safeguards.exception.review_act")}
      file={file}
      follows={[
        t(granted === "no" ? "safeguards.exception.follows_refused" : "safeguards.exception.follows_granted"),
        t("safeguards.exception.follows_person"),
      ]}
      send={() => post<SafeguardFile>(`/safeguards/${file.id}/family-exception/review`, { granted: granted === "yes", reason })}
      done={t("safeguards.exception.reviewed")}
      close={close}
      ready={granted !== "" && reason.trim() !== ""}
      keep={granted !== "" || reason !== ""}
    >
      {asked && (
        <Notice tone="near">
          <p className="strong">{t("safeguards.exception.asked_by", { name: asked.asked_by?.name ?? "—" })}</p>
          <p>{asked.reason}</p>
        </Notice>
      )}
      <RadioGroup
        legend={t("safeguards.exception.answer")}
        name="granted"
        value={granted}
        change={set_granted}
        options={[
          { value: "yes", label: t("safeguards.exception.grant"), hint: t("safeguards.exception.grant_hint") },
          { value: "no", label: t("safeguards.exception.refuse"), hint: t("safeguards.exception.refuse_hint") },
        ]}
      />
      <Reason value={reason} change={set_reason} />
    </DeskDialog>
  );
}
