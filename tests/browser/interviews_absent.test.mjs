// The screen "the person did not come", in Spanish and English. The demo has no interview whose hour has just passed, so the
// answer about one that is booked is told to be so; what the screen sends is looked at, and what it then shows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
  axe_findings,
  missing_labels,
  open_page,
  overflows,
} from "./support.mjs";
import {
  picture,
  settled,
  sign_in,
  start_browser,
  start_demo,
  today,
} from "./support.mjs";

let demo, browser;
before(async () => {
  demo = await start_demo({ cases: 120 });
  browser = await start_browser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const language of ["es", "en"])
  test(`whoever did not come is recorded with a reason, and a new date follows (${language})`, async () => {
    const page = await open_page(browser, { language });
    await sign_in(page, demo.address, "carmen.uto");
    const days = `from=${await today(page)}&to=${await today(page, 20)}`;
    const booked = (
      await ask(page, "GET", `/interviews?${days}`)
    ).body.items.find((one) => one.state === "booked");
    let sent = null;
    const view = () => ({
      ...booked,
      presence: "arranged",
      may_record: sent === null,
      may_change: sent === null,
      state: sent === null ? "booked" : "not_held",
      people:
        sent === null
          ? booked.people
          : sent.people.map((one, at) => ({ ...booked.people[at], ...one })),
    });
    await page.route(`**/api/interviews/${booked.id}`, (route) =>
      route.fulfill({ json: view() }),
    );
    await page.route(`**/api/interviews/${booked.id}/attendance`, (route) => {
      sent = route.request().postDataJSON();
      return route.fulfill({ json: view() });
    });
    await page.goto(`${demo.address}/interviews/${booked.id}`);
    await settled(page);
    const rows = page.locator(".attendance-row");
    await rows.first().waitFor();
    const keep = page.locator("form:has(.attendance-row) button[type=submit]");
    assert.equal(await keep.isDisabled(), true);
    for (const row of await rows.all())
      await row.locator("select").selectOption("present");
    await rows.first().locator("select").selectOption("absent");
    assert.equal(await keep.isDisabled(), true, "an absence needs its reason");
    await rows
      .first()
      .locator("input")
      .last()
      .fill(language === "es" ? "No se sabe" : "It is not known");
    assert.deepEqual(await axe_findings(page), []);
    if (process.env.PICTURES)
      await picture(page, process.env.PICTURES, `absent_${language}`);
    await keep.click();
    await page.waitForFunction(
      () => !document.querySelector(".attendance-row"),
    );
    assert.equal(sent.people[0].attendance, "absent");
    assert.ok(sent.people[0].reason);
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    assert.match(
      await page.innerText("main"),
      language === "es" ? /no es una negativa/i : /new date/i,
    );
    assert.equal(await overflows(page), false);
    assert.deepEqual(await axe_findings(page), []);
    assert.deepEqual(await missing_labels(page), []);
    if (process.env.PICTURES)
      await picture(page, process.env.PICTURES, `absent_done_${language}_390`);
    await page.close();
  });
