/** Agreements from the server's views to what the screens read. */
import { has_label, t, t_first, words_of } from "../language/label.ts";
import type { Raw } from "./adapt.ts";
import type { AgreementRow } from "./types.ts";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown): Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);

export function agreement_row_of(item: Raw): AgreementRow {
  const parties = list(item["parties"]).map((party) => text(party["id"]));
  const fictional = item["fictional"] === true;
  return {
    id: text(item["code"]),
    title: text(item["title"]),
    cited: text(item["cited"]),
    in_force_from: text(item["in_force_from"]),
    requesting: parties[0] ?? "",
    requested: parties[1] ?? "",
    fictional,
    confidence: fictional ? "fictional" : "primary",
  };
}

/** What a rule says: an amount in its unit, or the words for its code. */
export function rule_words(value: string, unit: string, code: string): string {
  const said = code === "" ? "" : t_first([`agreements.text.${code}`, `web.rule_text.${code}`], words_of(code));
  const count = Number(value);
  const amount =
    value === ""
      ? ""
      : Number.isNaN(count) || !has_label(`web.unit.${unit}`)
        ? [value, words_of(unit).toLowerCase()].filter(Boolean).join(" ")
        : t(`web.unit.${unit}`, { count });
  return [amount, said].filter(Boolean).join(", ");
}
