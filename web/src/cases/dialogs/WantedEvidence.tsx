/** What would be enough, of the list of the agreement, to be chosen for a request: type, form, and what it would count for. */
import type { ReactNode } from "react";
import type { EvidenceOfPurpose, EvidenceWay } from "../../api/types.ts";
import { CheckField } from "../../design/fields.tsx";
import { t, t_first } from "../../language/label.ts";
import { StrengthBar, way_limits } from "../Evidence.tsx";

export interface Wanted {
  type: string;
  form: string;
}
/** The form that is asked for: the first of the list, an original where that will do. */
const wanted_of = (way: EvidenceWay): Wanted => ({ type: way.type, form: way.forms[0]?.code ?? "" });
const is_same = (one: Wanted, other: Wanted): boolean => one.type === other.type && one.form === other.form;

/** One number for all that were chosen; 0, not said, where they differ. */
function count_of(chosen: Wanted[], ways: EvidenceWay[]): number {
  const counts = new Set(chosen.map((one) => ways.find((way) => is_same(wanted_of(way), one))?.count ?? 0));
  const [count] = counts;
  return counts.size === 1 && count !== undefined && count <= chosen.length ? count : 0;
}
/** What is asked for when nobody has chosen yet: every proof; where the list has none, whatever is strongest. */
export function usual_wanted(item: string, evidence: EvidenceOfPurpose[]): { any_of: Wanted[]; count: number } {
  const ways = evidence.find((one) => one.item === item)?.ways ?? [];
  const any_of = ways.filter((way) => way.effect === ways[0]?.effect).map(wanted_of);
  return { any_of, count: count_of(any_of, ways) };
}

export function WantedEvidence({
  evidence,
  chosen,
  choose,
}: {
  evidence: EvidenceOfPurpose | undefined;
  chosen: Wanted[];
  choose: (any_of: Wanted[], count: number) => void;
}): ReactNode {
  if (!evidence) return null;
  if (evidence.ways.length === 0) return <p className="small muted">{t("web.request.no_way")}</p>;
  const toggle = (wanted: Wanted, on: boolean): void => {
    const next = on ? [...chosen, wanted] : chosen.filter((one) => !is_same(one, wanted));
    choose(next, count_of(next, evidence.ways));
  };
  const effects = [...new Set(evidence.ways.map((way) => way.effect))];
  return (
    <fieldset className="field wanted">
      <legend className="legend">{t("web.request.enough")}</legend>
      <p className="small muted">{t("web.request.enough_hint")}</p>
      <div className="wanted-columns">
        {effects.map((effect) => {
          const ways = evidence.ways.filter((way) => way.effect === effect);
          return (
            <div key={effect} className="stack tight">
              <p className="small strong">
                <StrengthBar effect={effect} /> {t_first([`evidence.effect.${effect}`], "")}
              </p>
              {ways.map((way, index) => (
                <CheckField
                  key={index}
                  label={
                    <>
                      {way.label} <span className="muted small">{way_limits(way)}</span>
                    </>
                  }
                  checked={chosen.some((one) => is_same(one, wanted_of(way)))}
                  change={(on) => toggle(wanted_of(way), on)}
                />
              ))}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
