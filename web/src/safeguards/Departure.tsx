/** From the travel document to the departure: four steps, what each still waits for, who may do it, and when. */
import { useState, type ReactNode } from "react";
import { Button, Card, Chip, type Tone } from "../design/basics.tsx";
import type { IconName } from "../design/Icon.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { StepDialog } from "./ActDialogs.tsx";
import { CheckDialog, DepartDialog, PlanDialog } from "./DepartureDialogs.tsx";
import { holding_back, phase_of, short_name } from "./order.ts";
import { instant_now, type GuardedStep, type SafeguardFile } from "./read.ts";

const travelling = ["document_issued", "transfer_planned", "ready_to_depart", "departed"];
export const has_departure = (file: SafeguardFile): boolean => travelling.includes(file.state);

type Look = "done" | "now" | "later";
const signs: Record<Look, [Tone, IconName]> = { done: ["calm", "check"], now: ["info", "right"], later: ["quiet", "clock"] };

/** The step of the file's state: the second is the plan, the third the check, the fourth the departure. */
const place_of = (state: string): number => travelling.indexOf(state) + 1;
const actions = ["", "plan_transfer", "check_departure", "depart"];

export function Departure({ file, show }: { file: SafeguardFile; show: (gate: string) => void }): ReactNode {
  const [open, set_open] = useState<GuardedStep | null>(null);
  const place = place_of(file.state);
  const postpone = file.steps.find((step) => step.action === "postpone_transfer" && step.allowed);
  const close = (): void => set_open(null);
  return (
    <Card
      title={t("safeguards.departure.title")}
      id="departure"
      actions={
        postpone && (
          <Button kind="small" icon="back" data-step="postpone_transfer" onClick={() => set_open(postpone)}>
            {postpone.label}
          </Button>
        )
      }
    >
      <ol className="departure">
        {[0, 1, 2, 3].map((index) => {
          const look: Look = index < place ? "done" : index === place ? "now" : "later";
          return <Step key={index} file={file} index={index} look={look} act={set_open} show={show} />;
        })}
      </ol>
      {open?.action === "plan_transfer" && <PlanDialog file={file} close={close} />}
      {open?.action === "check_departure" && <CheckDialog file={file} close={close} />}
      {open?.action === "depart" && <DepartDialog file={file} close={close} />}
      {open?.action === "postpone_transfer" && <StepDialog file={file} step={open} close={close} />}
    </Card>
  );
}

/** The hour that belongs to a step, once something is planned. */
function hour_words(file: SafeguardFile, index: number): string {
  const plan = file.plan;
  if (!plan || index === 0) return "";
  if (index === 1) {
    const at = show_instant(plan.departs_at);
    const planned = t(plan.charter ? "safeguards.departure.planned_charter" : "safeguards.departure.planned", { at });
    return plan.place ? t("safeguards.departure.from_place", { planned, place: plan.place }) : planned;
  }
  if (index === 2) return t("safeguards.departure.check_from", { from: show_instant(plan.check_from) });
  const hours = { from: show_instant(plan.depart_from), until: show_instant(plan.depart_until) };
  return t(file.state === "departed" ? "safeguards.departure.departed_hours" : "safeguards.departure.hours", hours);
}
/** The hour has not come, or has passed. */
function waiting_words(file: SafeguardFile, index: number): string {
  const phase = phase_of(file.plan, instant_now());
  if (index === 2 && phase === "early") return t("safeguards.departure.too_early_check", { hours: file.hours.check });
  if (index === 3 && (phase === "early" || phase === "check")) return t("safeguards.departure.too_early_depart");
  return index >= 2 && phase === "over" ? t("safeguards.departure.hour_passed") : "";
}

function Step({
  file,
  index,
  look,
  act,
  show,
}: {
  file: SafeguardFile;
  index: number;
  look: Look;
  act: (step: GuardedStep) => void;
  show: (gate: string) => void;
}): ReactNode {
  const [tone, icon] = signs[look];
  const step = look === "now" ? file.steps.find((one) => one.action === actions[index]) : undefined;
  const open = look === "now" ? holding_back(file) : [];
  const hours = hour_words(file, index);
  const waits = look === "now" ? waiting_words(file, index) : "";
  return (
    <li className={`departure-step is-${look}`} aria-current={look === "now" ? "step" : undefined}>
      <span className={`departure-number tone-${tone}`} aria-hidden="true">
        {index + 1}
      </span>
      <div className="stack tight grow">
        <div className="row">
          <h3>{t(`safeguards.departure.step.${index}`)}</h3>
          <Chip tone={tone} icon={icon}>
            {t(`safeguards.departure.look.${look}`)}
          </Chip>
        </div>
        {hours && <p>{hours}</p>}
        {look !== "done" && <p className="small muted">{t(`safeguards.departure.who.${index}`)}</p>}
        {open.length > 0 && (
          <div className="departure-open">
            <p className="strong text-late">{t("safeguards.departure.open", { count: open.length })}</p>
            <ul>
              {open.map((gate) => (
                <li key={gate.gate}>
                  <button type="button" className="link-button" onClick={() => show(gate.gate)}>
                    <span className="mono">{gate.gate}</span> {short_name(gate.gate)}
                  </button>
                  <span className="muted"> — {gate.closed_by.join(", ")}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {look === "now" && open.length === 0 && index > 0 && (
          <p className="text-calm">{t("safeguards.departure.nothing_open")}</p>
        )}
        {waits && <p className="text-near">{waits}</p>}
        {step && (
          <p>
            <Button
              kind={step.allowed ? "primary" : ""}
              disabled={!step.allowed}
              data-step={step.action}
              onClick={() => act(step)}
            >
              {step.label}
            </Button>{" "}
            {!step.allowed && step.refused_why && <span className="small muted">{step.refused_why}</span>}
          </p>
        )}
      </div>
    </li>
  );
}
