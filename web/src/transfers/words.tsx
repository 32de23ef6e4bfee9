/** Small words of transports: the state, the journey in one line, seats that are taken. */
import type { ReactNode } from "react";
import { Chip, type Tone } from "../design/basics.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import type { BrokenRule, TransportView } from "./types.ts";

const tones: Record<string, Tone> = { planned: "info", departed: "calm", cancelled: "hold" };
export function TransportState({ state }: { state: string }): ReactNode {
  return <Chip tone={tones[state] ?? "quiet"}>{t(`transfers.state.${state}`)}</Chip>;
}

/** "Airport of Arcadia → Airport of Utopia". */
export function journey(one: TransportView): string {
  const first = one.legs[0];
  return first ? [first.from.name, ...one.legs.map((leg) => leg.to.name)].join(" → ") : "";
}
export function departure(one: TransportView): string {
  const first = one.legs[0];
  return first ? `${show_day(first.departs_on)}, ${first.departs_time}` : "";
}

export function Seats({ one }: { one: TransportView }): ReactNode {
  const share = one.seats === 0 ? 0 : Math.min(100, Math.round((one.taken / one.seats) * 100));
  return (
    <div className="transport-seats">
      <div className="transport-bar" aria-hidden="true">
        <span style={{ inlineSize: `${share}%` }} />
      </div>
      <span className="small">
        {t("transfers.taken", { taken: one.taken, seats: one.seats })}
        {one.medical_seats > 0 && ` · ${t("transfers.medical_taken", { taken: one.medical_taken, seats: one.medical_seats })}`}
      </span>
    </div>
  );
}

export const rule_words = (one: BrokenRule): string =>
  one.about ? t("transfers.about", { rule: one.rule.label, about: one.about }) : one.rule.label;
