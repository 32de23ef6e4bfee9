/** The verifier of the browser is held by the same vectors as the engines on the server. `npm test` builds it first. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { start_verifier } from "../src/verify/verifier.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string): any => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const vectors = read("tests/golden/seal/vds_vectors.json");
const program = new WebAssembly.Module(readFileSync(new URL("web/verifier/out/verifier.wasm", root)));
const verifier = await start_verifier(program);

const as_hex = (base64: string): string => Buffer.from(base64, "base64").toString("hex");
const certificates = new Map<string, string>(vectors.certificates.map((one: any) => [one.id, as_hex(one.der_base64)]));
const lists = vectors.crl.map((one: any) => as_hex(one.der_base64));
const signers = [...certificates].filter(([id]) => id.startsWith("bcs_")).map(([, der]) => der);
const authorities = [certificates.get("csca")];
const trust = { signers, authorities, lists };
const judged = (question: object) => {
  const answer = verifier.judge_case({ ...trust, ...question });
  assert.ok("status" in answer, JSON.stringify(answer));
  return answer;
};
const question_of = (row: any) => ({
  today: row.validation_time,
  code: row.seal_hex.toLowerCase(),
  printed: row.printed_mrz.join("\n"),
});

test("every case of the policy gets the status and sub-indication of the norm", () => {
  assert.equal(vectors.etd_validation_policy.length, 22);
  for (const row of vectors.etd_validation_policy) {
    const answer = judged(question_of(row));
    assert.equal(answer.status, row.expected_status, `${row.id}: ${answer.detail}`);
    assert.equal(answer.indication, row.expected_sub_indication ?? "", row.id);
  }
});

test("no bit of a seal can be turned without being noticed", () => {
  const row = vectors.etd_validation_policy.find((one: any) => one.id === "etd-valid");
  const seal = Buffer.from(row.seal_hex, "hex");
  for (let bit = 0; bit < seal.length * 8; bit += 7) {
    const turned = Buffer.from(seal);
    turned[bit >> 3]! ^= 1 << (bit & 7);
    const answer = judged({ ...question_of(row), code: turned.toString("hex") });
    assert.equal(answer.status, "INVALID", `bit ${bit}`);
  }
});

test("datastructures and seals as JSON are opened, and their signatures judged", () => {
  for (const row of vectors.idb) {
    const signer = certificates.get(row.signer_certificate);
    const code = Buffer.from(row.raw_string).toString("hex");
    const answer = judged({ today: "2025-01-01", code, signers: [signer], authorities: [], any: true });
    // Its authority is not among the vectors: it comes as far as the certificate, which means that it was opened and named it.
    assert.equal(
      answer.indication,
      row.decoded.signed ? "UNTRUSTED_CERTIFICATE" : "WRONG_FORMAT",
      `${row.id}: ${answer.detail}`,
    );
  }
  for (const row of vectors.vds_nc) {
    const code = Buffer.from(JSON.stringify(row.json)).toString("hex");
    assert.equal(judged({ today: "2025-01-01", code, any: true }).indication, "UNTRUSTED_CERTIFICATE", row.id);
  }
});

test("what is no bundle, no code and no question is refused in an answer", () => {
  for (const text of ["", "{}", "[1]", '{"format":"rcms-trust-1"}', "\u0000"])
    assert.ok("refused" in verifier.take_trust(text));
  assert.ok("refused" in verifier.judge({ today: "2031-01-01", typed: "x" }), "before any trust was taken");
  assert.deepEqual(verifier.take_trust('{"format":"rcms-trust-1","parts":[]}'), { states: [] });
  assert.ok("refused" in verifier.judge({ today: "2031-02-30", typed: "x" }));
  for (const [codes, verdict] of [
    [[], "unreadable"],
    [["dc"], "not_genuine"],
    [["dc03".padEnd(5906, "0")], "not_genuine"],
    [[Buffer.from("https://example.org").toString("hex")], "not_genuine"],
  ] as const) {
    const answer = verifier.judge({ today: "2031-01-01", codes: [...codes] });
    assert.equal("verdict" in answer && answer.verdict, verdict);
  }
});
