import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rule_words } from "../src/api/adapt_norms.ts";
import { fault_of } from "../src/forms/partial_date.ts";
import { set_messages } from "../src/language/label.ts";
import { gaps_of, is_releasable, own_gates, waits_here } from "../src/screening/desk.ts";
import type { CaseView, FormView, GateView } from "../src/api/types.ts";

const words = (area: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../data/languages/${area}.${language}.json`), "utf8")) as Record<
    string,
    string
  >;

test("a rule is told in words: an amount in its unit, a code by its label", () => {
  for (const [language, value, unit, code, said] of [
    ["en", "30", "calendar_day", "", "30 calendar days"],
    ["en", "1", "month", "", "1 month"],
    ["es", "5", "working_day", "", "5 días hábiles"],
    ["en", "", "none", "deemed_agreed", "silence is consent"],
    ["en", "", "none", "never_heard_of", "Never heard of"],
    ["en", "", "none", "", ""],
  ] as const) {
    set_messages(language, { ...words("web", language), ...words("agreements", language) });
    assert.equal(rule_words(value, unit, code), said);
  }
});

test("a full date is needed where a part of it is not enough", () => {
  const year = { day: "", month: "", year: "1987" };
  assert.equal(fault_of(year), null);
  assert.equal(fault_of(year, false), "day_missing");
  assert.equal(fault_of({ day: "31", month: "2", year: "1987" }, false), "not_a_date");
  assert.equal(fault_of({ day: "", month: "", year: "" }, false), null);
});

const gate = (part: Partial<GateView>): GateView =>
  ({ gate: "G01", state: "open", blocks: true, may_decide: true, ...part }) as GateView;
const file = (part: Partial<CaseView>): CaseView =>
  ({ id: "a", reference: "XAR-1", state: "screening", content: {}, gates: [], actions: [], ...part }) as unknown as CaseView;
const form = {
  form: "application",
  version: 1,
  shape: [],
  section: [
    { code: "header", field: [{ code: "reference", type: "text", required_when: ["release"] }] },
    {
      code: "internal",
      field: [
        { code: "decision", type: "text", required_when: ["release"] },
        { code: "authority", type: "text", required: true, system: true },
      ],
    },
  ],
} as unknown as FormView;

test("the desk brings a file only to the person for whom it waits", () => {
  for (const [name, view, stop, waits] of [
    ["a safeguard of theirs", file({ gates: [gate({})] }), "screening", true],
    ["another's safeguard", file({ gates: [gate({ may_decide: false })] }), "screening", false],
    ["a decided one", file({ gates: [gate({ state: "closed" })] }), "screening", false],
    ["another state", file({ state: "submitted", gates: [gate({})] }), "screening", false],
    ["a draft with a gap", file({ state: "draft" }), "draft", true],
    ["a full draft that may not be sent", file({ state: "draft", content: { internal: { decision: "7" } } }), "draft", false],
  ] as const)
    assert.equal(waits_here(view, stop, form, "UTO"), waits, name);
});
test("the own reference is no gap, and what the system fills in is none", () => {
  assert.deepEqual(
    gaps_of(file({}), form, "UTO").map((gap) => gap.field.code),
    ["decision"],
  );
});
test("a file is releasable when nothing that blocks is open and the release is allowed", () => {
  const release = { action: "release", allowed: true, refused_why: null };
  assert.ok(is_releasable(file({ gates: [gate({ state: "closed" })], actions: [release] })));
  assert.ok(!is_releasable(file({ gates: [gate({})], actions: [release] })));
  assert.ok(!is_releasable(file({ actions: [{ ...release, allowed: false }] })));
  assert.equal(own_gates(file({ gates: [gate({}), gate({ blocks: false })] })).length, 1);
});
