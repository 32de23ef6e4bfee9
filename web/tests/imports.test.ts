import assert from "node:assert/strict";
import { test } from "node:test";
import { form_of } from "../src/forms/definition.ts";
import { targets_of, values_of } from "../src/imports/targets.ts";

const document_parts = [
  { code: "type", type: "code", label: "Type" },
  { code: "number", type: "text", label: "Number" },
  { code: "file", type: "file", label: "File" },
];
const form = form_of({
  form: {
    form: "application",
    version: 1,
    sections: [
      {
        code: "A_person",
        fields: [
          { code: "surname", type: "text", label: "Surname", latin: true },
          { code: "photo", type: "file", label: "Photo" },
          {
            code: "last_address",
            type: "record",
            label: "Address",
            parts: [{ code: "level1", type: "text", label: "Region" }],
          },
        ],
      },
      { code: "D_evidence", fields: [{ code: "papers", type: "records", label: "Evidence", parts: document_parts }] },
      { code: "reply", fields: [{ code: "decision", type: "code", label: "Decision" }] },
    ],
  },
});
const paths = (mapped: string[]): string[] => targets_of(form, mapped).flatMap((group) => group.targets.map((one) => one.path));

test("a cell can fill the part of a record and of the first entry of a list, no file and nothing that comes later", () => {
  assert.deepEqual(paths([]), [
    "A_person.surname",
    "A_person.surname_original",
    "A_person.last_address.level1",
    "D_evidence.papers[0].type",
    "D_evidence.papers[0].number",
  ]);
});
test("every target that a mapping names is among those offered, and one entry more", () => {
  const offered = paths(["D_evidence.papers[1].number"]);
  assert.ok(offered.includes("D_evidence.papers[1].number"));
  assert.ok(offered.includes("D_evidence.papers[2].type"));
  assert.ok(!offered.includes("D_evidence.papers[3].type"));
});
test("the words that a column may hold are named, unless they are many", () => {
  const options = [
    { code: "F", label: "Female" },
    { code: "M", label: "Male" },
  ];
  const many = Array.from({ length: 40 }, (_, at) => ({ code: `C${at}`, label: `Country ${at}` }));
  const fields = [
    { code: "sex", type: "code", label: "Sex", options },
    { code: "nationality", type: "code", label: "Nationality", options: many },
    { code: "spouse", type: "record", label: "Spouse", parts: [{ code: "sex", type: "code", label: "Sex", options }] },
  ];
  const person = form_of({ form: { form: "application", version: 1, sections: [{ code: "A_person", fields }] } });
  assert.deepEqual(values_of(person, "A_person.sex"), ["Female", "Male"]);
  assert.deepEqual(values_of(person, "A_person.spouse.sex"), ["Female", "Male"]);
  assert.deepEqual(values_of(person, "A_person.nationality"), []);
});
