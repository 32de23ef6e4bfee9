// An expert mission from its plan to its day sheet: planned and announced on the screen, a batch previewed and set in one act;
// the other State sees days and dates and no name, the mission is moved, and a telephone does not scroll sideways.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
  axe_findings,
  missing_labels,
  open_page,
  overflows,
  picture,
  settled,
} from "./support.mjs";
import { sign_in, start_browser, start_demo, today } from "./support.mjs";

let demo, browser, page, mission;
const pictures = process.env.PICTURES;
const look = async (name) => {
  await page.evaluate(() => window.scrollTo(0, 0));
  assert.deepEqual(await axe_findings(page), [], name);
  assert.deepEqual(await missing_labels(page), [], name);
  if (pictures) await picture(page, pictures, name);
};
const dialog = () => page.locator(".dialog");

/** Tasks that wait for a date, so that there is a batch. */
async function open_tasks(wanted) {
  await sign_in(page, demo.address, "jorge.uto");
  const office = (await ask(page, "GET", "/offices")).body.items.find((one) =>
    /[Cc]onsul/.test(one.name),
  );
  const files = (
    await ask(page, "GET", "/applications?state=verification&limit=50")
  ).body.items;
  let opened = 0;
  for (const file of files) {
    const done = await ask(page, "POST", `/applications/${file.id}/tasks`, {
      kind: "interview",
      organisation: office.id,
      due_on: await today(page, 30),
    });
    if (done.status < 300 && ++opened === wanted) return;
  }
  assert.ok(opened > 2, "the demo has files in verification");
}

before(async () => {
  demo = await start_demo({ cases: 120 });
  browser = await start_browser();
  page = await open_page(browser, {
    language: process.env.LANGUAGE ?? "en",
    width: 1440,
  });
  await open_tasks(6);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a mission is planned and announced", async () => {
  await sign_in(page, demo.address, "carmen.uto", "/interviews?tab=missions");
  await settled(page);
  await look("missions_none");
  await page.locator('[data-action="new_mission"]').click();
  await dialog().locator(".booking-team input").first().waitFor();
  await dialog()
    .locator("input[type=text], input:not([type])")
    .first()
    .fill("Misión de primavera");
  for (const box of (await dialog().locator(".booking-team input").all()).slice(
    0,
    2,
  ))
    await box.check();
  const expert = dialog().locator(".mission-member select").first();
  await expert.selectOption({ index: 1 });
  await dialog().locator(".mission-member select").nth(1).selectOption("F");
  await look("mission_new");
  await dialog().locator(".dialog-foot .primary").click();
  await dialog().waitFor({ state: "detached" });
  await settled(page);
  mission = page.url().split("/").pop();
  await look("mission_planned");
  await page.locator('[data-action="announce_mission"]').click();
  await page.locator('[data-action="place_batch"]').waitFor();
  assert.equal(
    (await ask(page, "GET", `/interview-missions/${mission}`)).body.state,
    "announced",
  );
});

test("a batch is previewed without anything being set, then set in one act", async () => {
  await page.locator('[data-action="place_batch"]').click();
  await page.locator(".mission-candidates li").first().waitFor();
  for (const box of (
    await page.locator(".mission-candidates input").all()
  ).slice(0, 5))
    await box.check();
  await page.locator(".mission-wish select").first().selectOption("M");
  await look("mission_choice");
  await page.locator('[data-action="preview_batch"]').click();
  await page.locator('[data-part="preview"]').waitFor();
  await look("mission_preview");
  assert.equal(
    (await ask(page, "GET", `/interview-missions/${mission}/interviews`)).body
      .items.length,
    0,
  );
  await page.locator('[data-action="place_now"]').click();
  await page.locator(".mission-day").first().waitFor();
  const set = (
    await ask(page, "GET", `/interview-missions/${mission}/interviews`)
  ).body.items;
  assert.ok(set.length >= 4, `${set.length} interviews were set`);
  assert.equal(
    new Set(set.map((one) => `${one.when.starts_at} ${one.interviewers[0].id}`))
      .size,
    set.length,
  );
  await settled(page);
  await look("mission_placed");
  const sheet = await page.request.get(
    `${demo.address}/api/interview-missions/${mission}/day-sheet?day=${set[0].when.day}`,
  );
  assert.equal(sheet.headers()["content-type"], "application/pdf");
});

