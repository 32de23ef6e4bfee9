/** One safeguard of a file: its state in a word and a sign, why it is open, what is missing, who decides, and everything behind it. */
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, Chip, ErrorNotice, Facts, Waiting } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import type { PaperFieldView } from "../api/types.ts";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { hours_left, read_basis, type Confidence } from "./norms.ts";
import { looks, short_name, shown_state, state_words } from "./order.ts";
import { instant_now, reads, type Safeguard, type SafeguardFile } from "./read.ts";

export type GateAct = "decide" | "override" | "withdraw";
export function GateRow({
  file,
  gate,
  act,
}: {
  file: SafeguardFile;
  gate: Safeguard;
  act: (act: GateAct, gate: Safeguard) => void;
}): ReactNode {
  const [shown, set_shown] = useState(false);
  const ended = file.stage === "";
  const state = shown_state(file, gate);
  const [tone, icon] = looks[state] ?? ["quiet", "info"];
  const look = gate.blocks ? "holds" : state;
  const worded = state === "open" || state === "failed" || state === "overridden" || gate.may_decide;
  return (
    <li className={`gate gate-${look}`} id={`gate-${gate.gate}`} tabIndex={-1} data-gate={gate.gate} data-state={state}>
      <span className="gate-code mono">{gate.gate}</span>
      <div className="stack tight gate-main">
        <h4>{short_name(gate.gate)}</h4>
        {worded && <p className="small gate-words">{gate.label}</p>}
        {!ended && <Why gate={gate} />}
        {state !== "overridden" && <Decided gate={gate} />}
        {gate.signatures.length > 0 && <Signatures gate={gate} />}
        <details className="gate-more" onToggle={(event) => set_shown(event.currentTarget.open)}>
          <summary>
            {t("safeguards.gate.more")}
            <span className="visually-hidden"> {gate.gate}</span>
          </summary>
          {shown && <Behind file={file} gate={gate} worded={worded} />}
        </details>
      </div>
      <div className="gate-side">
        <span className="row gate-chips">
          <Chip tone={gate.blocks ? "late" : tone} icon={gate.blocks ? "stop" : icon}>
            {gate.blocks && state === "open" ? t("safeguards.state.holds") : state_words(state)}
          </Chip>
          {gate.kind !== "block" && <Chip>{t(`safeguards.kind.${gate.kind}`)}</Chip>}
        </span>
        <Acts gate={gate} act={act} />
      </div>
    </li>
  );
}

function Why({ gate }: { gate: Safeguard }): ReactNode {
  if (!gate.why_open_label) return null;
  return (
    <p className={gate.blocks ? "text-late" : gate.asked === "now" ? "text-near" : "muted small"}>
      {gate.why_open_label}
      {gate.missing.length > 0 && (
        <span className="gate-missing">
          {" — "}
          {t("safeguards.gate.missing")} {gate.missing.join(", ")}
        </span>
      )}
    </p>
  );
}

/** Who decided and until when it holds; who decides where nobody has. */
function Decided({ gate }: { gate: Safeguard }): ReactNode {
  const deciders = gate.closed_by.join(", ");
  return (
    <p className="small muted">
      {gate.at
        ? t("safeguards.gate.decided", { by: gate.by?.name ?? t("safeguards.gate.register"), at: show_instant(gate.at) })
        : gate.why_open
          ? t("safeguards.gate.deciders", { who: deciders })
          : t("safeguards.gate.by_fact")}
      {gate.at && gate.why_open && ` · ${t("safeguards.gate.deciders", { who: deciders })}`}
      {gate.ends_at && ` · ${t("safeguards.gate.until", { at: show_instant(gate.ends_at) })}`}
      {gate.reason && <span className="gate-reason"> “{gate.reason}”</span>}
    </p>
  );
}

function Signatures({ gate }: { gate: Safeguard }): ReactNode {
  const now = instant_now();
  return (
    <ul className="signatures">
      {gate.signatures.map((one) => (
        <li key={one.at}>
          <Icon name={one.in_force ? "check" : "clock"} size={14} />
          <span>
            <span className="strong">{one.by?.name ?? "—"}</span> <span className="muted">{show_instant(one.at)}</span>
            {" · "}
            <span className={one.in_force ? "text-near" : "muted"}>
              {one.in_force ? t("safeguards.override.left", { hours: hours_left(one.at, now) }) : t("safeguards.override.over")}
            </span>
            <br />
            {one.reason}
          </span>
        </li>
      ))}
      {gate.state !== "overridden" && gate.signatures.some((one) => one.in_force) && (
        <li className="muted">{t("safeguards.override.one_missing")}</li>
      )}
    </ul>
  );
}

