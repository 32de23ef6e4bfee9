/** The safeguards of a file: each gate with who decided, on which paper, and the act of deciding for those who may. */
import { useState, type ReactNode } from "react";
import { put } from "../api/client.ts";
import { client } from "../api/queries.ts";
import type { CaseView, GateView } from "../api/types.ts";
import { Button, Card, Chip, ErrorNotice, type Tone } from "../design/basics.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { RadioGroup, TextArea, TextField } from "../design/fields.tsx";
import type { IconName } from "../design/Icon.tsx";
import { toast } from "../design/toast.tsx";
import { show_instant } from "../language/dates.ts";
import { t, t_first, words_of } from "../language/label.ts";
import { useMay } from "../session/session.ts";

const looks: Record<string, [Tone, IconName]> = {
  open: ["near", "clock"],
  closed: ["calm", "check"],
  passed: ["calm", "check"],
  not_applicable: ["quiet", "check"],
  failed: ["late", "stop"],
  blocked: ["late", "stop"],
};
export const gate_name = (gate: string): string =>
  t_first(
    [`gates.${gate}`, `gates.${gate}.name`, `gates.${gate.toLowerCase()}`, `safeguards.${gate}`, `web.gate.${gate}`],
    gate,
  );
const state_words = (state: string): string => t_first([`codes.gate_status.${state}`], words_of(state));

export function Gates({ view }: { view: CaseView }): ReactNode {
  const may = useMay();
  const [deciding, set_deciding] = useState<GateView | null>(null);
  return (
    <Card title={t("web.section.gates")} flush>
      <p className="section-lead">{t("web.gate.lead")}</p>
      <ul className="gates">
        {view.gates.map((gate) => {
          const [tone, icon] = looks[gate.state] ?? ["quiet", "info"];
          return (
            <li key={gate.gate}>
              <span className="gate-code mono">{gate.gate}</span>
              <span className="grow stack tight">
                <span className="strong">{gate.label ?? gate_name(gate.gate)}</span>
                {gate.by && (
                  <span className="small muted">
                    {t("web.gate.decided", { by: gate.by, at: show_instant(gate.at) })}
                    {gate.paper && ` · ${t("web.gate.paper")}: ${gate.paper}`}
                  </span>
                )}
                {gate.note && <span className="small">{gate.note}</span>}
              </span>
              <span className="row">
                {gate.blocks && gate.state === "open" && (
                  <Chip tone="late" icon="stop">
                    {t("web.gate.blocks")}
                  </Chip>
                )}
                <Chip tone={tone} icon={icon}>
                  {state_words(gate.state)}
                </Chip>
                {(gate.may_decide ?? may("case.screen")) && (
                  <Button kind="small" onClick={() => set_deciding(gate)}>
                    {t("web.gate.decide")}
                    <span className="visually-hidden"> {gate.gate}</span>
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {deciding && <GateDialog view={view} gate={deciding} close={() => set_deciding(null)} />}
    </Card>
  );
}

function GateDialog({ view, gate, close }: { view: CaseView; gate: GateView; close: () => void }): ReactNode {
  const [outcome, set_outcome] = useState("");
  const parts = gate.evidence ?? [
    { code: "paper", label: t("web.gate.paper"), type: "text", required: false, value: gate.paper },
  ];
  const [evidence, set_evidence] = useState<Record<string, string>>(() =>
    Object.fromEntries(parts.map((part) => [part.code, part.value ?? ""])),
  );
  const [note, set_note] = useState(gate.note ?? "");
  const [error, set_error] = useState<unknown>(null);
  const [busy, set_busy] = useState(false);
  const send = async (): Promise<void> => {
    set_busy(true);
    try {
      await put(
        `/cases/${view.id}/gates/${gate.gate}`,
        {
          status: outcome,
          evidence: Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== "")),
          ...(note ? { reason: note } : {}),
        },
        view.revision,
      );
      await client.invalidateQueries({ queryKey: ["record", "case", view.id] });
      toast(t("web.gate.saved", { gate: gate.gate }));
      close();
    } catch (fault) {
      set_error(fault);
    } finally {
      set_busy(false);
    }
  };
  return (
    <Dialog
      title={`${gate.gate} ${gate.label ?? gate_name(gate.gate)}`}
      open
      close={close}
      keep={note !== ""}
      foot={
        <>
          <Button
            kind="primary"
            busy={busy}
            disabled={outcome === "" || (outcome === "not_applicable" && note === "")}
            onClick={() => void send()}
          >
            {t("web.gate.save")}
          </Button>
          <Button onClick={close}>{t("web.action.cancel")}</Button>
        </>
      }
    >
      <ErrorNotice error={error} />
      <RadioGroup
        legend={t("web.gate.outcome")}
        name="outcome"
        value={outcome}
        change={set_outcome}
        options={[
          { value: "closed", label: t("web.gate.satisfied"), hint: t("web.gate.satisfied_hint") },
          ...(gate.may_be_not_applicable === false
            ? []
            : [{ value: "not_applicable", label: state_words("not_applicable"), hint: t("web.gate.not_applicable_hint") }]),
          { value: "failed", label: t("web.gate.failed"), hint: t("web.gate.failed_hint") },
        ]}
      />
      {gate.help && <p className="muted">{gate.help}</p>}
      {parts.map((part) => (
        <TextField
          key={part.code}
          label={part.label}
          optional={!part.required}
          type={part.type === "date" ? "date" : "text"}
          inputMode={part.type === "whole" ? "numeric" : undefined}
          value={evidence[part.code] ?? ""}
          change={(value) => set_evidence({ ...evidence, [part.code]: value })}
          maxLength={200}
        />
      ))}
      <TextArea label={t("web.gate.note")} hint={t("web.gate.note_hint")} value={note} change={set_note} maxLength={2000} />
    </Dialog>
  );
}
