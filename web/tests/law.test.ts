import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ComputedDate, Law } from "../src/agreements/law.ts";
import { asked_case, read_address, read_events, write_address } from "../src/agreements/simulation.ts";
import { long_day, named_holidays, strip_of, weekday, weekend_count, weekend_of } from "../src/agreements/strip.ts";
import { group_of, group_order, practice_words, sections_of, section_named } from "../src/agreements/words.ts";
import { add_days } from "../src/language/dates.ts";
import { set_messages, t } from "../src/language/label.ts";

const words = (language: string): Record<string, string> =>
  Object.assign(
    {},
    ...["web", "clock", "agreements"].map((area) =>
      JSON.parse(readFileSync(join(import.meta.dirname, `../../data/languages/${area}.${language}.json`), "utf8")),
    ),
  ) as Record<string, string>;
const date_of = (from: string, due: string, sentence: string): ComputedDate => ({
  kind: "reply_standard",
  label: "Reply",
  due,
  clause: "art. 1",
  confidence: "P",
  value_confidence: "P",
  start_confidence: "P",
  acting: "UTO",
  zone: "UTC",
  start: { event: "receipt", on: from },
  state: "open",
  trail: [],
  sentence,
  warnings: [],
});
const days = (from: string, count: number): string[] => Array.from({ length: count }, (_, index) => add_days(from, index));

test("the days of the week are counted from Monday", () => {
  assert.equal(weekday("2026-11-23"), 1);
  assert.equal(weekday("2026-11-22"), 7);
  assert.equal(weekday("1969-12-31"), 3);
});

test("the weekend is that of the State, also where another would have as many days; one that does not fit is not drawn", () => {
  const from_friday = days("2026-12-11", 7);
  assert.deepEqual(weekend_of(from_friday, 2, [[5, 6]]), [5, 6]);
  assert.deepEqual(
    weekend_of(from_friday, 3, [
      [6, 7],
      [6, 7, 5],
    ]),
    [6, 7, 5],
  );
  assert.equal(weekend_of(from_friday, 3, [[6, 7]]), null);
  assert.equal(weekend_of(from_friday, 2, []), null);
});

test("holidays are found in the sentence in each language, with both calendars", () => {
  for (const [language, sentence, name] of [
    [
      "en",
      "Not counted: 2 days of weekend; Christmas Day (25 December 2026, UTO); Christmas Day (25 December 2026, XAR).",
      "Christmas Day",
    ],
    [
      "es",
      "No se cuentan: 2 días de fin de semana; Navidad (25 de diciembre de 2026, UTO); Navidad (25 de diciembre de 2026, XAR).",
      "Navidad",
    ],
  ] as const) {
    const found = named_holidays(sentence, days("2026-12-20", 10), language);
    assert.deepEqual([...found], [["2026-12-25", [`${name} (UTO)`, `${name} (XAR)`]]]);
    set_messages(language, words(language));
    assert.equal(
      weekend_count(sentence, (count) => t("clock.skipped_weekend", { count })),
      2,
    );
  }
});

test("the number of days of weekend is not read out of a longer number", () => {
  set_messages("en", words("en"));
  const count = (sentence: string): number => weekend_count(sentence, (n) => t("clock.skipped_weekend", { count: n }));
  assert.equal(count("Due on 8 March 2027. Not counted: 18 days of weekend."), 18);
  assert.equal(count("Due on 8 March 2027."), 0);
});

test("working days are numbered past weekends and holidays up to the last one", () => {
  const sentence = "Not counted: 2 days of weekend; Christmas Day (25 December 2026, UTO).";
  const strip = strip_of({
    date: date_of("2026-12-23", "2026-12-31", sentence),
    events: [{ type: "receipt", at: "2026-12-23" }],
    unit: "working_day",
    weekend_days: 2,
    weekends: [[6, 7]],
    due_before: null,
    language: "en",
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
  const stood = `from ${long_day("2026-12-14", "en")} to ${long_day("2026-12-16", "en")}`;
  const paused = strip_of({
    date: date_of("2026-12-10", "2026-12-22", `The clock stood still for 2 days, ${stood}.`),
    events: [
      { type: "receipt", at: "2026-12-10" },
      { type: "document_request", at: "2026-12-14" },
      { type: "answer", at: "2026-12-16" },
    ],
    unit: "calendar_day",
    weekend_days: 0,
    weekends: [[6, 7]],
    due_before: null,
    language: "en",
  });
  assert.deepEqual(
    paused?.days.filter((day) => day.kind === "pause").map((day) => day.day),
    ["2026-12-15", "2026-12-16"],
  );
  assert.equal(paused?.days.at(-1)?.count, 10);
  const back = strip_of({
    date: date_of("2026-03-02", "2026-02-25", "2 days of weekend"),
    events: [],
    unit: "working_day",
    weekend_days: 2,
    weekends: [[6, 7]],
    due_before: null,
    language: "en",
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
});

test("every rule of the labels has a group that is shown, and a practice is told in the language of the reader", () => {
  set_messages("es", words("es"));
  for (const key of Object.keys(words("en")).filter((each) => each.startsWith("agreements.rule."))) {
    const group = group_of(key.slice("agreements.rule.".length));
    assert.ok(group_order.includes(group), key);
    assert.ok(!t(`web.law.group.${group}`).startsWith("["), group);
  }
  assert.equal(practice_words("1 month"), "1 mes");
  assert.equal(practice_words("no in-person presentation "), "no in-person presentation");
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
