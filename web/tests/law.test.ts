import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ComputedDate, DateStep, Law } from "../src/agreements/law.ts";
import {
  asked_case,
  next_kinds,
  read_address,
  read_events,
  write_address,
  write_events,
} from "../src/agreements/simulation.ts";
import { weekend_days } from "../src/agreements/left_out.ts";
import { holidays_of, strip_of } from "../src/agreements/strip.ts";
import { weekday } from "../src/language/dates.ts";
import { group_of, group_order, sections_of, section_named } from "../src/agreements/words.ts";
import { set_messages, t } from "../src/language/label.ts";

const words = (language: string): Record<string, string> =>
  Object.assign(
    {},
    ...["web", "clock", "agreements"].map((area) =>
      JSON.parse(readFileSync(join(import.meta.dirname, `../../data/languages/${area}.${language}.json`), "utf8")),
    ),
  ) as Record<string, string>;
const step_of = (from: string, to: string, part: Partial<DateStep> = {}): DateStep => ({
  kind: "count",
  unit: "working_day",
  count: 1,
  from,
  to,
  days: 1,
  weekend_days: 0,
  weekend: [],
  stopped_days: 0,
  skipped: [],
  clause: "X art. 1",
  confidence: "P",
  text: "",
  ...part,
});
const date_of = (from: string, due: string, part: Partial<ComputedDate>): ComputedDate => ({
  kind: "reply_standard",
  label: "Reply",
  due,
  clause: "art. 1",
  confidence: "P",
  value_confidence: "P",
  start_confidence: "P",
  acting: "UTO",
  acting_name: "Utopia",
  zone: "UTC",
  start: { event: "receipt", on: from },
  state: "open",
  trail: [],
  steps: [],
  stops: [],
  sentence: "",
  warnings: [],
  ...part,
});

test("the days of the week are counted from Monday", () => {
  assert.equal(weekday("2026-11-23"), 1);
  assert.equal(weekday("2026-11-22"), 7);
  assert.equal(weekday("1969-12-31"), 3);
});

test("a step leaves out its weekend: after the day it counts from, the last day itself where it was moved, also counted back", () => {
  const weekend = [5, 6];
  // 2026-12-10 is a Thursday.
  assert.deepEqual(weekend_days(step_of("2026-12-10", "2026-12-17", { weekend })), ["2026-12-11", "2026-12-12"]);
  assert.deepEqual(weekend_days(step_of("2026-12-11", "2026-12-13", { weekend })), ["2026-12-12"]);
  assert.deepEqual(weekend_days(step_of("2026-12-11", "2026-12-13", { weekend, kind: "end_moved" })), [
    "2026-12-11",
    "2026-12-12",
  ]);
  assert.deepEqual(weekend_days(step_of("2026-12-14", "2026-12-10", { weekend, kind: "count_back" })), [
    "2026-12-11",
    "2026-12-12",
  ]);
  assert.deepEqual(weekend_days(step_of("2026-12-10", "2026-12-17")), []);
});

const christmas = (state: string): DateStep["skipped"][number] => ({
  day: "2026-12-25",
  name: "Christmas Day",
  calendar: state.slice(0, 3).toUpperCase(),
  state,
  certain: true,
});
test("a holiday of two States is told with both", () => {
  const steps = [step_of("2026-12-20", "2026-12-30", { skipped: [christmas("Utopia"), christmas("Arcadia")] })];
  assert.deepEqual([...holidays_of(steps)], [["2026-12-25", ["Christmas Day (Utopia)", "Christmas Day (Arcadia)"]]]);
});

test("working days are numbered past weekends and holidays up to the last one", () => {
  const steps = [step_of("2026-12-23", "2026-12-31", { weekend: [6, 7], skipped: [christmas("Utopia")] })];
  const strip = strip_of({
    date: date_of("2026-12-23", "2026-12-31", { steps }),
    unit: "working_day",
    due_before: null,
  });
  assert.deepEqual(
    strip?.days.map((day) => [day.kind, day.count]),
    [
      ["start", 0],
      ["counted", 1],
      ["holiday", 0],
      ["weekend", 0],
      ["weekend", 0],
      ["counted", 2],
      ["counted", 3],
      ["counted", 4],
      ["due", 5],
    ],
  );
});

test("while documents are awaited no day counts; a term counted back ends before its start", () => {
  const paused = strip_of({
    date: date_of("2026-12-10", "2026-12-22", {
      steps: [step_of("2026-12-10", "2026-12-22", { unit: "calendar_day", count: 10, stopped_days: 2 })],
      stops: [{ why: "document_request", from: "2026-12-14", until: "2026-12-16" }],
    }),
    unit: "calendar_day",
    due_before: null,
  });
  assert.deepEqual(
    paused?.days.filter((day) => day.kind === "pause").map((day) => day.day),
    ["2026-12-15", "2026-12-16"],
  );
  assert.equal(paused?.days.at(-1)?.count, 10);
  const back = strip_of({
    date: date_of("2026-03-02", "2026-02-25", {
      steps: [step_of("2026-03-02", "2026-02-25", { kind: "count_back", count: 3, weekend: [6, 7] })],
    }),
    unit: "working_day",
    due_before: null,
  });
  assert.equal(back?.days[0]?.kind, "due");
  assert.equal(back?.days[0]?.count, 3);
  assert.equal(back?.days.at(-1)?.kind, "start");
});

