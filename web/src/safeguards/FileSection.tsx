/** The safeguards of one file: what holds it back, the way to the departure, the family, every safeguard by stage, and the acts. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { GateDialog } from "../cases/GateDialog.tsx";
import { Button, Card, Chip, Empty, ErrorNotice, Notice, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { Menu } from "../design/Menu.tsx";
import { t, t_first } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { useAddress } from "../shell/router.tsx";
import { OverrideDialog, reasoned_acts, StepDialog, WithdrawalDialog } from "./ActDialogs.tsx";
import { Departure, has_departure } from "./Departure.tsx";
import { Family } from "./Family.tsx";
import { GateRow, type GateAct } from "./GateRow.tsx";
import { by_stage, count_states, holding_back, looks, mine, my_work, shown_state, state_words } from "./order.ts";
import { reads, type GuardedStep, type Safeguard, type SafeguardFile } from "./read.ts";
import { Register } from "./Register.tsx";
import "../cases/case.css";
import "./safeguards.css";

export function SafeguardFileSection({ id }: { id: string }): ReactNode {
  const read = useQuery(reads.file(id));
  if (!read.data)
    return read.error ? <ErrorNotice error={read.error} again={() => void read.refetch()} /> : <Waiting lines={8} />;
  return <SafeguardBoard file={read.data} />;
}

/** A safeguard that another part of the page leads to; a new object each time, so that it can be shown again. */
interface Target {
  gate: string;
}
export function SafeguardBoard({ file }: { file: SafeguardFile }): ReactNode {
  const { query } = useAddress();
  const wanted = query.get("gate") ?? "";
  const [target, set_target] = useState<Target>({ gate: wanted });
  return (
    <div className="stack loose safeguards">
      <Standing file={file} />
      {has_departure(file) && <Departure file={file} show={(gate) => set_target({ gate })} />}
      <Family file={file} />
      <Gates file={file} target={target} />
    </div>
  );
}

/** The sentence that everybody reads first, the numbers, and what else can be done. */
function Standing({ file }: { file: SafeguardFile }): ReactNode {
  const may = useMay();
  const [acting, set_acting] = useState<GuardedStep | null>(null);
  const held = holding_back(file).length;
  const ended = file.stage === "";
  const acts = file.steps.filter(
    (step) =>
      step.allowed &&
      reasoned_acts.includes(step.action) &&
      !["postpone_transfer", "ask_family_exception"].includes(step.action),
  );
  const stage = t_first([`gates.stage.${file.stage}`], "");
  const tone = ended ? "quiet" : held > 0 ? "late" : "calm";
  const title = ended
    ? t("safeguards.standing.ended")
    : held > 0
      ? t("safeguards.standing.held", { count: held })
      : t("safeguards.standing.free");
  return (
    <section className={`card standing tone-edge-${tone}`} aria-labelledby="standing-title">
      <div className="body stack">
        <div className="row apart top">
          <div className="standing-words">
            <Icon name={ended ? "info" : held > 0 ? "stop" : "check"} size={26} />
            <div>
              <h2 id="standing-title">{title}</h2>
              {!ended && <p className="muted">{t("safeguards.standing.stage", { stage })}</p>}
            </div>
          </div>
          {acts.length > 0 && (
            <Menu
              label={t("safeguards.acts")}
              className="button small"
              entries={acts.map((step) => ({
                id: step.action,
                label: step.label,
                icon: step.action === "lift_suspension" ? "check" : "stop",
                run: () => set_acting(step),
              }))}
            >
              {t("safeguards.acts")} <Icon name="down" size={12} />
            </Menu>
          )}
        </div>
        <ul className="standing-counts">
          {count_states(file).map(([state, count]) => (
            <li key={state}>
              <Chip tone={looks[state]?.[0] ?? "quiet"} icon={looks[state]?.[1] ?? "info"}>
                {state_words(state)} {count}
              </Chip>
            </li>
          ))}
        </ul>
        {!ended && file.gates.some((gate) => gate.desk === "status") && <Register file={file} may_ask={may("case.screen")} />}
        {file.state === "suspended" && (
          <Notice tone="hold">
            <p>{t("safeguards.standing.suspended")}</p>
          </Notice>
        )}
      </div>
      {acting && <StepDialog file={file} step={acting} close={() => set_acting(null)} />}
    </section>
  );
}

