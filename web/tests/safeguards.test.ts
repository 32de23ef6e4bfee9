import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { body_of_gate, fresh_draft, is_decided, parts_of_gate } from "../src/cases/GateFields.tsx";
import { hours_left, override_hours, read_basis } from "../src/safeguards/norms.ts";
import { by_stage, count_states, phase_of, shown_state } from "../src/safeguards/order.ts";
import type { Safeguard, SafeguardFile } from "../src/safeguards/read.ts";

const gate = (code: string, more: Partial<Safeguard>): Safeguard =>
  ({ gate: code, stages: ["Always"], asked: "now", state: "open", blocks: false, ...more }) as Safeguard;
const file = (gates: Safeguard[], stage = "pre_departure"): SafeguardFile => ({ gates, stage }) as SafeguardFile;

test("every key of the safeguards written in the source has words in both languages, and none is left over", () => {
  const folder = join(import.meta.dirname, "../src");
  const files = [
    ...readdirSync(join(folder, "safeguards"))
      .filter((name) => name.endsWith("ts") || name.endsWith("tsx"))
      .map((name) => join(folder, "safeguards", name)),
    ...["GateDialog.tsx", "GateFields.tsx"].map((name) => join(folder, "cases", name)),
  ];
  const source = files.map((name) => readFileSync(name, "utf8")).join("\n");
  const used = new Set([...source.matchAll(/"(safeguards\.[a-zA-Z0-9_.]+)"/g)].map((found) => found[1] ?? ""));
  const starts = [...source.matchAll(/`(safeguards\.[a-zA-Z0-9_.]*)\$\{/g)].map((found) => found[1] ?? "");
  assert.ok(used.size > 100);
  for (const language of ["en", "es"]) {
    const path = join(import.meta.dirname, `../../data/languages/safeguards.${language}.json`);
    const labels = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    assert.deepEqual(
      [...used].filter((key) => !(key in labels)),
      [],
    );
    const spare = Object.keys(labels).filter((key) => !used.has(key) && !starts.some((start) => key.startsWith(start)));
    assert.deepEqual(spare, []);
    for (const start of starts)
      assert.ok(
        Object.keys(labels).some((key) => key.startsWith(start)),
        start,
      );
  }
});

test("a safeguard of a later step is not open yet, and after the end it is not asked any more", () => {
  const now = gate("G18", {});
  const later = gate("G22", { asked: "later" });
  assert.equal(shown_state(file([]), now), "open");
  assert.equal(shown_state(file([]), later), "later");
  assert.equal(shown_state(file([], ""), now), "resting");
  assert.equal(shown_state(file([]), gate("G26", { state: "overridden" })), "overridden");
  assert.deepEqual(count_states(file([now, later, gate("G01", { state: "closed" })])), [
    ["open", 1],
    ["later", 1],
    ["closed", 1],
  ]);
});

test("each safeguard stands once, under the first stage that asks for it", () => {
  const gates = [
    gate("G01", { stages: ["First", "Third"] }),
    gate("G12", { stages: ["Second"] }),
    gate("G02", { stages: ["First"] }),
  ];
  assert.deepEqual(
    by_stage(gates).map((group) => [group.stage, group.gates.map((one) => one.gate)]),
    [
      ["First", ["G01", "G02"]],
      ["Second", ["G12"]],
    ],
  );
});

test("the hours of a plan: early, check, boarding, over", () => {
  const plan = {
    departs_at: "2026-11-30T17:00:00.000Z",
    charter: false,
    place: null,
    check_from: "2026-11-27T17:00:00.000Z",
    depart_from: "2026-11-30T11:00:00.000Z",
    depart_until: "2026-11-30T23:00:00.000Z",
  };
  const at = (instant: string): string => phase_of(plan, Date.parse(instant));
  assert.equal(phase_of(null, 0), "none");
  assert.equal(at("2026-11-27T16:59:59.999Z"), "early");
  assert.equal(at("2026-11-27T17:00:00.000Z"), "check");
  assert.equal(at("2026-11-30T11:00:00.000Z"), "boarding");
  assert.equal(at("2026-11-30T23:00:00.000Z"), "boarding");
  assert.equal(at("2026-11-30T23:00:00.001Z"), "over");
});

test("the signatures of an override end after the hours of the data; a basis says how sure it is", () => {
  assert.equal(override_hours, 72);
  const signed = "2026-11-22T10:00:00.000Z";
  assert.equal(hours_left(signed, Date.parse(signed)), 72);
  assert.equal(hours_left(signed, Date.parse("2026-11-22T10:00:01.000Z")), 71);
  assert.equal(hours_left(signed, Date.parse("2026-12-22T10:00:00.000Z")), 0);
  assert.deepEqual(read_basis("CRC art. 9 (?)"), { text: "CRC art. 9", confidence: "unverified" });
  assert.deepEqual(read_basis("CH-AZ 2016 art. 14"), { text: "CH-AZ 2016 art. 14", confidence: "P" });
  assert.equal(read_basis("A basis that a State has added").confidence, null);
});

test("a decision begins again: an old check is asked anew, what only an act writes is not asked", () => {
  const part = (code: string, type: string, value: string | null, required = true) => ({
    ...{ code, type, value, required },
    label: code,
    options: [],
  });
  const shown = {
    gate: "G02",
    may_be_satisfied: true,
    evidence: [
      part("status_token", "text", "ST-1"),
      part("checked_on", "date", "2026-11-01"),
      part("checked_at", "instant", null, false),
      part("withdrawn_on", "date", null, false),
    ],
  };
  assert.deepEqual(
    parts_of_gate(shown).map((one) => one.code),
    ["status_token", "checked_on"],
  );
  const draft = fresh_draft(shown, "2026-11-22");
  assert.deepEqual(draft.evidence, { status_token: "", checked_on: "2026-11-22" });
  assert.equal(is_decided(shown, { ...draft, outcome: "closed" }), false);
  const said = { ...draft, outcome: "closed", evidence: { ...draft.evidence, status_token: "ST-2" } };
  assert.equal(is_decided(shown, said), true);
  assert.deepEqual(body_of_gate(said), { status: "closed", evidence: { status_token: "ST-2", checked_on: "2026-11-22" } });
  assert.equal(is_decided(shown, { ...draft, outcome: "failed" }), false);
});