test("the State that is visited sees days and dates and nobody's name", async () => {
  await sign_in(page, demo.address, "anna.xar", "/interviews?tab=missions");
  let told = [];
  const ours = () => told.find((one) => one.id === mission);
  for (let tries = 0; tries < 40 && !(ours()?.told >= 4); tries++) {
    told = (await ask(page, "GET", "/mission-notices")).body.items;
    await page.waitForTimeout(250);
  }
  assert.ok(ours()?.told >= 4, "the dates have arrived");
  assert.equal(JSON.stringify(told).includes("Carmen"), false);
  await page.reload();
  await settled(page);
  await page.locator("details summary").first().waitFor();
  await look("mission_visited");
  assert.equal(
    (await ask(page, "GET", `/interview-missions/${mission}`)).status,
    403,
  );
});

test("who refuses contact is not presented, and the State that asks sees only that", async () => {
  const rows = (await ask(page, "GET", `/appointments?mission=${mission}`)).body
    .items;
  const refused = await ask(
    page,
    "POST",
    `/safeguards/${rows[0].case_id}/contact-refusal`,
    {
      reason: "Teme por su familia",
    },
  );
  assert.ok(refused.status < 300, JSON.stringify(refused.body));
  await sign_in(page, demo.address, "carmen.uto");
  let figures;
  for (let tries = 0; tries < 40 && !(figures?.not_presented === 1); tries++) {
    figures = (await ask(page, "GET", `/interview-missions/${mission}`)).body
      .figures;
    await page.waitForTimeout(250);
  }
  assert.equal(figures.not_presented, 1, JSON.stringify([figures, rows[0]]));
  assert.equal(
    JSON.stringify(
      (await ask(page, "GET", `/interview-missions/${mission}/interviews`))
        .body,
    ).includes("Teme"),
    false,
  );
});

test("a mission that is moved takes its interviews along, with a reason", async () => {
  await sign_in(
    page,
    demo.address,
    "carmen.uto",
    `/interviews/missions/${mission}`,
  );
  await settled(page);
  const before = (await ask(page, "GET", `/interview-missions/${mission}`))
    .body;
  await page.locator('[data-action="move_mission"]').click();
  assert.equal(
    await dialog().locator(".dialog-foot .primary").isDisabled(),
    true,
  );
  await dialog().locator("textarea").fill("El vuelo se canceló");
  await look("mission_move");
  await dialog().locator(".dialog-foot .primary").click();
  await dialog().waitFor({ state: "detached" });
  const moved = (await ask(page, "GET", `/interview-missions/${mission}`)).body;
  assert.notEqual(moved.from, before.from);
  for (const one of (
    await ask(page, "GET", `/interview-missions/${mission}/interviews`)
  ).body.items)
    if (one.state === "booked")
      assert.ok(
        one.when.day >= moved.from && one.when.day <= moved.to,
        one.when.day,
      );
});

test("on a telephone the mission does not scroll sideways", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [name, path] of [
    ["mission_390", `/interviews/missions/${mission}`],
    ["missions_390", "/interviews?tab=missions"],
  ]) {
    await page.goto(`${demo.address}${path}`);
    await settled(page);
    assert.equal(await overflows(page), false, name);
    await look(name);
  }
  await page.goto(`${demo.address}/interviews/missions/${mission}`);
  await page.locator('[data-action="place_batch"]').click();
  await page.locator(".mission-candidates li, .empty").first().waitFor();
  assert.equal(await overflows(page), false, "choice");
  await look("mission_choice_390");
});
