/** Charts as plain SVG: bars, paired bars, and spans of time; each has its numbers in words for those who do not see it. */
import type { ReactNode } from "react";

export interface Bar {
  label: string;
  value: number;
}
export function Columns({ bars, label, format }: { bars: Bar[]; label: string; format: (value: number) => string }): ReactNode {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const width = 640;
  const step = width / Math.max(1, bars.length);
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${width} 210`}
      role="img"
      aria-label={`${label}: ${bars.map((bar) => `${bar.label} ${format(bar.value)}`).join("; ")}`}
    >
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <path
            d={`M0 ${170 - part * 140}H${width}`}
            stroke={part === 0 ? "#43525a" : "#d8dedc"}
            strokeWidth={part === 0 ? 1.5 : 1}
          />
        </g>
      ))}
      {bars.map((bar, index) => {
        const high = (bar.value / most) * 140;
        const last = index === bars.length - 1;
        return (
          <g key={bar.label + String(index)}>
            <rect
              x={index * step + step * 0.16}
              y={170 - high}
              width={step * 0.68}
              height={high}
              rx="3"
              fill={last ? "#125666" : "#8fb8bf"}
            />
            <text
              x={index * step + step / 2}
              y={164 - high}
              textAnchor="middle"
              className="chart-value"
              fontWeight={last ? 700 : 500}
            >
              {format(bar.value)}
            </text>
            <text x={index * step + step / 2} y="190" textAnchor="middle" className="chart-label">
              {bar.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
export function Rows({ bars, format }: { bars: Bar[]; format: (value: number) => string }): ReactNode {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <ul className="bar-rows">
      {bars.map((bar) => (
        <li key={bar.label}>
          <span>{bar.label}</span>
          <span className="bar-track" aria-hidden="true">
            <i style={{ inlineSize: `${(bar.value / most) * 100}%` }} />
          </span>
          <strong className="number">{format(bar.value)}</strong>
        </li>
      ))}
    </ul>
  );
}
export interface Span {
  label: string;
  median: number;
  p90: number;
  limit: number | null;
  /** Too few files for a P90: the bar shows the median alone. */
  few?: boolean;
  note: string;
}
/** Median as the filled bar, P90 as the thin one, the limit of the agreement as a mark. */
export function Spans({ spans, words }: { spans: Span[]; words: (span: Span) => string }): ReactNode {
  const most = Math.max(1, ...spans.map((span) => Math.max(span.p90, span.limit ?? 0))) * 1.06;
  return (
    <ul className="span-rows">
      {spans.map((span) => (
        <li key={span.label}>
          <span className="span-label">
            {span.label}
            <small className="muted">{span.note}</small>
          </span>
          <svg viewBox="0 0 400 30" preserveAspectRatio="none" role="img" aria-label={words(span)}>
            <rect x="0" y="12" width={(span.p90 / most) * 400} height="6" rx="3" fill="#a9cdd3" />
            <rect x="0" y="7" width={(span.median / most) * 400} height="16" rx="3" fill="#125666" />
            {span.limit !== null && <path d={`M${(span.limit / most) * 400} 1v28`} stroke="#9c1c25" strokeWidth="2.5" />}
          </svg>
          <span className="small number">{words(span)}</span>
        </li>
      ))}
    </ul>
  );
}
export function Pyramid({
  rows,
  words,
}: {
  rows: { age: string; female: number; male: number }[];
  words: { female: string; male: string };
}): ReactNode {
  const most = Math.max(1, ...rows.flatMap((row) => [row.female, row.male]));
  return (
    <div className="pyramid">
      <div className="pyramid-head">
        <span>{words.female}</span>
        <span>{words.male}</span>
      </div>
      {rows.map((row) => (
        <div key={row.age} className="pyramid-row">
          <span className="number">{row.female}</span>
          <span className="left">
            <i style={{ inlineSize: `${(row.female / most) * 100}%` }} />
          </span>
          <span className="age">{row.age}</span>
          <span>
            <i className="male" style={{ inlineSize: `${(row.male / most) * 100}%` }} />
          </span>
          <span className="number">{row.male}</span>
        </div>
      ))}
    </div>
  );
}
