import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { set_messages, t, t_first } from "../src/language/label.ts";

const root = join(import.meta.dirname, "..");
const read = (area: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(root, `../data/languages/${area}.${language}.json`), "utf8")) as Record<string, string>;
const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(folder, entry.name)) : /\.tsx?$/.test(entry.name) ? [join(folder, entry.name)] : [],
  );

test("every key written in the source has words in both languages", () => {
  const used = new Set<string>();
  for (const file of sources(join(root, "src")))
    for (const found of readFileSync(file, "utf8").matchAll(/"(web\.[a-zA-Z0-9_.]+)"/g)) used.add(found[1] ?? "");
  assert.ok(used.size > 300, `only ${used.size} keys were found`);
  for (const language of ["en", "es"]) {
    const labels = read("web", language);
    assert.deepEqual(
      [...used].filter((key) => !(key in labels)),
      [],
      language,
    );
  }
});
test("both languages have the same keys with the same arguments, and all can be formatted", () => {
  for (const area of ["web", "verify"]) {
    const [en, es] = [read(area, "en"), read(area, "es")];
    assert.deepEqual(Object.keys(en), Object.keys(es));
    const names = (text: string): string[] => {
      const found = new Set<string>();
      const walk = (parts: ReturnType<IntlMessageFormat["getAst"]>): void => {
        for (const part of parts) {
          if (part.type !== 0 && "value" in part) found.add(String(part.value));
          if ("options" in part) for (const option of Object.values(part.options)) walk(option.value);
        }
      };
      walk(new IntlMessageFormat(text, "en").getAst());
      return [...found].filter((name) => name !== "undefined").sort();
    };
    for (const [key, text] of Object.entries(en))
      assert.deepEqual(
        names(es[key] ?? ""),
        names(text).filter((name) => name !== ""),
        key,
      );
  }
});
test("an unknown key is shown in brackets, plurals follow the language", () => {
  set_messages("es", { "web.n": "{n, plural, one {# día} other {# días}}" });
  assert.equal(t("web.nowhere"), "[web.nowhere]");
  assert.equal(t("web.n", { n: 1 }), "1 día");
  assert.equal(t_first(["web.a", "web.b"], "words"), "words");
});