test("what is chosen in the simulator comes back from its address; what cannot be read is left out", () => {
  const view = {
    agreement: { code: "X" },
    rules: [{ key: "reply_standard", value: 30, start: "receipt", unit: "calendar_day" }],
  } as unknown as Law;
  const chosen = {
    agreement: "X",
    clock: "reply_standard",
    requested: "UTO",
    person: "stateless",
    events: [
      { type: "receipt", at: "2026-12-10" },
      { type: "extension", at: "2026-12-20", days: 10 },
      { type: "answer", at: "" },
    ],
  };
  assert.deepEqual(read_address(new URLSearchParams(write_address(chosen)), view, "2026-01-01"), chosen);
  assert.deepEqual(read_events("receipt:2026-02-30,nothing:2026-01-01,extension:2026-01-02:-4"), [
    { type: "receipt", at: "" },
    { type: "extension", at: "2026-01-02" },
  ]);
  assert.deepEqual(asked_case(chosen).events.length, 2);
  assert.deepEqual(asked_case(chosen, "extension").events, [{ type: "receipt", at: "2026-12-10" }]);
  assert.equal(asked_case({ ...chosen, clock: "accel_reply" }).procedure, "accelerated");
  assert.equal("travelling" in asked_case(chosen), false);
  const counted = { ...chosen, persons: 3, travelling: 0 };
  assert.deepEqual(read_address(new URLSearchParams(write_address(counted)), view, "2026-01-01"), counted);
  assert.equal(asked_case(counted).travelling, 0);
  for (const wrong of ["persons=0", "persons=-1", "persons=x", "travelling=1.5", "travelling="])
    assert.deepEqual(Object.keys(read_address(new URLSearchParams(`agreement=X&${wrong}`), view, "2026-01-01")).sort(), [
      "agreement",
      "clock",
      "events",
      "person",
      "requested",
    ]);
});

test("every rule of the labels has a group that is shown", () => {
  set_messages("es", words("es"));
  for (const key of Object.keys(words("en")).filter((each) => each.startsWith("agreements.rule."))) {
    const group = group_of(key.slice("agreements.rule.".length));
    assert.ok(group_order.includes(group), key);
    assert.ok(!t(`web.law.group.${group}`).startsWith("["), group);
  }
});

test("the summary that a jurist signs is read in sections, and broken lines are one again", () => {
  set_messages("en", words("en"));
  const golden = join(import.meta.dirname, "../../tests/golden/agreements/CH-AZ.en.txt");
  const sections = sections_of(readFileSync(golden, "utf8"));
  const rules = section_named(sections, "rules");
  const renewal = rules?.lines.find((line) => line.text.startsWith("Renewal of the travel document: "));
  assert.match(renewal?.text ?? "", /\(text read; the start of the term is not in the source\)$/);
  const examples = section_named(sections, "examples")?.lines ?? [];
  assert.equal(examples.filter((line) => !line.deep).length, examples.filter((line) => line.deep).length);
});

test("an extension has days or a last day, and nothing else has either", () => {
  const text = "receipt:2027-03-01,extension:2027-03-20:2027-05-01,submit_extension:2027-03-02:30,answer:2027-03-03:9";
  const events = read_events(text);
  assert.deepEqual(events[1], { type: "extension", at: "2027-03-20", until: "2027-05-01" });
  assert.deepEqual(events[2], { type: "submit_extension", at: "2027-03-02", days: 30 });
  assert.equal(read_events("receipt:2027-03-01:2027-05-01")[0]?.until, undefined);
  assert.ok(write_events(events).includes("extension:2027-03-20:2027-05-01"));
  const asked = asked_case({ agreement: "X", clock: "reply_standard", requested: "", person: "", events });
  assert.deepEqual(asked.events[1], { type: "extension", at: "2027-03-20", until: "2027-05-01" });
  assert.deepEqual(asked.events[3], { type: "answer", at: "2027-03-03" });
});

test("what was asked for is answered, what stands still goes on, and a transit is consented to", () => {
  const kinds = (text: string, starts = "receipt"): string[] => next_kinds(read_events(text), starts);
  assert.deepEqual(kinds("receipt:2027-03-01"), ["document_request", "extension", "suspension", "acceptance"]);
  assert.equal(kinds("receipt:2027-03-01,document_request:2027-03-02")[0], "answer");
  assert.equal(kinds("receipt:2027-03-01,document_request:2027-03-02,answer:2027-03-03")[0], "document_request");
  assert.equal(kinds("receipt:2027-03-01,suspension:2027-03-02")[2], "lifting");
  assert.equal(kinds("transit_request:2027-03-01", "transit_request")[3], "transit_consent");
});
