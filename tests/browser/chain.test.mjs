// The whole chain through the browser against a real demo: a table becomes drafts, one goes to Utopia, comes back with a question,
// is verified and accepted, gets its travel document, which the public page verifies, and the month's report counts it.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import {
  ask,
  open_page,
  settled,
  sign_in,
  start_browser,
  start_demo,
  visit,
} from "./support.mjs";

const table = resolve(
  import.meta.dirname,
  "../../samples/forty_applications.xlsx",
);
let demo, browser, folder, page;
const story = { reference: "", id: "", number: "" };

before(
  async () => {
    demo = await start_demo();
    browser = await start_browser();
    folder = mkdtempSync(join(tmpdir(), "rcms-chain-"));
    page = await open_page(browser);
  },
  { timeout: 240_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Opens the act's dialog, fills it in, sends it and waits until it has closed. */
async function act(action, fill = async () => undefined) {
  await page.click(`[data-action="${action}"]`);
  const dialog = page.locator(".dialog");
  await dialog.waitFor();
  await fill(dialog);
  await dialog.locator(".dialog-foot .button.primary").click();
  try {
    await dialog.waitFor({ state: "detached", timeout: 10_000 });
  } catch {
    throw new Error(`${action}: ${await dialog.innerText()}`);
  }
  await settled(page);
}
const open_file = (login, side, id, section = "") =>
  sign_in(
    page,
    demo.address,
    login,
    `/${side}/${id}${section ? `?section=${section}` : ""}`,
  );
const read = async (path) => (await ask(page, "GET", path)).body;

test(
  "Arcadia imports a table of forty and finds the drafts",
  { skip: existsSync(table) ? false : "the sample table is not there" },
  async () => {
    await sign_in(page, demo.address, "anna.xar", "/cases/import");
    await page.setInputFiles('input[type="file"]', table);
    await page.waitForSelector(".mapping");
    const agreement = page.locator(".grid-3 select").first();
    if ((await agreement.inputValue()) === "")
      await agreement.selectOption({ index: 1 });
    await page.click(".button.primary.large");
    await page.waitForSelector(".import-numbers");
    assert.match(
      await page.innerText(".import-numbers li:first-child"),
      /^40\b/,
    );
    await page.click(".button.primary.large");
    await page.waitForSelector('a[href="/cases?queue=drafts"]', {
      timeout: 30_000,
    });
    await page.click('a[href="/cases?queue=drafts"].button');
    await page.waitForSelector(".case-table tbody tr");
    assert.ok((await page.locator(".case-table tbody tr").count()) > 10);
  },
);