function Acts({ gate, act }: { gate: Safeguard; act: (act: GateAct, gate: Safeguard) => void }): ReactNode {
  const decides = gate.may_decide || gate.may_call_not_applicable;
  const told = <span className="visually-hidden"> {gate.gate}</span>;
  if (!decides && !gate.may_override && !gate.may_withdraw) return null;
  return (
    <span className="gate-acts">
      {decides && (
        <Button kind={gate.blocks ? "primary small" : "small"} data-act="decide" onClick={() => act("decide", gate)}>
          {t(gate.at ? "safeguards.gate.decide_again" : "web.gate.decide")}
          {told}
        </Button>
      )}
      {gate.may_override && (
        <Button kind="small" icon="people" data-act="override" onClick={() => act("override", gate)}>
          {t("safeguards.override.act")}
          {told}
        </Button>
      )}
      {gate.may_withdraw && (
        <Button kind="small danger" data-act="withdraw" onClick={() => act("withdraw", gate)}>
          {t("safeguards.withdrawal.short")}
          {told}
        </Button>
      )}
    </span>
  );
}

/** A value of a paper in words: an option by its label, a day as a day. */
export function paper_value(part: PaperFieldView): ReactNode {
  if (part.value === null || part.value === "") return null;
  const option = part.options.find((one) => one.code === part.value);
  if (option) return option.label;
  if (part.type === "date") return show_day(part.value);
  return part.type === "instant" ? show_instant(part.value) : part.value;
}
const said = (paper: PaperFieldView[]): PaperFieldView[] => paper.filter((part) => part.value && part.type !== "user");

function Behind({ file, gate, worded }: { file: SafeguardFile; gate: Safeguard; worded: boolean }): ReactNode {
  const history = useQuery(reads.history(file.id, gate.gate));
  return (
    <div className="gate-behind">
      {!worded && <p>{gate.label}</p>}
      {gate.help && <p className="small">{gate.help}</p>}
      <section>
        <h5>{t("safeguards.gate.asked_at")}</h5>
        <p>{gate.stages.join(" · ")}</p>
        {gate.technical && <p className="small muted">{t("safeguards.gate.technical")}</p>}
      </section>
      <section>
        <h5>{t("safeguards.gate.paper")}</h5>
        {said(gate.paper).length > 0 ? (
          <Facts rows={said(gate.paper).map((part): [string, ReactNode] => [part.label, paper_value(part)])} />
        ) : (
          <p className="muted">{t("safeguards.gate.no_paper")}</p>
        )}
      </section>
      <section>
        <h5>{t("safeguards.gate.basis")}</h5>
        <ul className="basis">
          {gate.basis.map((line) => (
            <Basis key={line} line={line} />
          ))}
        </ul>
      </section>
      <section>
        <h5>{t("safeguards.gate.history")}</h5>
        <ErrorNotice error={history.error} again={() => void history.refetch()} />
        {history.isPending && <Waiting lines={2} />}
        {history.data?.length === 0 && <p className="muted">{t("safeguards.gate.no_history")}</p>}
        <ol className="gate-history">
          {history.data?.map((one) => (
            <li key={one.at + one.status}>
              <span className="strong">{state_words(one.status)}</span>
              <span className="muted">
                {" "}
                · {one.by?.name ?? t("safeguards.gate.register")}, {show_instant(one.at)}
              </span>
              {one.reason && <p>“{one.reason}”</p>}
              {said(one.paper).length > 0 && (
                <p className="small">
                  {said(one.paper).map((part, index) => (
                    <span key={part.code}>
                      {index > 0 && " · "}
                      {part.label}: {paper_value(part)}
                    </span>
                  ))}
                </p>
              )}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

const confidence_looks: Record<Confidence, "calm" | "info" | "near"> = { P: "calm", S: "info", unverified: "near" };
function Basis({ line }: { line: string }): ReactNode {
  const { text, confidence } = read_basis(line);
  return (
    <li>
      <span>{text}</span>
      {confidence && <Chip tone={confidence_looks[confidence]}>{t(`safeguards.confidence.${confidence}`)}</Chip>}
    </li>
  );
}
