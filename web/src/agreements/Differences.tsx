/** Rules side by side: what is another law, what is the same law in other words, what one side does not have. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "../design/Icon.tsx";
import { t } from "../language/label.ts";
import type { RuleDifference } from "./law.ts";
import { SureChip } from "./Sure.tsx";
import { rule_name } from "./words.ts";

export type Change = "added" | "gone" | "changed" | "words" | "same";
export function change_of(rule: RuleDifference): Change {
  if (rule.left === "" && rule.left_confidence === "") return "added";
  if (rule.right === "" && rule.right_confidence === "") return "gone";
  if (rule.same) return "same";
  return rule.same_law ? "words" : "changed";
}
const looks: Record<Change, [tone: string, icon: IconName]> = {
  added: ["calm", "plus"],
  gone: ["late", "cross"],
  changed: ["near", "swap"],
  words: ["quiet", "draft"],
  same: ["quiet", "check"],
};

/** `kind` says what the two sides are: two agreements, or an older and a newer version. */
export function Differences({
  rules,
  left,
  right,
  kind,
}: {
  rules: RuleDifference[];
  left: string;
  right: string;
  kind: "agreements" | "versions";
}): ReactNode {
  return (
    <div className="table-wrap" tabIndex={0}>
      <table className="table stacked differences">
        <thead>
          <tr>
            <th scope="col">{t("web.law.rule")}</th>
            <th scope="col">{left}</th>
            <th scope="col">{right}</th>
            <th scope="col">{t("web.law.what_differs")}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule, index) => {
            const change = change_of(rule);
            // Between two agreements nothing is lost or new: a rule of one only is neither good nor bad.
            const [own_tone, icon] = looks[change];
            const tone = kind === "agreements" && (change === "added" || change === "gone") ? "info" : own_tone;
            return (
              <tr key={`${rule.key}-${index}`} data-change={change}>
                <th scope="row">{rule_name(rule.key, rule.label)}</th>
                <td data-label={left}>
                  <Side words={rule.left} clause={rule.left_clause} confidence={rule.left_confidence} />
                </td>
                <td data-label={right}>
                  <Side words={rule.right} clause={rule.right_clause} confidence={rule.right_confidence} />
                </td>
                <td data-label={t("web.law.what_differs")}>
                  <span className={`chip tone-${tone}`}>
                    <Icon name={icon} size={12} weight={2.4} />
                    {t(`web.law.change.${kind}.${change}`)}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Side({ words, clause, confidence }: { words: string; clause: string; confidence: string }): ReactNode {
  if (words === "" && confidence === "") return <span className="muted">{t("agreements.difference.absent")}</span>;
  return (
    <div className="difference-side">
      <span>{words || t("web.law.no_value")}</span>
      <span className="row small muted">
        {clause || t("agreements.summary.no_clause")} <SureChip confidence={confidence} />
      </span>
    </div>
  );
}
