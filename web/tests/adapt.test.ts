import assert from "node:assert/strict";
import { test } from "node:test";
import { preview_of, record_of, row_of, timeline_of } from "../src/api/adapt.ts";
import { body_of } from "../src/cases/actions.ts";
import { form_of } from "../src/forms/definition.ts";

test("a row of the server becomes a row of the list", () => {
  const row = row_of({
    id: "1",
    reference: "XAR-1",
    partner_reference: "UTO-1",
    side: "requested",
    owner: { id: "o", name: "Anna" },
    person: { name: "AMARIN, Tesfa", name_original: null, birth: "1987" },
    next_due_on: "2031-03-15",
    next_due_kind: "reply",
    days_left: 3,
    days_waiting: 2,
    revision: 4,
  });
  assert.equal(row.name, "AMARIN, Tesfa");
  assert.equal(row.assignee, "Anna");
  assert.deepEqual(row.next_deadline, { kind: "reply", due_on: "2031-03-15", days_left: 3 });
  assert.equal(row.counterpart_reference, "UTO-1");
});
test("a file of the server keeps who decided a gate, its evidence and whether it blocks", () => {
  const view = record_of(
    {
      gates: [
        {
          gate: "G01",
          kind: "block",
          state: "closed",
          by: { id: "s", name: "Serge" },
          evidence: [{ code: "number", value: "RD-1" }],
        },
      ],
      tasks: [
        { id: "t", kind: "interview", state: "open", due_on: "2031-03-15", organisation: { id: "o", name: "Consulate" } },
      ],
      reply: { kind: "refused", reasons: [{ code: "other", label: "Other", text: "no record" }], note: null, at: "", by: null },
      requests: [{ id: "r", asked_at: "", due_on: "2031-03-20", items: [] }],
    },
    "2031-03-12",
  );
  assert.equal(view.gates[0]?.by, "Serge");
  assert.equal(view.gates[0]?.blocks, true);
  assert.equal(view.gates[0]?.paper, "RD-1");
  assert.equal(view.tasks?.[0]?.days_left, 3);
  assert.equal(view.tasks?.[0]?.organisation, "Consulate");
  assert.deepEqual(view.reply?.reasons, ["other"]);
  assert.equal(view.reply?.note, "no record");
  assert.equal(view.requests[0]?.due, "2031-03-20");
});
test("clock stops stand in the timeline in the order of time, before what is to come", () => {
  const items = timeline_of({
    entries: [
      { id: "a", when: "2031-03-01T10:00:00Z", tense: "done", action: "x", text: "" },
      { id: "b", when: "2031-03-20", tense: "to_come", action: "y", text: "" },
      { id: "c", when: "2031-03-09T10:00:00Z", tense: "done", action: "z", text: "" },
    ],
    stops: [{ from: "2031-03-03", to: "2031-03-07", reason: "documents requested" }],
  });
  assert.deepEqual(
    items.map((item) => item.id),
    ["a", "stop-0", "c", "b"],
  );
});
test("a preview with an open gate or a word found cannot be released", () => {
  const lines = [{ path: "A_person.surname", label: "Surname", leaves: true, rule: "yes", values: ["AMARIN"] }];
  assert.equal(preview_of({ hash: "h", lines, words: [], open_gates: [] }).may_release, true);
  assert.equal(preview_of({ hash: "h", lines, words: [], open_gates: ["G03"] }).refused_why, "gate_open");
  assert.equal(
    preview_of({ hash: "h", lines, words: [{ place: "F_other.observations", word: "asylum" }], open_gates: [] }).may_release,
    false,
  );
});
test("each act sends the body that its route takes", () => {
  assert.equal(body_of("acknowledgement", { note: "" }), undefined);
  assert.deepEqual(body_of("withdrawal", { code: "error", note: "n", reason: "Error: n" }), { reason: "Error: n" });
  assert.deepEqual(body_of("reply", { kind: "refused", reasons: ["other"], note: "" }), {
    kind: "refused",
    reasons: [{ code: "other" }],
  });
  assert.deepEqual(body_of("reply", { kind: "accepted", reasons: ["other"], note: "ok" }), { kind: "accepted", note: "ok" });
  assert.deepEqual(body_of("requests", { items: [{ item: "passport", language: "", note: "" }], due_on: "2031-03-20" }), {
    items: [{ item: "passport" }],
    due_on: "2031-03-20",
  });
});
test("a definition with parts inside its fields reads like one with shapes", () => {
  const form = form_of({
    form: {
      form: "a",
      version: 1,
      sections: [
        {
          code: "B",
          fields: [
            { code: "spouse", type: "record", max_length: 0, parts: [{ code: "surname", type: "text", label: "Surname" }] },
          ],
        },
      ],
    },
  });
  assert.equal(form.section[0]?.field[0]?.shape, "B.spouse");
  assert.equal(form.section[0]?.field[0]?.max_length, undefined);
  assert.equal(form.shape[0]?.field[0]?.label, "Surname");
});
