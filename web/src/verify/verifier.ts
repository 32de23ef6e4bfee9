/** The judgement of src/, compiled to WebAssembly (web/verifier): questions and answers as JSON. */
import { host_functions } from "./host.ts";

export interface Judgement {
  verdict: string;
  steps: { step: string; outcome: "passed" | "failed" | "not_done" }[];
  fields_are_sealed: boolean;
  indication: string;
  trust_age_days: number;
  is_trust_stale: boolean;
  is_clock_doubtful: boolean;
  fields?: Record<"number" | "name" | "birth" | "issuing_state" | "expires_on", string | null>;
}
export interface Refusal {
  refused: { why: string; field: string; detail: string };
}
export interface TrustedState {
  state: string;
  issued_on: string;
  next_update: string;
}
/** `codes` are the contents of barcodes in hexadecimal; without them `typed` is what a person or a hand scanner gave. */
export interface Presented {
  today: string;
  codes?: string[];
  typed?: string;
}
export interface Verifier {
  take_trust(bundle: string): { states: TrustedState[] } | Refusal;
  judge(presented: Presented): Judgement | Refusal;
  /** A case of the vectors, with certificates of its own; for tests. */
  judge_case(question: object): { status: string; indication: string; detail: string } | Refusal;
}

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  reserve(size: number): number;
  answer_size(): number;
  take_trust(at: number, size: number): number;
  judge(at: number, size: number): number;
  judge_case(at: number, size: number): number;
}

/** Throws when the browser cannot run WebAssembly. A call throws when the program ended itself; the next call then does so too. */
export async function start_verifier(program: WebAssembly.Module): Promise<Verifier> {
  let memory: WebAssembly.Memory | undefined;
  const ended = (): never => {
    throw new Error("the verifier ended");
  };
  const instance = await WebAssembly.instantiate(program, {
    host: host_functions(() => memory ?? ended()),
    // The program has no files, environment or output.
    wasi_snapshot_preview1: {
      environ_get: () => 0,
      environ_sizes_get: (count: number, size: number) => {
        const view = new DataView((memory ?? ended()).buffer);
        view.setUint32(count, 0, true);
        view.setUint32(size, 0, true);
        return 0;
      },
      fd_close: () => 8,
      fd_seek: () => 8,
      fd_write: () => 8,
      proc_exit: ended,
    },
  });
  const program_of = instance.exports as unknown as Exports;
  memory = program_of.memory;
  program_of._initialize();
  const call = (name: "take_trust" | "judge" | "judge_case", text: string): unknown => {
    const content = new TextEncoder().encode(text);
    const at = program_of.reserve(content.length + 1);
    if (at === 0) ended();
    new Uint8Array(program_of.memory.buffer).set(content, at >>> 0);
    const answer = program_of[name](at, content.length);
    const size = program_of.answer_size();
    return JSON.parse(new TextDecoder().decode(new Uint8Array(program_of.memory.buffer, answer >>> 0, size).slice()));
  };
  return {
    take_trust: (bundle) => call("take_trust", bundle) as { states: TrustedState[] } | Refusal,
    judge: (presented) => call("judge", JSON.stringify(presented)) as Judgement | Refusal,
    judge_case: (question) =>
      call("judge_case", JSON.stringify(question)) as { status: string; indication: string; detail: string } | Refusal,
  };
}
