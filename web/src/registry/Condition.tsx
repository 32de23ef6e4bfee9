/** How the registry is doing, in one line: who searches sees how old the data is, and since when it waits. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../api/queries.ts";
import type { RegistryState } from "../api/types.ts";
import { Chip, Notice, type Tone } from "../design/basics.tsx";
import { show_instant, show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";

const tones: Record<string, Tone> = { working: "calm", old: "near", waiting: "near", down: "late", none: "quiet" };

export function ConditionChip({ condition }: { condition: string }): ReactNode {
  return (
    <Chip tone={tones[condition] ?? "quiet"} icon={condition === "working" ? "check" : "alert"}>
      {t(`registry.condition.${condition}`)}
    </Chip>
  );
}

function warning_of(state: RegistryState): string | null {
  const since = show_instant(state.since);
  const as_of = show_instant(state.data_as_of);
  if (state.condition === "none") return t("web.registry.not_connected");
  if (state.condition === "waiting") return t("web.registry.waits_data");
  if (state.condition === "old") return t("web.registry.old_data", { at: as_of });
  if (state.condition !== "down") return null;
  return state.can_search ? t("web.registry.down_since", { at: since, as_of }) : t("web.registry.down_waits", { at: since });
}

export function Condition(): ReactNode {
  const state = useQuery(queries.registry()).data;
  if (!state) return null;
  const warning = warning_of(state);
  return (
    <div className="registry-condition">
      <p className="row small muted">
        <ConditionChip condition={state.condition} />
        {state.persons > 0 && <span>{t("web.registry.of_persons", { count: show_number(state.persons) })}</span>}
        {state.data_as_of && <span>{t("web.registry.as_of", { at: show_instant(state.data_as_of) })}</span>}
      </p>
      {warning && (
        <Notice tone={tones[state.condition] ?? "near"} alert={state.condition === "down"}>
          <p>{warning}</p>
        </Notice>
      )}
    </div>
  );
}
