// From the travel document to the hour of departure: what blocks is shown, each desk closes its own from its queue, an override
// needs two bodies, the check needs another person than the plan, and nobody departs before the hour.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
  axe_findings,
  missing_labels,
  open_page,
  settled,
  sign_in,
  start_browser,
  start_demo,
  today,
} from "./support.mjs";

let demo, browser, page, id;
const blocking = async () => {
  const file = (await ask(page, "GET", `/safeguards/${id}`)).body;
  return file.gates.filter((gate) => gate.blocks).map((gate) => gate.gate);
};
const row = (gate) => page.locator(`[data-gate="${gate}"]`);
/** Signs in, opens the queue of the safeguard and from there the file. */
async function open_from_queue(login, gate) {
  await sign_in(page, demo.address, login, `/safeguards?gate=${gate}`);
  await page.locator(`.queue-rows a[href*="${id}"]`).click();
  await row(gate).waitFor();
  await settled(page);
}
/** The files that still lead to a departure, those with a travel document first. */
async function on_the_way() {
  const files = (await ask(page, "GET", "/cases?limit=100")).body.items;
  const rank = [
    "document_issued",
    "accepted",
    "verification",
    "interview",
    "acknowledged",
    "submitted",
    "screening",
  ];
  return rank.flatMap((state) => files.filter((one) => one.state === state));
}
async function fill_date(field, day) {
  const [year, month, date] = day.split("-");
  await field.locator('[data-part="day"]').fill(date);
  await field.locator('[data-part="month"]').fill(month);
  await field.locator('[data-part="year"]').fill(year);
}
/** Decides that the safeguard is satisfied: every field of the paper that is still empty is filled. */
async function close_gate(gate, day) {
  await row(gate).locator('[data-act="decide"]').first().click();
  const dialog = page.locator(".dialog");
  await dialog.locator('input[value="closed"]').check();
  for (const field of await dialog.locator(".gate-parts fieldset").all())
    await fill_date(field, day);
  for (const field of await dialog
    .locator(".gate-parts > div.field input")
    .all())
    if ((await field.inputValue()) === "") await field.fill("7");
  assert.deepEqual(await axe_findings(page), []);
  await dialog.locator("[data-desk-act]").click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(`[data-gate="${gate}"][data-state="closed"]`).waitFor();
}
async function sign_override(gate, reason) {
  await row(gate).locator('[data-act="override"]').click();
  const dialog = page.locator(".dialog");
  await dialog.locator("textarea").fill(reason);
  await dialog.locator("[data-desk-act]").click();
  return dialog;
}
before(
  async () => {
    demo = await start_demo({ cases: 120 });
    browser = await start_browser();
    page = await open_page(browser);
    await sign_in(page, demo.address, "ruth.xar");
    id = (await ask(page, "GET", "/cases?state=document_issued&limit=1")).body
      .items[0].id;
  },
  { timeout: 240_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("a transfer is not planned while a safeguard is open, and the screen says which", async () => {
  await sign_in(page, demo.address, "tomas.xar", `/safeguards/${id}`);
  assert.deepEqual(await blocking(), ["G02"]);
  assert.ok(await page.locator('[data-step="plan_transfer"]').isDisabled());
  const shown = page.locator(".departure-open");
  await shown.getByText("Safeguards officer").waitFor();
  const open = await shown.innerText();
  assert.match(open, /G02 Status check/);
  assert.deepEqual(await axe_findings(page), []);
  assert.deepEqual(await missing_labels(page), []);
});

test("the safeguards officer closes the status from the queue, and the transfer is planned", async () => {
  await open_from_queue("dora.xar", "G02");
  await close_gate("G02", await today(page));
  await sign_in(page, demo.address, "tomas.xar", `/safeguards/${id}`);
  await page.locator('[data-step="plan_transfer"]').click();
  const dialog = page.locator(".dialog");
  await fill_date(dialog.locator("fieldset").first(), await today(page, 2));
  await dialog.locator('input[placeholder="14:30"]').fill("14:30");
  assert.match(
    await dialog.innerText(),
    /The check before departure counts from/,
  );
  await dialog.locator("[data-desk-act]").click();
  await page.locator('[data-step="postpone_transfer"]').waitFor();
  const open = await blocking();
  for (const gate of ["G17", "G18", "G19", "G26"])
    assert.ok(open.includes(gate), `${gate} is asked before the departure`);
  assert.equal(await page.locator('[data-step="check_departure"]').count(), 0);
});

test("each body closes its own safeguard from its own queue and sees no more", async () => {
  for (const [login, gate, day] of [
    ["anna.xar", "G17", await today(page)],
    ["irene.xar", "G18", await today(page, 20)],
  ]) {
    await open_from_queue(login, gate);
    await close_gate(gate, day);
  }
  await sign_in(page, demo.address, "irene.xar", "/");
  assert.equal(await page.locator(`.queue-rows a[href*="${id}"]`).count(), 0);
  assert.equal((await ask(page, "GET", `/cases/${id}`)).status, 403);
  await open_from_queue("viktor.xar", "G19");
  await page.locator('[data-gate="G19"] [data-act="decide"]').click();
  const dialog = page.locator(".dialog");
  await dialog.locator('input[value="closed"]').check();
  const dates = dialog.locator(".gate-parts fieldset");
  const now = await today(page);
  for (const [at, day] of [now, now, await today(page, 20)].entries())
    await fill_date(dates.nth(at), day);
  await dialog.locator("[data-desk-act]").click();
  await page.locator('[data-gate="G19"][data-state="closed"]').waitFor();
});

test("an override needs two persons of two bodies", async () => {
  await open_from_queue("tomas.xar", "G26");
  await (
    await sign_override("G26", "The quota of the month is agreed by letter.")
  ).waitFor({ state: "detached" });
  await row("G26").locator(".signatures").waitFor();
  assert.match(
    await row("G26").locator(".signatures").innerText(),
    /(71|72) hours left/,
  );
  assert.ok((await blocking()).includes("G26"), "one signature opens nothing");
  const again = await sign_override("G26", "And once more.");
  await again.locator('[role="alert"]').waitFor();
  assert.match(
    await again.locator('[role="alert"]').innerText(),
    /another person/,
  );
  await sign_in(page, demo.address, "dora.xar", `/safeguards/${id}?gate=G26`);
  await (
    await sign_override("G26", "The letter of the other State was seen.")
  ).waitFor({ state: "detached" });
  await page.locator('[data-gate="G26"][data-state="overridden"]').waitFor();
  assert.ok(!(await blocking()).includes("G26"), "two bodies open the way");
});

test("another person checks, and nobody departs before the hour", async () => {
  await sign_in(page, demo.address, "dora.xar", `/safeguards/${id}`);
  assert.deepEqual(await blocking(), []);
  await page.locator('[data-step="check_departure"]').click();
  await page.locator(".dialog [data-desk-act]").click();
  await page.locator(".dialog").waitFor({ state: "detached" });
  await sign_in(page, demo.address, "tomas.xar", `/safeguards/${id}`);
  assert.deepEqual(await blocking(), ["G22"]);
  assert.ok(await page.locator('[data-step="depart"]').isDisabled());
  await close_gate("G22", await today(page));
  await page.locator('[data-step="depart"]:enabled').click();
  const dialog = page.locator(".dialog");
  assert.match(await dialog.innerText(), /The hour has not come/);
  await dialog.locator("[data-desk-act]").click();
  await dialog.locator('[role="alert"]').waitFor();
  assert.match(
    await dialog.locator('[role="alert"]').innerText(),
    /Refused: the departure can be recorded only from/,
  );
  const file = (await ask(page, "GET", `/safeguards/${id}`)).body;
  assert.equal(file.state, "ready_to_depart");
  assert.deepEqual(page.faults, []);
});

test("a free consent is counted, and taken back it stops the way", async () => {
  await sign_in(page, demo.address, "ruth.xar");
  const issued = (
    await ask(page, "GET", "/cases?state=document_issued&limit=9")
  ).body.items;
  id = issued.at(-1).id;
  await sign_in(page, demo.address, "anna.xar", `/safeguards/${id}?gate=G05`);
  await row("G05").locator('[data-act="decide"]').click();
  const dialog = page.locator(".dialog");
  await dialog.locator('input[value="closed"]').check();
  await dialog.locator("select").selectOption("yes");
  await dialog.locator("[data-desk-act]").click();
  await dialog.waitFor({ state: "detached" });
  await row("G25").waitFor();
  await open_from_queue("samuel.xar", "G25");
  await row("G25").locator('[data-act="decide"]').click();
  await dialog.locator('input[value="closed"]').check();
  for (const field of await dialog
    .locator(".gate-parts fieldset")
    .filter({ hasNotText: "optional" })
    .all())
    await fill_date(field, await today(page));
  for (const field of await dialog
    .locator(".gate-parts > div.field input")
    .all())
    await field.fill("Spanish");
  for (const field of await dialog.locator("select").all())
    await field.selectOption("no");
  await dialog.locator("[data-desk-act]").click();
  await page.locator('[data-gate="G25"][data-state="closed"]').waitFor();
  await row("G25").locator('[data-act="withdraw"]').click();
  assert.match(await dialog.innerText(), /stops at once/);
  await dialog.locator("[data-desk-act]").click();
  await page.locator('[data-gate="G25"][data-state="open"]').waitFor();
  await row("G25").getByText("Consent was withdrawn").waitFor();
  assert.ok((await blocking()).includes("G25"));
  assert.deepEqual(page.faults, []);
});

test("a family leaves together; another person reviews the exception", async () => {
  await sign_in(page, demo.address, "ruth.xar");
  const [one, other] = await on_the_way();
  id = one.id;
  await sign_in(page, demo.address, "anna.xar", `/safeguards/${id}`);
  await page.locator("#family button").first().click();
  const dialog = page.locator(".dialog");
  await dialog
    .locator('input[type="search"]')
    .fill(other.person.name.split(",")[0]);
  await dialog.locator(".offered button", { hasText: other.reference }).click();
  await dialog.locator("[data-desk-act]").click();
  await page.locator(`#family a[href$="${other.id}"]`).waitFor();
  await page.locator("#family .body > .stack > p button").click();
  await dialog.locator("textarea").fill("The father stays for his trial.");
  await dialog.locator("[data-desk-act]").click();
  await page.locator("#family .notice").waitFor();
  assert.equal(await page.locator("#family .notice button").count(), 0);
  await sign_in(page, demo.address, "ruth.xar", `/safeguards/${id}`);
  await page.locator("#family .notice button").click();
  await dialog.locator('input[value="yes"]').check();
  await dialog.locator("textarea").fill("The trial is fixed; the family asks.");
  assert.deepEqual(await axe_findings(page), []);
  await dialog.locator("[data-desk-act]").click();
  await page.locator("#family .members .tone-hold").waitFor();
  const file = (await ask(page, "GET", `/safeguards/${id}`)).body;
  assert.equal(file.exception.granted, true);
});

test("who refuses contact is stopped at once; a different person lifts it", async () => {
  await sign_in(page, demo.address, "dora.xar", `/safeguards/${id}`);
  await page.locator(".standing .button").first().click();
  await page.locator(".menu-item").first().click();
  const dialog = page.locator(".dialog");
  assert.match(await dialog.innerText(), /suspended at once/);
  await dialog.locator("textarea").fill("Says so in front of the counsellor.");
  await dialog.locator("[data-desk-act]").click();
  await page.locator(".standing .tone-hold").waitFor();
  const file = (await ask(page, "GET", `/safeguards/${id}`)).body;
  assert.equal(file.state, "suspended");
  assert.ok(
    file.gates.some((gate) => gate.gate === "G13" && gate.why_open !== null),
  );
  assert.deepEqual(page.faults, []);
});

test("the guardian whom the child protection names sees this child, and no file", async () => {
  await sign_in(page, demo.address, "ruth.xar");
  let child = null;
  for (const one of await on_the_way()) {
    const file = (await ask(page, "GET", `/safeguards/${one.id}`)).body;
    if (file.gates.some((gate) => gate.gate === "G08")) child = file;
    if (child) break;
  }
  assert.ok(child, "the demo has a child on the way");
  id = child.id;
  await sign_in(page, demo.address, "clara.xar", `/safeguards/${id}?gate=G08`);
  await row("G08").locator('[data-act="decide"]').click();
  const dialog = page.locator(".dialog");
  await dialog.locator('input[value="closed"]').check();
  const guardian = dialog
    .locator("select")
    .filter({ has: page.locator("option", { hasText: "Noor Rahimi" }) });
  await guardian.selectOption({ index: 1 });
  await dialog.locator("[data-desk-act]").click();
  await dialog.waitFor({ state: "detached" });
  await sign_in(page, demo.address, "noor.xar", "/safeguards");
  const seen = (await ask(page, "GET", `/safeguards/${id}`)).body;
  assert.equal(seen.name, child.name);
  assert.equal(seen.may_read_file, false);
  assert.equal((await ask(page, "GET", `/cases/${id}`)).status, 403);
  assert.deepEqual(await missing_labels(page), []);
});

test("the register of status is shown connected or silent; where there is none, asking is refused in words", async () => {
  const state = {
    ...{ connected: true, kind: "http", name: "Foreigners register" },
    ...{ answers: true, age_hours: 2, problem: null },
    as_of: new Date(Date.now() - 2 * 3_600_000).toISOString(),
  };
  const answer = (more) => async (route) =>
    route.fulfill({ json: { ...state, ...more } });
  const shown = page.locator(".register");
  await sign_in(page, demo.address, "ruth.xar");
  id = (await on_the_way())[0].id;
  await page.route("**/api/safeguards/register", answer({}));
  await sign_in(page, demo.address, "dora.xar", `/safeguards/${id}`);
  await shown.waitFor();
  assert.match(await shown.innerText(), /Connected/);
  assert.match(await shown.innerText(), /Foreigners register.*2 hours ago/);
  await shown.locator('[data-act="register"]').click();
  const dialog = page.locator(".dialog");
  assert.match(await dialog.innerText(), /withdrawn at once/);
  await dialog.locator("[data-desk-act]").click();
  await dialog.locator('[role="alert"]').waitFor();
  assert.match(
    await dialog.locator('[role="alert"]').innerText(),
    /No register of status is connected/,
  );
  await page.unroute("**/api/safeguards/register");
  await page.route(
    "**/api/safeguards/register",
    answer({ answers: false, age_hours: 80 }),
  );
  await sign_in(page, demo.address, "dora.xar", `/safeguards/${id}`);
  await shown.getByText("Silent", { exact: true }).waitFor();
  assert.match(await shown.innerText(), /an old check stays old/);
  assert.deepEqual(await axe_findings(page), []);
});
