/** What is measured on the alignment page becomes the shift of a printer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shift_after, tenths_of } from "../src/documents/printer_shift.ts";

test("millimetres are read with a point or a comma, and nothing else is a number", () => {
  assert.equal(tenths_of("20"), 200);
  assert.equal(tenths_of(" 19,3 "), 193);
  assert.equal(tenths_of("19.35"), 194);
  for (const wrong of ["", "-1", "1e2", "20 mm", "1.2.3", "20,"]) assert.equal(tenths_of(wrong), null, wrong);
});

test("a cross that is printed too far left moves the page right, on top of what was corrected before", () => {
  assert.deepEqual(shift_after({ right: 0, down: 0 }, { left: "19.3", top: "20.4" }), { right: 7, down: -4 });
  assert.deepEqual(shift_after({ right: 7, down: -4 }, { left: "19,9", top: "20" }), { right: 8, down: -4 });
  assert.deepEqual(shift_after({ right: 7, down: -4 }, { left: "", top: " " }), { right: 7, down: -4 });
  assert.deepEqual(shift_after({ right: 0, down: 0 }, { left: "15.0", top: "" }), { right: 50, down: 0 });
  assert.equal(shift_after({ right: 0, down: 0 }, { left: "14.9", top: "" }), null);
  assert.equal(shift_after({ right: 45, down: 0 }, { left: "19.4", top: "" }), null);
  assert.equal(shift_after({ right: 0, down: 0 }, { left: "x", top: "20" }), null);
});
