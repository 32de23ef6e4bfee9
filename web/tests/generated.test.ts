// The generated types are those of the description of the API that is kept in tests/golden.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import openapiTS, { astToString } from "openapi-typescript";

const description = new URL("../../tests/golden/openapi.json", import.meta.url);
const generated = new URL("../src/api/generated/schema.ts", import.meta.url);

test("src/api/generated/schema.ts is up to date with tests/golden/openapi.json (npm run generate)", async () => {
  const made = astToString(await openapiTS(description));
  const kept = await readFile(generated, "utf8");
  assert.ok(kept.endsWith(made), "run npm run generate in web/ and commit src/api/generated/schema.ts");
});
