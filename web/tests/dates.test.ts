import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add_days,
  day_in_zone,
  days_between,
  is_day,
  is_partial_day,
  show_day,
  show_days_left,
  tone_of,
} from "../src/language/dates.ts";
import { set_messages } from "../src/language/label.ts";
import { fault_of, parts_of, text_of_parts } from "../src/forms/partial_date.ts";
import { days_left_out } from "../src/cases/Deadline.tsx";

test("days are added over months, years and leap days", () => {
  for (const [day, days, result] of [
    ["2031-02-28", 1, "2031-03-01"],
    ["2032-02-28", 1, "2032-02-29"],
    ["2030-12-31", 1, "2031-01-01"],
    ["2031-03-01", -1, "2031-02-28"],
  ] as const)
    assert.equal(add_days(day, days), result);
  assert.equal(days_between("2031-01-31", "2031-03-03"), 31);
});
test("a day that the calendar does not have is no day", () => {
  for (const text of ["2031-02-30", "2031-13-01", "2031-1-1", "31-01-2031", ""]) assert.equal(is_day(text), false, text);
  for (const text of ["1987", "1987-03", "1987-03-12"]) assert.equal(is_partial_day(text), true, text);
  for (const text of ["87", "1987-13", "1987-00", "1987-02-29"]) assert.equal(is_partial_day(text), false, text);
});
test("a partial date keeps exactly what is known, there and back", () => {
  for (const text of ["1987", "1987-03", "1987-03-09", ""]) assert.equal(text_of_parts(parts_of(text)), text);
  assert.equal(fault_of({ day: "", month: "3", year: "" }), "year_missing");
  assert.equal(fault_of({ day: "9", month: "", year: "1987" }), "month_missing");
  assert.equal(fault_of({ day: "31", month: "2", year: "1987" }), "not_a_date");
  assert.equal(fault_of({ day: "", month: "", year: "1987" }), null);
});
test("a deadline is said in the tone of its nearness", () => {
  assert.deepEqual([-1, 0, 2, 3, 7, 8].map(tone_of), ["late", "soon", "soon", "near", "near", "calm"]);
  set_messages("en", {
    "web.deadline.left": "{days, plural, one {# day left} other {# days left}}",
    "web.deadline.today": "due today",
    "web.deadline.overdue": "{days, plural, one {# day overdue} other {# days overdue}}",
  });
  assert.deepEqual([1, 5, 0, -1].map(show_days_left), ["1 day left", "5 days left", "due today", "1 day overdue"]);
});
test("days are written in the language of the reader", () => {
  set_messages("en", {});
  assert.equal(show_day("2031-03-12"), "12 Mar 2031");
  set_messages("es", {});
  assert.equal(show_day("2031-03-12"), "12 mar 2031");
  assert.equal(show_day(null), "—");
});
test("weekends, holidays and the time in which the clock stood still are left out of the drawing, each with its reason", () => {
  set_messages("en", { "web.deadline.weekend": "weekend", "web.deadline.stood_still": "stood still" });
  const step = { text: "", clause: "", confidence: "P", days: 0, holidays: [], weekend: [] };
  const found = days_left_out({
    // 2031-03-07 is a Friday; Wednesday is a holiday, and so is the last day, which is moved.
    trail: [
      {
        ...step,
        step: "count",
        from: "2031-03-07",
        to: "2031-03-14",
        holidays: [{ day: "2031-03-12", name: "Day of the River" }],
        weekend: [6, 7],
      },
      {
        ...step,
        step: "end_moved",
        from: "2031-03-14",
        to: "2031-03-17",
        holidays: [{ day: "2031-03-14", name: "Day of the Lake" }],
        weekend: [6, 7],
      },
    ],
    stops: [{ from: "2031-03-09", until: "2031-03-10", why: "suspension" }],
  });
  assert.deepEqual(
    [...found],
    [
      ["2031-03-08", "weekend"],
      ["2031-03-09", "weekend"],
      ["2031-03-10", "stood still"],
      ["2031-03-12", "Day of the River"],
      ["2031-03-14", "Day of the Lake"],
      ["2031-03-15", "weekend"],
      ["2031-03-16", "weekend"],
    ],
  );
});

test("the day is that of the office, not that of Greenwich", () => {
  assert.equal(day_in_zone("2026-11-22T23:45:00Z", "Europe/Zurich"), "2026-11-23");
  assert.equal(day_in_zone("2026-12-01T03:00:00Z", "America/Guatemala"), "2026-11-30");
  assert.equal(day_in_zone("2026-12-01T12:00:00.123Z", "UTC"), "2026-12-01");
});
