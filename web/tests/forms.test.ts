import assert from "node:assert/strict";
import { test } from "node:test";
import type { Content } from "../src/api/types.ts";
import { any_holds, conditions_of, draft_sections, form_of, is_empty, missing_fields } from "../src/forms/definition.ts";
import { differing, drop_draft, keep_draft, kept_draft } from "../src/forms/drafts.ts";
import { put_over } from "../src/forms/useCorrection.ts";
import { differing_part } from "../src/registry/names.ts";
import { match } from "../src/shell/router.tsx";

const form = form_of({
  form: {
    form: "application",
    version: 1,
    sections: [
      {
        code: "A_person",
        fields: [
          { code: "surname", type: "text", required: true },
          { code: "maiden_name", type: "text" },
          { code: "photo", type: "file", expected: true },
        ],
      },
      {
        code: "D_evidence",
        fields: [{ code: "nationality_evidence", type: "records", required_when: ["!interview_requested"] }],
      },
      { code: "E_tcn", shown_when: ["third_country_national"], fields: [{ code: "tcn_basis", type: "code", required: true }] },
      { code: "F_other", fields: [{ code: "signature_seal", type: "text", system: true, required: true }] },
    ],
  },
});
const missing = (content: Content): string[] => {
  const holds = conditions_of(content, "UTO");
  return form.section.flatMap((section) => missing_fields(section, content, holds).map((field) => field.code));
};

test("what is missing follows from what was answered", () => {
  assert.deepEqual(missing({}), ["surname", "photo", "nationality_evidence"]);
  assert.deepEqual(missing({ header: { procedure_flags: ["interview"] }, A_person: { surname: "Amarin", photo: "f1" } }), []);
  assert.deepEqual(
    missing({
      A_person: { surname: "Amarin", photo: "f1", nationality: "XXA" },
      D_evidence: { nationality_evidence: [{ type: "passport" }] },
    }),
    ["tcn_basis"],
  );
});
test("a section is part of the form only when its condition holds", () => {
  assert.deepEqual(
    draft_sections(form, conditions_of({}, "UTO")).map((section) => section.code),
    ["A_person", "D_evidence", "F_other"],
  );
  assert.equal(any_holds(["!a"], new Set(["a"])), false);
  assert.equal(any_holds(["!a", "b"], new Set(["a", "b"])), true);
  assert.equal(any_holds(undefined, new Set()), false);
});
test("a record of empty parts is empty, a zero is not", () => {
  assert.equal(is_empty({ a: "", b: [] }), true);
  assert.equal(is_empty({ a: "x" }), false);
  assert.equal(is_empty(0), false);
  assert.equal(is_empty(false), true);
});
test("a draft is kept per person and damaged ones are ignored", () => {
  const held = new Map<string, string>();
  const store = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  } as unknown as Storage;
  keep_draft("anna", "c1", { content: { A_person: { surname: "Amarin" } }, revision: 3, kept_at: "" }, store);
  assert.equal(kept_draft("anna", "c1", store)?.revision, 3);
  assert.equal(kept_draft("omar", "c1", store), null);
  held.set("rcms.draft.anna.c1", "{broken");
  assert.equal(kept_draft("anna", "c1", store), null);
  drop_draft("anna", "c1", store);
  assert.equal(held.size, 0);
});
test("two versions differ in exactly the fields that differ", () => {
  assert.deepEqual(differing({ A: { x: 1, y: [1] } }, { A: { x: 1, y: [2] }, B: { z: null } }), ["A.y"]);
});
test("only the part of a name that differs is marked", () => {
  assert.deepEqual(differing_part("Ivandor", "Ivandorr"), ["Ivandor", "", ""]);
  assert.deepEqual(differing_part("Ivandorr", "Ivandor"), ["Ivandor", "r", ""]);
  assert.deepEqual(differing_part("Tesfa", "Tesla"), ["Tes", "f", "a"]);
  assert.deepEqual(differing_part("", "x"), ["", "", ""]);
});
test("addresses are matched whole, with their names", () => {
  assert.deepEqual(match("/cases/:id/edit", "/cases/7/edit"), { id: "7" });
  assert.equal(match("/cases/:id", "/cases/7/edit"), null);
  assert.deepEqual(match("/documents/:number", "/documents/UT%2F1"), { number: "UT/1" });
});
test("a correction lies over the file as it is now, field by field", () => {
  const content = { A_person: { surname: "Torre", given_names: "Ana" }, F_other: { observations: "x" } };
  const changed = put_over(content, { A_person: { surname: "Torres" }, E_tcn: { tcn_basis: "unlawful_entry" } });
  assert.deepEqual(changed, {
    A_person: { surname: "Torres", given_names: "Ana" },
    F_other: { observations: "x" },
    E_tcn: { tcn_basis: "unlawful_entry" },
  });
  assert.deepEqual(differing(content, changed), ["A_person.surname", "E_tcn.tcn_basis"]);
  assert.equal(content.A_person.surname, "Torre");
});
