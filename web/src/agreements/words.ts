/** The words of the law: States, groups of rules, how sure a rule is, what is missing, what the summary of a jurist says. */
import type { Law, LawRow, LawRule } from "./law.ts";
import { language_now, t, t_first, words_of } from "../language/label.ts";

export const state_name = (code: string): string => t_first([`codes.country.${code}`, `web.party.${code}`], code);
export const parties_of = (law: Law): string[] => law.agreement.parties.map((party) => party.id);
export const rule_name = (key: string, label = ""): string =>
  (label !== key && label) || t_first([`agreements.rule.${key}`, `web.rule.${key}`], words_of(key));
export const event_name = (kind: string): string => {
  const words = t_first([`clock.event.${kind}`], words_of(kind).toLowerCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Monday is 1, Sunday 7. */
export const weekday_name = (day: number): string =>
  new Intl.DateTimeFormat(language_now(), { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, day)));

/** How sure a rule is, the surest first; `confirmed` is what the State itself has read. */
export const sure_kinds = ["P", "S", "confirmed", "unverified"] as const;
export type Sure = (typeof sure_kinds)[number];
export const sure_of = (confidence: string): Sure =>
  (sure_kinds as readonly string[]).includes(confidence) ? (confidence as Sure) : "unverified";
export const sure_name = (sure: Sure): string => t(`web.law.sure.${sure}`);
export const sure_why = (sure: Sure): string => t(`web.law.sure_why.${sure}`);
export type SureCounts = Record<Sure, number>;
export const sure_of_row = ({ sure }: LawRow): SureCounts => ({
  P: sure.primary,
  S: sure.secondary,
  confirmed: sure.confirmed,
  unverified: sure.unverified,
});
export function count_sure(rules: Pick<LawRule, "confidence">[]): SureCounts {
  const counts: SureCounts = { P: 0, S: 0, confirmed: 0, unverified: 0 };
  for (const rule of rules) counts[sure_of(rule.confidence)] += 1;
  return counts;
}
/** Rules that a date can be computed for: a number and an event of a case that starts it. */
export const is_clock = (rule: LawRule): boolean =>
  rule.value !== null && rule.start !== null && rule.start !== "entry_into_force";
export const has_value = (rule: LawRule): boolean => rule.value !== null || (rule.text ?? "") !== "";

/** Groups of rules in the order of a case; the first that fits takes the rule. */
const groups: [group: string, fits: RegExp][] = [
  ["reply", /^(reply_|accel_reply|silence_|late_refusal|extension_)/],
  ["documents", /^td_/],
  ["interview", /^(interview_|no_presentation|verification|nationality_body)/],
  ["evidence", /^(evidence_|nationality_deemed)/],
  ["transit", /^transit_/],
  ["quotas", /^max_/],
  ["transfer", /^(transfer_|consent_validity|route_)/],
  ["errors", /^error_/],
  ["scope", /^(entry_cutoff|no_application_after|waive_|tcn_start|border_zone|direct_entry|trigger|special_cases|resubmit)/],
  ["application", /^(accel_submit|submit_)/],
  [
    "safeguards",
    /^(vulnerable_|family_|dignity_|property_|consent$|voluntary_|priority_|assistance_|no_criminal|dp_|language$)/,
  ],
];
export const group_order = [
  ...["scope", "application", "evidence", "interview", "reply", "documents", "transfer", "quotas", "errors", "transit"],
  ...["safeguards", "other"],
];
export const group_of = (key: string): string => groups.find(([, fits]) => fits.test(key))?.[0] ?? "other";
export const group_name = (group: string): string => t(`web.law.group.${group}`);

/** What every agreement is asked for: where it is silent, the screen says so. */
export const expected_rules = [
  ...["reply_standard", "silence_effect", "submit_deadline_tcn", "interview_deadline", "td_issue", "td_validity"],
  ...["transfer_window", "error_window_own"],
];
export function missing_rules(law: Law): string[] {
  const known = new Set(law.rules.map((rule) => rule.key));
  const covered = (key: string): boolean => key === "submit_deadline_tcn" && known.has("submit_deadline_any");
  return expected_rules.filter((key) => !known.has(key) && !covered(key));
}

/** Rules whose value was read, but not what starts the term. */
export const unsure_starts = (law: Law): Set<string> =>
  new Set(law.rules.filter((rule) => rule.start_confidence === "unverified").map((rule) => rule.key));
export interface SummarySection {
  title: string;
  lines: { text: string; deep: boolean }[];
}
/** The summary that a jurist signs, in its sections; lines that were broken to fit the page are one again. */
export function sections_of(summary: string): SummarySection[] {
  const sections: SummarySection[] = [];
  for (const block of summary.split("\n\n")) {
    const [title = "", ...rest] = block.split("\n");
    const lines: SummarySection["lines"] = [];
    for (const line of rest) {
      const indent = line.length - line.trimStart().length;
      const last = lines.at(-1);
      if (last && (indent === 4 || indent >= 8)) last.text += ` ${line.trim()}`;
      else lines.push({ text: line.trim(), deep: indent >= 6 });
    }
    sections.push({ title: title.trim(), lines });
  }
  return sections;
}
export const section_named = (sections: SummarySection[], key: string): SummarySection | undefined =>
  sections.find((section) => section.title === t(`agreements.summary.${key}`));
