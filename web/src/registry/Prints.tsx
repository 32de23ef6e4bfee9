/** Fingerprints beside the names: what they weigh, on which basis they are kept, and that one finger is not enough. */
import type { ReactNode } from "react";
import type { PrintsWeight, TaskPrints } from "../api/types.ts";
import { Card, Chip, Facts, Notice } from "../design/basics.tsx";
import { show_day, show_instant } from "../language/dates.ts";
import { t } from "../language/label.ts";
import { show_bits, show_probability } from "./Evidence.tsx";

export function PrintsNotice({ fingers }: { fingers: number }): ReactNode {
  return (
    <Notice tone={fingers === 1 ? "soon" : "info"}>
      <p>{t(fingers === 1 ? "web.prints.one_finger" : "web.prints.several_fingers", { count: fingers })}</p>
    </Notice>
  );
}

/** A bar of its own among the reasons: finger by finger, and what the names alone had said. */
export function PrintsRow({ prints, most }: { prints: PrintsWeight; most: number }): ReactNode {
  const sum = prints.fingers.reduce((bits, one) => bits + one.bits, 0);
  const width = `${Math.round((Math.abs(prints.bits) / most) * 50)}%`;
  return (
    <tr data-side={prints.bits < 0 ? "against" : "for"} data-part="prints">
      <th scope="row">
        {t("registry.part.prints")}
        <span className="small muted reason-hint">{t(`registry.rule.${prints.rule}`)}</span>
      </th>
      <td colSpan={2} data-label={t("web.prints.fingers")}>
        {prints.fingers.length > 0 && (
          <ul className="print-fingers small">
            {prints.fingers.map((one, index) => (
              <li key={index}>
                {t(`registry.finger.${one.finger}`)}{" "}
                <span className="muted">
                  {show_bits(one.bits)} · {t("web.prints.minutiae", { matched: one.matched, unmatched: one.unmatched })}
                </span>
              </li>
            ))}
          </ul>
        )}
        <span className="small muted">
          {sum - prints.bits > 0.05 && `${t("web.prints.counted", { bits: show_bits(prints.bits) })} `}
          {t("web.prints.names_alone", { percent: show_probability(prints.names_probability) })}
        </span>
      </td>
      <td className="end reason-bits">
        <span className="reason-bar" aria-hidden="true">
          <i style={{ inlineSize: width }} />
        </span>
        <span className="strong">{show_bits(prints.bits)}</span>
      </td>
    </tr>
  );
}

/** What is kept of a person's prints, in both States. */
export function prints_facts(prints: Omit<TaskPrints, "state">): [string, string][] {
  const rows: [string, string][] = [
    [t("web.prints.basis"), t(`web.prints.basis_${prints.basis}`)],
    [t("web.prints.reference"), prints.reference],
    [t("web.prints.purpose"), t("web.prints.purpose_nationality")],
  ];
  if (prints.given_on) rows.splice(2, 0, [t("web.prints.given_on"), show_day(prints.given_on)]);
  if (prints.deleted_at) rows.push([t("web.prints.deleted_at"), show_instant(prints.deleted_at)]);
  else if (prints.delete_on) rows.push([t("web.prints.delete_on"), show_day(prints.delete_on)]);
  return rows;
}

export function PrintsChip({ state, fingers }: { state: string; fingers: number }): ReactNode {
  return (
    <Chip tone={state === "kept" ? "near" : "quiet"} icon={state === "kept" ? "shield" : "check"}>
      {state === "kept" ? t("web.prints.kept", { count: fingers }) : t("web.prints.deleted")}
    </Chip>
  );
}

export function TaskPrintsCard({ prints }: { prints: TaskPrints }): ReactNode {
  if (prints.state === "none") return null;
  return (
    <Card level={3} title={t("registry.part.prints")} actions={<PrintsChip state={prints.state} fingers={prints.fingers} />}>
      <Facts rows={prints_facts(prints)} />
      <p className="small muted">{t("web.prints.until_answer")}</p>
    </Card>
  );
}
