// A day at the gate with two tablets on telephones' screens: the network goes, the list stays, both answers come back and a
// person settles them.
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
  sign_in,
  start_browser,
  start_demo,
  visit,
} from "./support.mjs";

const words = "three green suitcases";
const phone = { width: 390, height: 844 };
let demo, browser, gate, bus, transport, names;
before(
  async () => {
    demo = await start_demo({ cases: 120 });
    browser = await start_browser();
    gate = await open_page(browser, phone);
    bus = await open_page(browser, phone);
    gate.setDefaultTimeout(15_000);
    bus.setDefaultTimeout(15_000);
    await sign_in(gate, demo.address, "tomas.xar");
    const { items } = (await ask(gate, "GET", "/transports")).body;
    for (const one of items) {
      const { body } = await ask(gate, "GET", `/transports/${one.id}/handover`);
      if (body.takings.length > 0 || body.persons.length === 0) continue;
      transport = one.id;
      names = body.persons.map((person) => person.surname);
    }
    assert.ok(transport, "the demo has a transport with somebody to come");
  },
  { timeout: 180_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function take(page, device) {
  await visit(page, demo.address, `/transports/${transport}/handover`);
  await page.click("[data-action=take_list]");
  await page.waitForSelector("form");
  await page.fill("input:not([type=password])", device);
  for (const field of await page.locator("input[type=password]").all())
    await field.fill(words);
  await page.click("[data-action=take]");
  await page.waitForSelector(".handover-person");
}
const card = (page, at) => page.locator(".handover-person").nth(at);
const status = (page) => page.locator("#handover-status");
async function pictured(page, name) {
  assert.deepEqual(await axe_findings(page), []);
  assert.deepEqual(await missing_labels(page), []);
  assert.equal(await overflows(page), false);
  if (process.env.RCMS_PICTURES)
    await picture(page, process.env.RCMS_PICTURES, name);
}
async function unlock(page, with_words = words) {
  await page.fill("input[type=password]", with_words);
  await page.click("[data-action=unlock]");
}

test("a list is taken along on purpose, and what lies on the device shows no name", async () => {
  await take(gate, "Tablet 1");
  await gate.waitForSelector("text=This page opens without a network.");
  await pictured(gate, "handover-device-390");
  const bytes = await gate.evaluate(async () => {
    const base = await new Promise((found) => {
      const request = indexedDB.open("rcms-handover");
      request.onsuccess = () => found(request.result);
    });
    const all = await new Promise((found) => {
      const request = base.transaction("vaults").objectStore("vaults").getAll();
      request.onsuccess = () => found(request.result);
    });
    base.close();
    return all.map((one) => [
      one.login,
      Object.keys(one).sort().join(),
      new TextDecoder("latin1").decode(one.data),
    ]);
  });
  assert.equal(bytes.length, 1);
  assert.equal(bytes[0][0], "tomas.xar");
  assert.equal(bytes[0][1], "data,iv,keep_until,login,salt,unsent,user");
  for (const name of names) assert.ok(!bytes[0][2].includes(name));
});

test("without a network the page opens again, locked, and every tick is kept through another closing", async () => {
  await gate.context().setOffline(true);
  await gate.reload();
  await gate.waitForSelector("[data-action=unlock]");
  assert.equal(await gate.locator(".handover-person").count(), 0);
  await unlock(gate, "another sentence");
  await gate.waitForSelector("text=These words do not open");
  await unlock(gate);
  await gate.waitForSelector(".handover-person");
  await card(gate, 0).locator("[data-tick=no_show]").click();
  await card(gate, 0).locator("[data-tick=boarded]").click();
  await gate.waitForSelector(
    "#handover-status[data-line=lost][data-waiting='2']",
  );
  await pictured(gate, "handover-offline-390");
  await gate.reload();
  await unlock(gate);
  await gate.waitForSelector("#handover-status[data-waiting='2']");
  assert.equal(await card(gate, 0).getAttribute("data-value"), "boarded");
});

test("a second tablet with a wrong clock ticks otherwise, is told, and its tick is kept with both times", async () => {
  await sign_in(bus, demo.address, "tomas.xar");
  await bus.clock.setFixedTime(Date.now() + 30 * 60_000);
  await take(bus, "Tablet 2");
  await bus.waitForSelector("text=/30 minutes ahead/");
  await card(bus, 0).locator("[data-tick=refused]").click();
  await bus.click("[data-action=send_ticks]");
  await bus.waitForSelector("#handover-status[data-line=up][data-waiting='0']");
  const { body } = await ask(bus, "GET", `/transports/${transport}/handover`);
  const [head] = body.persons[0].heads;
  assert.equal(head.value.code, "refused");
  assert.equal(head.is_clock_wrong, true);
  const off = Date.parse(head.device_at) - Date.parse(head.at);
  assert.ok(Math.abs(off - 30 * 60_000) < 60_000, String(off));
});

test("when the network is back everything is sent once, and both answers stand side by side", async () => {
  await gate.context().setOffline(false);
  await gate.waitForSelector(
    "#handover-status[data-line=up][data-waiting='0']",
  );
  await card(gate, 0).locator("text=Two answers").waitFor();
  await pictured(gate, "handover-clash-390");
  const { body } = await ask(gate, "GET", `/transports/${transport}/handover`);
  assert.equal(body.persons[0].is_clash, true);
  assert.deepEqual(
    body.persons[0].replaced.map((one) => one.value.code),
    ["no_show"],
  );
  const ours = body.takings.find((one) => one.device === "Tablet 1");
  assert.equal(ours.received, 2);
  assert.equal(ours.missing, 0);
});

test("a person settles it with a reason; nothing of the answers is lost", async () => {
  await visit(gate, demo.address, `/transports/${transport}/handover`);
  await gate.click("[data-action=tell_handover]");
  await gate.waitForSelector("text=two devices say different things");
  await pictured(gate, "handover-desk-390");
  await gate.click("[data-action=settle]");
  await gate.click("input[value=boarded]");
  await gate.fill("[role=dialog] textarea", "The crew counted her aboard");
  await gate.click("[role=dialog] .button.primary");
  await gate.waitForFunction(
    () => document.querySelectorAll("[data-clash]").length === 0,
  );
  await settled(gate);
  const { body } = await ask(gate, "GET", `/transports/${transport}/handover`);
  assert.equal(body.persons[0].value.code, "boarded");
  assert.equal(body.persons[0].replaced.length, 3);
  assert.equal(body.persons[0].heads[0].note, "The crew counted her aboard");
  assert.equal(body.persons[0].heads[0].device ?? null, null);
});

test("whoever signs out leaves nothing on the device", async () => {
  const other = await gate.context().newPage();
  await other.goto(`${demo.address}/handover`);
  await unlock(other);
  await other.waitForSelector(".handover-person");
  await gate.click(".person-button");
  await gate.click("text=Sign out");
  await other.waitForFunction(
    () => document.querySelectorAll(".handover-person").length === 0,
  );
  await other.reload();
  await other.waitForSelector("text=No list is on this device");
  await pictured(other, "handover-none-390");
  assert.deepEqual(gate.faults, []);
});
