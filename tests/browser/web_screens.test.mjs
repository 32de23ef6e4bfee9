// The screens by keyboard and under trouble, against the mock or a running demo (RCMS_URL).
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
  start_site,
  visit,
} from "./support.mjs";
import { find_ids, pages_of } from "./pages.mjs";

let site, browser;
before(async () => {
  site = await start_site();
  browser = await start_browser();
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("a person is chosen and a case is reached with the keyboard alone", async () => {
  const page = await open_page(browser);
  await visit(page, site.address, "/");
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

test(
  "what was typed survives the end of the session and is saved after signing in again",
  {
    skip: process.env.RCMS_URL
      ? "the session of a real server is ended by its own test"
      : false,
  },
  async () => {
    const page = await open_page(browser);
    await page.goto(`${site.address}/verify`);
    const ids = await find_ids(page);
    await sign_in(
      page,
      site.address,
      "anna",
      `/cases/${ids.draft}/edit?section=F_other`,
    );
    site.expire();
    await page.fill("textarea", "Typed while the session ended");
    const again = page.locator(".dialog .person-card");
    await again.waitFor({ timeout: 5000 });
    assert.equal(
      await page.evaluate(() => document.querySelector("textarea")?.value),
      "Typed while the session ended",
    );
    await again.click();
    await page.waitForSelector(".editor-head .tone-calm", { timeout: 12000 });
    await visit(page, site.address, `/cases/${ids.draft}/edit?section=F_other`);
    assert.equal(
      await page.inputValue("textarea"),
      "Typed while the session ended",
    );
    await page.context().close();
  },
);

test("a lost line is said in a banner and typing goes on", async () => {
  const page = await open_page(browser);
  await page.goto(`${site.address}/verify`);
  const ids = await find_ids(page);
  await sign_in(
    page,
    site.address,
    "anna",
    `/cases/${ids.draft}/edit?section=F_other`,
  );
  await page.context().setOffline(true);
  await page.fill("textarea", "Typed without a line");
  await page.waitForSelector('.banner[role="alert"]');
  await page.waitForFunction(() =>
    Object.keys(localStorage).some(
      (key) =>
        key.startsWith("rcms.draft.") &&
        localStorage.getItem(key)?.includes("Typed without a line"),
    ),
  );
  await page.context().setOffline(false);
  await page.waitForSelector(".editor-head .tone-calm", { timeout: 15000 });
  await page.context().close();
});

test(
  "numbers change without reload when something happens elsewhere",
  {
    skip: process.env.RCMS_URL
      ? "covered by the stories over two browsers"
      : false,
  },
  async () => {
    const page = await open_page(browser);
    const other = await open_page(browser);
    await page.goto(`${site.address}/verify`);
    const ids = await find_ids(page);
    await sign_in(page, site.address, "ines", "/");
    const count = () =>
      page
        .locator('.rail a[href="/applications?queue=received"] .count')
        .innerText();
    const before_count = Number(await count());
    await sign_in(other, site.address, "ines", "/");
    await other.evaluate(async (id) => {
      await fetch(`/api/applications/${id}/acknowledgement`, {
        method: "POST",
        headers: { "X-RCMS-Request": "1", "Content-Type": "application/json" },
        body: "{}",
      });
    }, ids.received);
    await page.waitForFunction(
      (n) =>
        document.querySelector(
          '.rail a[href="/applications?queue=received"] .count',
        )?.textContent === String(n),
      before_count - 1,
      { timeout: 5000 },
    );
    await page.context().close();
    await other.context().close();
  },
);

for (const [width, language, right_to_left] of [
  [390, "es", false],
  [1440, "en", true],
]) {
  test(
    `every screen at ${width} px in ${language}${right_to_left ? ", right to left," : ""} passes axe, has all its words and does not scroll sideways`,
    { timeout: 400000 },
    async () => {
      const page = await open_page(browser, { width, language, right_to_left });
      await page.goto(`${site.address}/verify`);
      const ids = await find_ids(page);
      const wrong = [];
      for (const [name, user, path, act] of pages_of(ids)) {
        page.faults.length = 0;
        await sign_in(page, site.address, user, path);
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
