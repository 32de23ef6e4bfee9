/** What is recorded of one safeguard: the outcome, the papers that show it, a note. Used by the dialog of a file and by the desk. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { CaseView, PaperFieldView } from "../api/types.ts";
import { DateField } from "../design/DateField.tsx";
import { RadioGroup, SelectField, TextArea, TextField } from "../design/fields.tsx";
import { t, t_first, words_of } from "../language/label.ts";
import { useToday } from "../session/session.ts";

export interface GateDraft {
  outcome: string;
  evidence: Record<string, string>;
  note: string;
}
/** What the desk has to know of a safeguard, from the case or from the board of the safeguards. */
export interface DeskGate {
  gate: string;
  help?: string | null;
  note?: string | null;
  evidence?: PaperFieldView[];
  may_be_satisfied?: boolean;
  may_be_not_applicable?: boolean;
}
export const gate_name = (gate: string): string =>
  t_first(
    [`gates.${gate}`, `gates.${gate}.name`, `gates.${gate.toLowerCase()}`, `safeguards.${gate}`, `web.gate.${gate}`],
    gate,
  );
export const gate_state_words = (state: string): string => t_first([`codes.gate_status.${state}`], words_of(state));
/** What the officer says; the hour of an answer of the register is written by the register, a withdrawal by its own act. */
export const parts_of_gate = (gate: DeskGate): PaperFieldView[] =>
  (gate.evidence ?? []).filter((part) => part.type !== "instant" && part.code !== "withdrawn_on");

/** Papers that the file itself names already, and days that are today unless the officer says otherwise. */
function known_value(code: string, view: CaseView, today: string): string {
  const decision = view.content["internal"]?.["return_decision_ref"];
  const named = (part: string): string => {
    const value = typeof decision === "object" && decision !== null && !Array.isArray(decision) ? decision[part] : "";
    return typeof value === "string" ? value : "";
  };
  if (code === "decision_number") return named("number");
  if (code === "decision_date") return named("decided_on");
  if (code === "service_date") return named("notified_on");
  return ["checked_on", "assessed_on", "screened_on"].includes(code) ? today : "";
}
export function gate_draft(gate: DeskGate, view: CaseView, today: string): GateDraft {
  const evidence = parts_of_gate(gate).map((part) => [part.code, part.value ?? known_value(part.code, view, today)]);
  return { outcome: "", evidence: Object.fromEntries(evidence) as Record<string, string>, note: gate.note ?? "" };
}
/** A decision that begins again: what an earlier paper said is there to be changed, the day of a check is today. */
export function fresh_draft(gate: DeskGate, today: string): GateDraft {
  const dated = ["checked_on", "assessed_on", "screened_on", "counselled_on", "reassessed_on", "invitation_date"];
  const evidence = parts_of_gate(gate).map((part): [string, string] => [
    part.code,
    ["checked_on", "status_token"].includes(part.code)
      ? part.code === "checked_on"
        ? today
        : ""
      : (part.value ?? (dated.includes(part.code) ? today : "")),
  ]);
  const outcome = gate.may_be_satisfied === false ? "not_applicable" : "";
  return { outcome, evidence: Object.fromEntries(evidence), note: "" };
}
/** What is still to be said before the decision can be recorded, by its label on the page. */
export function missing_of(gate: DeskGate, draft: GateDraft): string[] {
  if (draft.outcome === "") return [t("web.gate.outcome")];
  if (draft.outcome !== "closed") return draft.note.trim() === "" ? [t("web.gate.note")] : [];
  return parts_of_gate(gate)
    .filter((part) => part.required && (draft.evidence[part.code] ?? "").trim() === "")
    .map((part) => part.label);
}
/** Enough is said for the decision to be recorded. */
export const is_decided = (gate: DeskGate, draft: GateDraft): boolean => missing_of(gate, draft).length === 0;
export function body_of_gate(draft: GateDraft): Record<string, unknown> {
  const told = draft.outcome === "closed" ? Object.entries(draft.evidence).filter(([, value]) => value !== "") : [];
  return {
    status: draft.outcome,
    evidence: Object.fromEntries(told),
    ...(draft.note.trim() ? { reason: draft.note } : {}),
  };
}

