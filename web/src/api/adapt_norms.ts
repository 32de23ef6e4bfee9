/** Agreements, officers and offices from the server's views to what the screens read. */
import { has_label, t, t_first, words_of } from "../language/label.ts";
import type { Raw } from "./adapt.ts";
import type { AgreementRow, AgreementView } from "./types.ts";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown): Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);

export function agreement_row_of(item: Raw): AgreementRow {
  if (typeof item["id"] === "string") return item as unknown as AgreementRow;
  const parties = list(item["parties"]).map((party) => text(party["id"]));
  const fictional = item["fictional"] === true;
  return {
    id: text(item["code"]),
    title: text(item["title"]),
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

export function agreement_of(item: Raw): AgreementView {
  if (typeof item["id"] === "string") return item as unknown as AgreementView;
  const head = (item["agreement"] ?? {}) as Raw;
  const rules = list(item["rules"]).map((rule) => ({
    key: text(rule["key"]),
    label: text(rule["label"]),
    value: text(rule["value"]),
    sentence: [rule_words(text(rule["value"]), text(rule["unit"]), text(rule["text"])), text(rule["note"])]
      .filter(Boolean)
      .join("; "),
    clause: text(rule["article"]),
    confidence: text(rule["confidence"]),
  }));
  const practices = list(item["practices"]).map((practice) => {
    const [value = "", unit = ""] = text(practice["value"]).split(" ");
    return {
      key: `practice.${text(practice["key"])}`,
      label: text(practice["label"]),
      value,
      sentence: rule_words(value, unit, ""),
      clause: text(practice["source"]),
      confidence: text(practice["confidence"]),
    };
  });
  return {
    ...agreement_row_of(head),
    version: text(head["cited"]),
    valid_from: text(head["in_force_from"]),
    languages: [],
    rules: [...rules, ...practices],
    evidence: list(item["evidence"]).map((one) => ({
      document: text(one["type"]),
      label: text(one["label"]),
      strength: text(one["effect"]),
      clause: text(one["article"]),
    })),
    whitelist: (item["agreed_fields"] as string[] | undefined) ?? [],
    checklist: [],
  };
}
