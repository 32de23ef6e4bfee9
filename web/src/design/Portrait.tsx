/** The photograph at an address; where there is none, an outline that cannot be taken for a face. */
import type { ReactNode } from "react";

interface PortraitProps {
  /** Address of the picture; null where there is no photograph. */
  source: string | null;
  size?: number;
  /** As high as wide, as the people who work with the program are shown. */
  square?: boolean;
  /** What a reader is told; nothing where the name stands beside it. */
  name?: string;
}
export function Portrait({ source, size = 48, square = false, name = "" }: PortraitProps): ReactNode {
  const height = square ? size : Math.round(size * 1.25);
  if (source) return <img className="portrait" src={source} width={size} height={height} alt={name} />;
  const label = name ? { role: "img", "aria-label": name } : { "aria-hidden": true };
  return (
    <svg className="portrait none" width={size} height={height} viewBox={square ? "0 0 80 80" : "0 0 80 100"} {...label}>
      <circle cx="40" cy={square ? 31 : 40} r="14" />
      <path d={square ? "M14 80c2-19 12-27 26-27s24 8 26 27" : "M12 100c2-25 13-34 28-34s26 9 28 34"} />
    </svg>
  );
}
