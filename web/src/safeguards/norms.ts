/** What data/safeguards/gates.toml says beside the views: how sure each basis is, and how long the signatures of an override hold. */
import source from "../../../data/safeguards/gates.toml?raw";

export type Confidence = "P" | "S" | "unverified";
const known = new Map<string, Confidence>();
for (const found of source.matchAll(/\{ text = "([^"]+)", confidence = "(P|S|unverified)" \}/g))
  known.set(found[1] ?? "", found[2] as Confidence);

export const override_hours = Number(/^override_hours = (\d+)$/m.exec(source)?.[1] ?? "0");

/** The basis as the server says it: " (?)" at its end stands for a source that nobody has verified. */
export function read_basis(said: string): { text: string; confidence: Confidence | null } {
  if (said.endsWith(" (?)")) return { text: said.slice(0, -4), confidence: "unverified" };
  return { text: said, confidence: known.get(said) ?? null };
}
const hour_ms = 3_600_000;
/** Whole hours that are left of a signature, never less than none. */
export function hours_left(signed_at: string, now: number): number {
  return Math.max(0, Math.floor((Date.parse(signed_at) + override_hours * hour_ms - now) / hour_ms));
}
