/** Line icons of one family, 20 px grid, drawn here; always decorative beside words. */
import type { ReactNode } from "react";

const paths = {
  home: "M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z",
  list: "M7 5h10M7 10h10M7 15h10M3.2 5h.1M3.2 10h.1M3.2 15h.1",
  draft: "M4 16.5V13L13 4l3.5 3.5-9 9zM11 6l3.5 3.5",
  send: "M3 10 17 3.5 13 17l-3-5.5zM10 11.5l7-8",
  inbox: "M3 11.5 5 4h10l2 7.5V16H3zM3 11.5h4l1 2h4l1-2h4",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.6 2",
  check: "m4 10.5 4 4 8-9",
  cross: "m5 5 10 10M15 5 5 15",
  alert: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3v.1",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.5V13M10 6.8v.1",
  shield: "M10 3l6 2.2V10c0 3.6-2.5 6-6 7.2C6.5 16 4 13.6 4 10V5.200z",
  search: "M9 14.500a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13.2 13.2 17 17",
  bell: "M5 14V9a5 5 0 0 1 10 0v5l1.2 1.500H3.800zM8.5 17.500h3",
  menu: "M3 5.500h14M3 10h14M3 14.500h14",
  passport: "M5 3h10v14H5zM10 11a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.200zM7.5 14h5",
  chart: "M3.5 16.500h13M5.5 14V9.500M10 14V5M14.5 14v-6.5",
  people:
    "M7 9.500a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.400zM2 16c.3-3 2.3-4.5 5-4.500s4.7 1.5 5 4.500" +
    "M13 9.300a2.3 2.3 0 1 0 0-4.600M14 11.700c2.3.2 3.7 1.7 4 4.3",
  building: "M4 17V6l6-3 6 3v11M2.5 17h15M8 9h.1M12 9h.1M8 12.500h.1M12 12.500h.1M9 17v-2h2v2",
  book: "M4 4.500h5a1.5 1.5 0 0 1 1 .5 1.5 1.5 0 0 1 1-.500h5V15h-5l-1 .800L9 15H4zM10 5v10.5",
  upload: "M10 13V4M6 7.5 10 3.500l4 4M3.5 13v3.500h13V13",
  download: "M10 4v9M6 9.500l4 4 4-4M3.5 13v3.500h13V13",
  print: "M6 7V3h8v4M6 14H3.500V7.500h13V14H14M6 12h8v5H6z",
  task: "M4 4h12v13H4zM7.5 2.500h5V5.500h-5zM7 11l2 2 4-4",
  message: "M3 4.500h14v9.500H9l-4 3v-3H3z",
  down: "m5 7.5 5 5 5-5",
  right: "m7.5 5 5 5-5 5",
  left: "m12.5 5-5 5 5 5",
  back: "M8 5 4 9l4 4M4 9h8a4 4 0 0 1 0 8H9",
  plus: "M10 4v12M4 10h12",
  filter: "M3 4.500h14L12 10.500V16l-4-2v-3.500z",
  columns: "M3.5 4h13v12h-13zM8 4v12M12.5 4v12",
  star: "m10 3 2.1 4.5 4.9.6-3.6 3.4.9 4.900L10 14l-4.3 2.4.9-4.900L3 8.100l4.9-.600z",
  eye: "M2 10c2-3.7 4.7-5.5 8-5.500s6 1.8 8 5.500c-2 3.7-4.7 5.5-8 5.500S4 13.7 2 10zM10 12.300a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.600z",
  pause: "M7 5v10M13 5v10",
  globe: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3 10h14M10 3c2.6 2.3 2.6 11.7 0 14M10 3c-2.6 2.3-2.6 11.7 0 14",
  exit: "M11 3.500H4v13h7M8.5 10H17M13.5 6.5 17 10l-3.5 3.5",
  swap: "M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3",
  stop: "M7 3h6l4 4v6l-4 4H7l-4-4V7z",
  file: "M5 3h7l3.5 3.500V17H5zM12 3v3.500h3.5",
  key: "M12.5 11.500a4 4 0 1 0-3.6-2.300L3 15v2h3v-2h2v-2z",
  fingerprint:
    "M6 16c1-1.5 1.5-3.3 1.5-5.500a2.5 2.5 0 0 1 5 0c0 2.5-.4 4.6-1.2 6.500" +
    "M4.2 13c.5-1 .7-2 .7-3a5.1 5.1 0 0 1 10.2 0c0 1.7-.1 3.2-.5 4.600M10 10.500c0 2.8-.5 5-1.6 6.8",
} as const;
/** Drawn for reading from left to right; turned round where reading goes the other way. */
const turning = new Set<string>(["left", "back", "right", "send", "exit", "list"]);
export type IconName = keyof typeof paths;

export function Icon({ name, size = 18, weight = 1.7 }: { name: IconName; size?: number; weight?: number }): ReactNode {
  return (
    <svg
      aria-hidden="true"
      className={turning.has(name) ? "turning" : undefined}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={weight}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
