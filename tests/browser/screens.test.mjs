// Every screen against a real demo: rules of accessibility, words, width; the keyboard alone; a lost line; a session that ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  axe_findings,
  missing_labels,
  open_page,
  overflows,
  settled,
  sign_in,
  start_browser,
  start_demo,
  visit,
} from "./support.mjs";
import { find_ids, pages_of } from "./pages.mjs";

let demo, browser, ids;
before(
  async () => {
    demo = await start_demo({ cases: 80 });
    browser = await start_browser();
    const page = await open_page(browser);
    ids = await find_ids(page, demo.address);
    await page.context().close();
  },
  { timeout: 240_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a person is chosen and a case is reached with the keyboard alone", async () => {
  const page = await open_page(browser);
  await visit(page, demo.address, "/");
  await page.waitForSelector(".person-card");
  for (
    let step = 0;
    step < 12 &&
    !(await page.evaluate(() => document.activeElement?.dataset.user));
    step += 1
  )
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".rail");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cases");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".case-table");
  assert.equal(new URL(page.url()).pathname, "/cases");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what was typed survives the end of the session", async () => {
  const page = await open_page(browser);
  await sign_in(
    page,
    demo.address,
    "anna.xar",
    `/cases/${ids.draft}/edit?section=F_other`,
  );
  await page.context().clearCookies();
  await page.fill("textarea", "Typed while the session ended");
  const again = page.locator(".dialog .person-card");
  await again.waitFor({ timeout: 8000 });
  await again.click();
  await again.waitFor({ state: "detached" });
  assert.equal(
    await page.inputValue("textarea"),
    "Typed while the session ended",
  );
  await page.context().close();
});

test("a lost line is said in a banner and typing goes on", async () => {
  const page = await open_page(browser);
  await sign_in(
    page,
    demo.address,
    "anna.xar",
    `/cases/${ids.draft}/edit?section=F_other`,
  );
  await page.context().setOffline(true);
  await page.fill("textarea", "Typed without a line");
  await page.waitForSelector('.banner[role="alert"]');
  await page.context().setOffline(false);
  await page.waitForSelector(".editor-head .tone-calm", { timeout: 15000 });
  await page.context().close();
});

const phone_pages = new Set([
  ...["home", "list", "case_draft", "case_why", "editor", "task", "verify"],
  ...["application", "release", "import", "documents", "report"],
]);
for (const [width, language, right_to_left] of [
  [390, "es", false],
  [1440, "en", false],
  [1280, "en", true],
]) {
  const where = right_to_left ? "right to left" : `in ${language}`;
  test(
    `screens at ${width} px ${where} pass axe, have all their words and do not scroll sideways`,
    { timeout: 420_000 },
    async () => {
      const page = await open_page(browser, { width, language, right_to_left });
      const wrong = [];
      for (const [name, login, path, act] of pages_of(ids)) {
        if (width !== 1440 && !phone_pages.has(name)) continue;
        page.faults.length = 0;
        await sign_in(page, demo.address, login, path);
        if (act) {
          await act(page);
          await settled(page);
        }
        for (const finding of [
          ...(await axe_findings(page)),
          ...(await missing_labels(page)),
          ...((await overflows(page)) ? ["scrolls sideways"] : []),
          ...page.faults,
        ])
          wrong.push(`${name}: ${finding}`);
      }
      assert.deepEqual(wrong, []);
      await page.context().close();
    },
  );
}
