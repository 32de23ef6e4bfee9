/** The judgement on this device: the same engines as on the server, with the trust list that is kept here. */
import program_address from "../../verifier/out/verifier.wasm?url";
import { read_trust } from "./trust.ts";
import type { Judgement, Presented, TrustedState, Verifier } from "./verifier.ts";
import { word } from "./words.ts";

export interface Check {
  check: string;
  ok: boolean;
  text: string;
}
/** As POST /api/verifications answers it. */
export interface Verdict {
  verdict: string;
  title: string;
  advice: string;
  number: string | null;
  name: string | null;
  birth: string | null;
  issuing_state: string | null;
  expires_on: string | null;
  fields_are_sealed: boolean;
  checks: Check[];
  not_made: Check[];
}
export interface Trust {
  states: TrustedState[];
  is_fresh: boolean;
}
export interface Judge {
  trust: Trust;
  /** Null when this device could not judge: the server has to. */
  judge(presented: Omit<Presented, "today">): Verdict | null;
}

export const today = (): string => new Date().toISOString().slice(0, 10);

function view_of(judgement: Judgement): Verdict {
  const advice = [word(`documents.advice.${judgement.verdict}`)];
  if (judgement.is_trust_stale) advice.push(word("documents.trust_is_stale", { days: String(judgement.trust_age_days) }));
  if (judgement.is_clock_doubtful) advice.push(word("documents.clock_is_wrong"));
  const steps = judgement.steps.map((step) => ({
    check: step.step,
    ok: step.outcome === "passed",
    text: word(`documents.step.${step.step}.${step.outcome}`),
    is_made: step.outcome !== "not_done",
  }));
  return {
    verdict: judgement.verdict,
    title: word(`documents.verdict.${judgement.verdict}`),
    advice: advice.join(" "),
    ...{ number: null, name: null, birth: null, issuing_state: null, expires_on: null, ...judgement.fields },
    fields_are_sealed: judgement.fields_are_sealed,
    checks: steps.filter((step) => step.is_made),
    not_made: steps.filter((step) => !step.is_made),
  };
}

/** Null when the browser has no WebAssembly, or nothing is known of any State: then only the server can judge. */
export async function prepare_judge(): Promise<Judge | null> {
  try {
    const [{ start_verifier }, program, given] = await Promise.all([
      import("./verifier.ts"),
      fetch(program_address).then((response) => response.arrayBuffer()),
      read_trust(),
    ]);
    if (!given) return null;
    const module = await WebAssembly.compile(program);
    let verifier: Verifier = await start_verifier(module);
    const taken = verifier.take_trust(given.bundle);
    if ("refused" in taken) return null;
    const restart = async (): Promise<void> => {
      verifier = await start_verifier(module);
      verifier.take_trust(given.bundle);
    };
    return {
      trust: { states: taken.states, is_fresh: given.is_fresh },
      judge: (presented) => {
        try {
          const answer = verifier.judge({ ...presented, today: today() });
          return "refused" in answer ? null : view_of(answer);
        } catch {
          void restart(); // the program ended itself on what it was given
          return null;
        }
      },
    };
  } catch {
    return null;
  }
}
