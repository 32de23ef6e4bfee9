/** The safeguards of a file: each gate with who decided, on which paper, and the act of deciding for those who may. */
import { useState, type ReactNode } from "react";
import type { CaseView, GateView } from "../api/types.ts";
import { Button, Card, Chip, type Tone } from "../design/basics.tsx";
import type { IconName } from "../design/Icon.tsx";
import { show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { useMay } from "../session/session.ts";
import { GateDialog } from "./GateDialog.tsx";
import { gate_name, gate_state_words } from "./GateFields.tsx";

const looks: Record<string, [Tone, IconName]> = {
  open: ["near", "clock"],
  closed: ["calm", "check"],
  passed: ["calm", "check"],
  not_applicable: ["quiet", "check"],
  failed: ["late", "stop"],
  blocked: ["late", "stop"],
};
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
                  {gate_state_words(gate.state)}
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
