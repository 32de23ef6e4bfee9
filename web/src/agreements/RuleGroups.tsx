/** The rules of an agreement by group: in words, with article, how sure each is, the practice beside it, what is missing. */
import type { ReactNode } from "react";
import { Card, Chip } from "../design/basics.tsx";
import { Icon } from "../design/Icon.tsx";
import { show_day } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import type { Law, LawRule, Practice } from "./law.ts";
import { SureBadge, SureChip } from "./Sure.tsx";
import { group_name, group_of, group_order, has_value, is_clock, missing_rules, rule_name } from "./words.ts";

interface Line {
  key: string;
  name: string;
  rule: LawRule | null;
  practices: Practice[];
}
function lines_of(view: Law): Line[] {
  const lines = view.rules.map((rule): Line => ({
    key: rule.key,
    name: rule_name(rule.key, rule.label),
    rule,
    practices: view.practices.filter((practice) => practice.key === rule.key),
  }));
  const known = new Set(lines.map((line) => line.key));
  for (const practice of view.practices) {
    if (known.has(practice.key)) continue;
    const name = rule_name(practice.key, practice.label);
    lines.push({ key: practice.key, name, rule: null, practices: [practice] });
  }
  for (const key of missing_rules(view)) {
    if (!lines.some((line) => line.key === key)) lines.push({ key, name: rule_name(key), rule: null, practices: [] });
  }
  return lines;
}

export function RuleGroups({ view, starts }: { view: Law; starts: Set<string> }): ReactNode {
  const code = view.agreement.code;
  const lines = lines_of(view);
  return (
    <>
      {group_order.map((group) => {
        const own = lines.filter((line) => group_of(line.key) === group);
        if (own.length === 0) return null;
        return (
          <Card key={group} id={`group-${group}`} title={group_name(group)} flush>
            <ul className="rules">
              {own.map((line, index) => (
                <RuleLine key={`${line.key}-${index}`} line={line} code={code} start_unsure={starts.has(line.key)} />
              ))}
            </ul>
          </Card>
        );
      })}
      {view.agreed_fields.length > 0 && (
        <Card title={t("web.law.agreed_fields")}>
          <p className="muted">{t("web.law.agreed_fields_lead")}</p>
          <p className="row law-note">
            {view.agreed_fields.map((field) => (
              <Chip key={field} tone="info">
                {field}
              </Chip>
            ))}
          </p>
        </Card>
      )}
    </>
  );
}

function RuleLine({ line, code, start_unsure }: { line: Line; code: string; start_unsure: boolean }): ReactNode {
  const { rule } = line;
  const missing = rule === null && line.practices.length === 0;
  const clock = rule !== null && is_clock(rule);
  return (
    <li className={missing ? "rule missing" : "rule"} id={`rule-${line.key}`} data-rule={line.key}>
      <div className="rule-what">
        <h3>{line.name}</h3>
        {rule && has_value(rule) && <p className="rule-sentence">{rule.says}</p>}
        {rule && (rule.from || rule.until) && (
          <p className="small strong">
            {rule.from && t("web.law.rule_from", { day: show_day(rule.from) })}
            {rule.from && rule.until && " · "}
            {rule.until && t("web.law.rule_until", { day: show_day(rule.until) })}
          </p>
        )}
        {rule && rule.variants.length > 0 && <Variants rule={rule} />}
        {rule && !has_value(rule) && (
          <p className="rule-gap">
            <Icon name="alert" size={14} /> {t("web.law.no_value")}
          </p>
        )}
        {missing && (
          <p className="rule-gap">
            <Icon name="info" size={14} /> {t("web.law.silent")}
          </p>
        )}
        {!rule && !missing && <p className="rule-gap">{t("web.law.practice_only")}</p>}
        {rule?.note && <p className="small muted">{rule.note}</p>}
        {clock && (
          <Link className="small no-print" href={`/agreements/simulator?agreement=${code}&clock=${line.key}`}>
            {t("web.law.try_date")}
          </Link>
        )}
      </div>
      {line.practices.map((practice) => (
        <div key={practice.key} className="rule-practice">
          <p className="small strong">{t("web.law.practice")}</p>
          <p>{practice.value}</p>
          {practice.note && <p className="small">{practice.note}</p>}
          <p className="small muted">{practice.source}</p>
          <SureBadge confidence={practice.confidence} />
        </div>
      ))}
      {rule && (
        <div className="rule-source">
          <span className="rule-article">{rule.article || t("agreements.summary.no_clause")}</span>
          <SureBadge
            confidence={rule.confidence}
            start_unsure={start_unsure}
            href={`/agreements/${code}?tab=confirmations#confirm-${line.key}`}
          />
        </div>
      )}
    </li>
  );
}

/** The other values of a rule in special cases, each with its clause and how sure it is. */
function Variants({ rule }: { rule: LawRule }): ReactNode {
  return (
    <ul className="rule-variants">
      {rule.variants.map((variant) => (
        <li key={`${variant.when}-${variant.value}`}>
          <span>
            {variant.when}: <strong>{variant.says}</strong>
          </span>
          <span className="small muted">{variant.article || t("agreements.summary.no_clause")}</span>
          <SureChip confidence={variant.confidence} />
        </li>
      ))}
    </ul>
  );
}
