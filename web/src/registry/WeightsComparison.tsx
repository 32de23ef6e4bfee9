/** How learnt weights did beside those before them on decisions that neither had seen, and whether their certainty is true. */
import type { ReactNode } from "react";
import type { WeightsComparison as Comparison, WeightsMeasured } from "../api/types.ts";
import { RowsTable } from "../design/RowsTable.tsx";
import { show_number } from "../language/dates.ts";
import { language_now, t } from "../language/label.ts";

function show_percent(share: number): string {
  return new Intl.NumberFormat(language_now(), { style: "percent", maximumFractionDigits: 2 }).format(share);
}
function show_share(part: number, all: number): string {
  return all === 0 ? "—" : `${show_percent(part / all)} (${show_number(part)})`;
}
function show_decimals(value: number): string {
  return new Intl.NumberFormat(language_now(), { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value);
}

const figures: { key: string; show: (one: WeightsMeasured) => string }[] = [
  { key: "there", show: (one) => show_number(one.there) },
  { key: "first", show: (one) => show_share(one.first, one.there) },
  { key: "among_ten", show: (one) => show_share(one.among_ten, one.there) },
  { key: "recall_at_99", show: (one) => show_percent(one.recall_at_99) },
  { key: "recall_at_999", show: (one) => show_percent(one.recall_at_999) },
  { key: "figure_proposed", show: (one) => show_number(one.proposed) },
  { key: "proposed_wrongly", show: (one) => show_number(one.proposed_wrongly) },
  { key: "surprise", show: (one) => show_decimals(one.surprise_bits) },
];

export function WeightsComparison({ comparison, before }: { comparison: Comparison; before: string }): ReactNode {
  return (
    <div className="stack weights-comparison">
      <p className="small muted">
        {t("web.registry.weights.learnt_from", {
          lessons: comparison.lessons,
          decided: comparison.decided,
          persons: comparison.persons,
          questions: comparison.questions || "—",
          decisions: comparison.decisions || "—",
        })}
      </p>
      <div className="weights-columns">
        <section>
          <h4>{t("web.registry.weights.comparison", { count: comparison.after.asked })}</h4>
          <RowsTable
            name={t("web.registry.weights.comparison", { count: comparison.after.asked })}
            rows={figures}
            row_key={(figure) => figure.key}
            columns={[
              { label: t("web.registry.weights.figure"), cell: (figure) => t(`web.registry.weights.${figure.key}`) },
              {
                label: t("web.registry.weights.before", { version: before }),
                look: "end",
                cell: (figure) => figure.show(comparison.before),
              },
              { label: t("web.registry.weights.after"), look: "end strong", cell: (figure) => figure.show(comparison.after) },
            ]}
          />
        </section>
        <section>
          <h4>{t("web.registry.weights.reliability")}</h4>
          <p className="small muted">{t("web.registry.weights.reliability_lead")}</p>
          <ReliabilityCurve before={comparison.before} after={comparison.after} />
          <RowsTable
            name={t("web.registry.weights.reliability")}
            rows={comparison.after.reliability}
            row_key={(bin) => String(bin.from)}
            columns={[
              { label: t("web.registry.weights.said"), look: "nowrap", cell: (bin) => show_percent(bin.said) },
              { label: t("web.registry.weights.right"), look: "end", cell: (bin) => show_percent(bin.right) },
              { label: t("web.registry.weights.answers"), look: "end", cell: (bin) => show_number(bin.answers) },
            ]}
          />
        </section>
      </div>
    </div>
  );
}

const side = 260;
const edge = 34;
const x_of = (share: number): number => edge + share * side;
const y_of = (share: number): number => 10 + (1 - share) * side;

/** What answers said against how often they were right; dots grow with the number of answers. */
function ReliabilityCurve({ before, after }: { before: WeightsMeasured; after: WeightsMeasured }): ReactNode {
  const most = Math.max(1, ...after.reliability.map((bin) => bin.answers));
  const words = after.reliability
    .map((bin) =>
      t("web.registry.weights.reliability_text", {
        said: show_percent(bin.said),
        right: show_percent(bin.right),
        count: bin.answers,
      }),
    )
    .join("; ");
  const line = (one: WeightsMeasured): string => one.reliability.map((bin) => `${x_of(bin.said)},${y_of(bin.right)}`).join(" ");
  return (
    <svg
      className="reliability"
      viewBox={`0 0 ${side + edge + 12} ${side + 44}`}
      role="img"
      aria-label={`${t("web.registry.weights.reliability")} ${words}`}
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path d={`M${x_of(0)} ${y_of(share)}H${x_of(1)}M${x_of(share)} ${y_of(0)}V${y_of(1)}`} className="grid" />
          <text x={edge - 5} y={y_of(share) + 4} textAnchor="end">
            {show_percent(share)}
          </text>
          <text x={x_of(share)} y={y_of(0) + 16} textAnchor={share === 1 ? "end" : "middle"}>
            {show_percent(share)}
          </text>
        </g>
      ))}
      <text x={x_of(0.5)} y={y_of(0) + 31} textAnchor="middle">
        {t("web.registry.weights.said")}
      </text>
      <path d={`M${x_of(0)} ${y_of(0)}L${x_of(1)} ${y_of(1)}`} className="true" />
      <polyline points={line(before)} className="before" />
      <polyline points={line(after)} className="after" />
      {after.reliability.map((bin) => (
        <circle
          key={bin.from}
          cx={x_of(bin.said)}
          cy={y_of(bin.right)}
          r={3 + 6 * Math.sqrt(bin.answers / most)}
          className="after"
        />
      ))}
    </svg>
  );
}