export function GateFields({
  gate,
  draft,
  change,
  asked = false,
}: {
  gate: DeskGate;
  draft: GateDraft;
  change: (draft: GateDraft) => void;
  /** It was to be recorded and something was missing: each empty field says so. */
  asked?: boolean;
}): ReactNode {
  const today = useToday();
  const missing = asked ? missing_of(gate, draft) : [];
  const lacks = (label: string): string | undefined => (missing.includes(label) ? t("web.form.fill_in") : undefined);
  const [noting, set_noting] = useState(draft.note !== "");
  const reasoned = draft.outcome === "failed" || draft.outcome === "not_applicable";
  const set_part = (code: string, value: string): void => change({ ...draft, evidence: { ...draft.evidence, [code]: value } });
  return (
    <div className="stack gate-fields">
      <RadioGroup
        legend={t("web.gate.outcome")}
        name={`outcome-${gate.gate}`}
        value={draft.outcome}
        error={asked && draft.outcome === "" ? t("web.form.fill_in") : undefined}
        change={(outcome) => change({ ...draft, outcome })}
        options={[
          ...(gate.may_be_satisfied === false
            ? []
            : [{ value: "closed", label: t("web.gate.satisfied"), hint: t("web.gate.satisfied_hint") }]),
          ...(gate.may_be_not_applicable === false
            ? []
            : [
                {
                  value: "not_applicable",
                  label: gate_state_words("not_applicable"),
                  hint: t("web.gate.not_applicable_hint"),
                },
              ]),
          ...(gate.may_be_satisfied === false
            ? []
            : [{ value: "failed", label: t("web.gate.failed"), hint: t("web.gate.failed_hint") }]),
        ]}
      />
      {gate.help && <p className="muted small">{gate.help}</p>}
      {!reasoned && (
        <div className="gate-parts">
          {parts_of_gate(gate).map((part) => (
            <PaperInput
              key={part.code}
              part={part}
              value={draft.evidence[part.code] ?? ""}
              error={lacks(part.label)}
              change={(value) => set_part(part.code, value)}
              today={today}
            />
          ))}
        </div>
      )}
      {reasoned || noting ? (
        <TextArea
          label={t("web.gate.note")}
          hint={t("web.gate.note_hint")}
          error={lacks(t("web.gate.note"))}
          optional={!reasoned}
          required={reasoned}
          value={draft.note}
          change={(note) => change({ ...draft, note })}
          maxLength={2000}
          rows={2}
        />
      ) : (
        <p>
          <button type="button" className="link-button small" onClick={() => set_noting(true)}>
            {t("web.gate.add_note")}
          </button>
        </p>
      )}
    </div>
  );
}

/** One line of the paper: a day, one of its options, a number or words. */
export function PaperInput({
  part,
  value,
  error,
  change,
  today,
}: {
  part: PaperFieldView;
  value: string;
  error: string | undefined;
  change: (value: string) => void;
  today: string;
}): ReactNode {
  const shared = { label: part.label, optional: !part.required, value, change, ...(error ? { error } : {}) };
  if (part.type === "date") return <DateField {...shared} today={today} />;
  if (part.type === "user") return <GuardianField part={part} value={value} error={error} change={change} />;
  if (part.options.length > 0)
    return (
      <SelectField
        {...shared}
        empty={t("web.gate.not_said")}
        options={part.options.map((option) => ({ value: option.code, label: option.label }))}
      />
    );
  const whole = part.type === "whole";
  return (
    <TextField
      {...shared}
      inputMode={whole ? "numeric" : undefined}
      className={whole ? "short" : ""}
      maxLength={200}
      autoComplete="off"
    />
  );
}

/** The guardian's account, from the people of this State who work as guardians. */
function GuardianField({
  part,
  value,
  error,
  change,
}: {
  part: PaperFieldView;
  value: string;
  error: string | undefined;
  change: (value: string) => void;
}): ReactNode {
  const officers = useQuery(queries.officers());
  const guardians = (officers.data ?? []).filter((person) => person.roles.includes("guardian"));
  return (
    <SelectField
      label={part.label}
      hint={t("safeguards.guardian_hint")}
      error={error}
      optional={!part.required}
      value={value}
      change={change}
      empty={t("web.gate.not_said")}
      options={guardians.map((person) => ({ value: person.id, label: `${person.name}, ${person.organisation}` }))}
    />
  );
}