/** Nothing of the stage is asked yet, nothing happened to it, and none of it is mine: it is folded away. */
const untouched = ["not_decided", "not_yet", "waits"];
const rests = (file: SafeguardFile, gates: Safeguard[]): boolean =>
  gates.every(
    (gate) =>
      ["later", "waiting"].includes(shown_state(file, gate)) &&
      untouched.includes(gate.why_open ?? "") &&
      !gate.may_decide &&
      gate.signatures.length === 0,
  );

function Stage({
  title,
  folded,
  count,
  children,
}: {
  title: string;
  folded: boolean;
  count: number;
  children: ReactNode;
}): ReactNode {
  if (!folded)
    return (
      <section className="gate-stage" aria-label={title}>
        <h3>{title}</h3>
        {children}
      </section>
    );
  return (
    <details className="gate-stage">
      <summary>
        <h3>{title}</h3> <span className="small muted">{t("safeguards.asked_later", { count })}</span>
      </summary>
      {children}
    </details>
  );
}

type Part = "all" | "held" | "mine";
function part_of(file: SafeguardFile, part: Part): Safeguard[] {
  if (part === "held") return file.gates.filter((gate) => gate.why_open !== null && gate.asked === "now");
  return part === "mine" ? mine(file) : file.gates;
}

function Gates({ file, target }: { file: SafeguardFile; target: Target }): ReactNode {
  const [part, set_part] = useState<Part>(() => (!file.may_read_file && mine(file).length > 0 ? "mine" : "all"));
  const [act, set_act] = useState<{ act: GateAct; gate: string } | null>(null);
  const register = useQuery(reads.register());
  const gate = act ? file.gates.find((one) => one.gate === act.gate) : undefined;
  const close = (): void => set_act(null);
  // The safeguard that is led to is brought into sight, wherever it stands.
  useEffect(() => {
    if (!/^G\d\d$/.test(target.gate)) return;
    if (!document.getElementById(`gate-${target.gate}`)) set_part("all");
    const timer = setTimeout(() => {
      const row = document.getElementById(`gate-${target.gate}`);
      row?.scrollIntoView({ block: "center" });
      row?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [target]);
  const parts: [Part, number][] = [
    ["all", file.gates.length],
    ["held", part_of(file, "held").length],
    ["mine", mine(file).length],
  ];
  return (
    <Card title={t("web.section.gates")} flush>
      <div className="gate-parts-row" role="group" aria-label={t("safeguards.parts")}>
        {parts
          .filter(([name, count]) => name !== "mine" || count > 0)
          .map(([name, count]) => (
            <Button key={name} kind="small" aria-pressed={part === name} data-part={name} onClick={() => set_part(name)}>
              {t(`safeguards.part.${name}`)} <span className="number">{count}</span>
            </Button>
          ))}
      </div>
      {my_work(file).length > 0 && <p className="section-lead">{t("safeguards.my_work", { count: my_work(file).length })}</p>}
      {part_of(file, part).length === 0 && <Empty icon="check" title={t("safeguards.none_in_part")} />}
      {by_stage(part_of(file, part)).map((group) => (
        <Stage
          key={group.stage}
          title={group.stage}
          folded={part === "all" && rests(file, group.gates)}
          count={group.gates.length}
        >
          <ul className="gate-list">
            {group.gates.map((one) => (
              <GateRow key={one.gate} file={file} gate={one} act={(name) => set_act({ act: name, gate: one.gate })} />
            ))}
          </ul>
        </Stage>
      ))}
      {gate && act?.act === "decide" && <GateDialog file={file} gate={gate} register={register.data} close={close} />}
      {gate && act?.act === "override" && <OverrideDialog file={file} gate={gate} close={close} />}
      {gate && act?.act === "withdraw" && <WithdrawalDialog file={file} gate={gate} close={close} />}
    </Card>
  );
}
