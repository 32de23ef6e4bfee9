/** How sure a rule is: a badge that explains itself when it is opened, and counts as a bar with its numbers in words. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "../design/Icon.tsx";
import { show_number } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { Link } from "../shell/router.tsx";
import { sure_kinds, sure_name, sure_of, sure_why, type Sure, type SureCounts } from "./words.ts";

const looks: Record<Sure, [tone: string, icon: IconName]> = {
  P: ["calm", "book"],
  S: ["info", "info"],
  confirmed: ["hold", "check"],
  unverified: ["near", "alert"],
};
export function SureChip({ confidence }: { confidence: string }): ReactNode {
  const sure = sure_of(confidence);
  const [tone, icon] = looks[sure];
  return (
    <span className={`chip tone-${tone}`} data-sure={sure}>
      <Icon name={icon} size={12} weight={2.4} />
      {sure_name(sure)}
    </span>
  );
}

/** The badge of a rule; pressed, it says what it means and where it can be confirmed. */
export function SureBadge({
  confidence,
  start_unsure = false,
  href,
}: {
  confidence: string;
  start_unsure?: boolean;
  href?: string;
}): ReactNode {
  const sure = sure_of(confidence);
  return (
    <details className="sure">
      <summary>
        <SureChip confidence={confidence} />
        {start_unsure && sure !== "unverified" && (
          <span className="chip tone-near" data-sure="start">
            <Icon name="alert" size={12} weight={2.4} />
            {t("web.law.sure.start")}
          </span>
        )}
      </summary>
      <div className="sure-why">
        <p>{sure_why(sure)}</p>
        {start_unsure && <p>{t("web.law.sure_why.start")}</p>}
        {(sure === "unverified" || start_unsure || sure === "confirmed") && href && (
          <Link href={href}>{t("web.law.see_confirmations")}</Link>
        )}
      </div>
    </details>
  );
}

export function SureBar({ counts, label, large = false }: { counts: SureCounts; label: string; large?: boolean }): ReactNode {
  const kinds = sure_kinds.filter((kind) => counts[kind] > 0);
  const words = kinds.map((kind) => `${show_number(counts[kind])} ${sure_name(kind).toLowerCase()}`).join(", ");
  return (
    <span
      className={large ? "sure-bar large" : "sure-bar"}
      role="img"
      aria-label={`${label}: ${words || t("web.law.no_rules")}`}
    >
      {kinds.map((kind) => (
        <i key={kind} className={`sure-${kind}`} style={{ flexGrow: counts[kind] }}>
          {counts[kind]}
        </i>
      ))}
      {kinds.length === 0 && <i className="sure-none">{t("web.law.no_rules")}</i>}
    </span>
  );
}
export function SureLegend({ counts }: { counts: SureCounts }): ReactNode {
  return (
    <ul className="sure-legend">
      {sure_kinds
        .filter((kind) => kind !== "confirmed" || counts.confirmed > 0)
        .map((kind) => (
          <li key={kind}>
            <i className={`sure-${kind}`} aria-hidden="true" />
            <strong className="number">{show_number(counts[kind])}</strong> {sure_name(kind)}
          </li>
        ))}
    </ul>
  );
}
