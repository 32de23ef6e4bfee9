/**
 * A face: the picture at an address when there is one, otherwise drawn and invented. The same seed always draws the same
 * person (`:f` or `:m` at its end chooses the hair); no photograph of anyone is ever used.
 */
import type { ReactNode } from "react";

const skins = ["#f0cfb0", "#d9a87c", "#b98057", "#8f5b3a", "#e5bd97", "#6d4430"];
const hairs = ["#2b1d16", "#4a2f1f", "#15161a", "#6b6660", "#7a4a24", "#c9c4bd"];
const clothes = ["#125666", "#7a3b2e", "#3d4f7d", "#4d6b3c", "#6b4a7a", "#8a6a1f"];
const grounds = ["#dbe7e6", "#ece3d3", "#dfe3ee", "#e6ead9", "#eadfe8", "#e2e8ec"];

export function seed_of(text: string): number {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0)!, 16777619) >>> 0;
  return value;
}
const pick = <T,>(from: readonly T[], seed: number, shift: number): T => from[(seed >>> shift) % from.length] as T;

function Hair({ style, colour }: { style: number; colour: string }): ReactNode {
  if (style === 0) return <path d="M27 40c-2-20 9-27 23-27s25 7 23 27c-4-8-8-13-23-13S31 32 27 40z" fill={colour} />;
  if (style === 1)
    return <path d="M24 66c-4-32 4-53 26-53s30 21 26 53l-7 2c2-20 0-31-5-37-8 3-22 3-29 0-4 6-6 17-4 37z" fill={colour} />;
  if (style === 2) return <path d="M28 36c0-15 10-22 22-22s22 7 22 22l-3-4c-8 1-28-1-34-6l-4 10z" fill={colour} />;
  if (style === 3)
    return (
      <>
        <circle cx="50" cy="13" r="8" fill={colour} />
        <path d="M27 42c-2-19 9-27 23-27s25 8 23 27c-5-9-11-14-23-14s-18 5-23 14z" fill={colour} />
      </>
    );
  return (
    <path
      d="M22 74c-6-40 6-62 28-62s34 22 28 62c-4 5-10 7-14 8l3-30c0-14-6-22-17-22s-17 8-17 22l3 30c-4-1-10-3-14-8z"
      fill={colour}
    />
  );
}

interface PortraitProps {
  seed: string;
  size?: number;
  name?: string;
}
export function Portrait(props: PortraitProps): ReactNode {
  if (props.seed.startsWith("/"))
    return (
      <img className="portrait" src={props.seed} width={props.size ?? 48} height={props.size ?? 48} alt={props.name ?? ""} />
    );
  return <DrawnPortrait {...props} />;
}
function DrawnPortrait({ seed, size = 48, name }: PortraitProps): ReactNode {
  const n = seed_of(seed);
  const skin = pick(skins, n, 3);
  const hair = pick(hairs, n, 7);
  const wanted = /:(f|m)$/.exec(seed)?.[1];
  const styles = wanted === "f" ? [1, 3, 4] : wanted === "m" ? [0, 2] : [0, 1, 2, 3, 4];
  const style = pick(styles, n, 11);
  const glasses = (n >>> 17) % 4 === 0;
  const beard = wanted !== "f" && (style === 0 || style === 2) && (n >>> 19) % 3 === 0;
  const label = name ? { role: "img", "aria-label": name } : { "aria-hidden": true };
  return (
    <svg className="portrait" width={size} height={size} viewBox="0 0 100 100" {...label}>
      <rect width="100" height="100" fill={pick(grounds, n, 21)} />
      <path d="M12 104c2-22 16-31 38-31s36 9 38 31z" fill={pick(clothes, n, 13)} />
      <path d="M41 60h18v16c-3 6-15 6-18 0z" fill={skin} style={{ filter: "brightness(0.9)" }} />
      <ellipse cx="50" cy="44" rx="20" ry="25" fill={skin} />
      {beard && <path d="M30 48c1 15 8 23 20 23s19-8 20-23c-3 8-8 10-20 10s-17-2-20-10z" fill={hair} />}
      <Hair style={style} colour={style === 4 ? pick(clothes, n, 25) : hair} />
      <circle cx="42.5" cy="45" r="2.1" fill="#20181a" />
      <circle cx="57.5" cy="45" r="2.1" fill="#20181a" />
      <path d="M38 39.500q4-2.5 8 0M54 39.500q4-2.5 8 0" stroke={hair} strokeWidth="1.8" fill="none" strokeLinecap="round" />
      <path d="M50 46v7h-2.5" stroke="#00000038" strokeWidth="1.6" fill="none" strokeLinecap="round" />
      <path d="M44.5 58.500q5.5 3.2 11 0" stroke="#7a3530" strokeWidth="1.9" fill="none" strokeLinecap="round" />
      {glasses && (
        <path
          d="M36 45a6 6 0 1 0 12 0 6 6 0 1 0-12 0zm16 0a6 6 0 1 0 12 0 6 6 0 1 0-12 0zm-4 0h4"
          stroke="#2c3338"
          strokeWidth="1.5"
          fill="none"
        />
      )}
    </svg>
  );
}
