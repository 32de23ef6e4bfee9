// The screens of the law: an agreement is found, a date is simulated and compared with the server's own answer, two
// administrators confirm a rule and its badge changes, a changed file waits until its effect was seen, a broken one is told.
import assert from "node:assert/strict";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
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
  visit,
} from "./support.mjs";

const source = resolve(import.meta.dirname, "../..");
const protocol = "uto-xar-protocol-2022";
const second = "segunda.uto";
let place, demo, browser;

/** The program beside a copy of the data, so that files of the law can be changed without touching anybody else's. */
function copy_program() {
  const folder = mkdtempSync(join(tmpdir(), "rcms-law-"));
  const program = realpathSync(
    process.env.RCMS_BINARY ?? join(source, "build/rcms"),
  );
  mkdirSync(join(folder, "bin"));
  copyFileSync(program, join(folder, "bin/rcms"));
  // A link to the data is followed: what the tests change is never the data of the project.
  cpSync(realpathSync(join(source, "data")), join(folder, "data"), {
    recursive: true,
    dereference: true,
  });
  assert.ok(
    realpathSync(join(folder, "data/agreements")).startsWith(
      realpathSync(folder),
    ),
  );
  symlinkSync(join(source, "db"), join(folder, "db"));
  symlinkSync(join(dirname(program), "../share/fonts"), join(folder, "fonts"));
  return folder;
}

before(
  async () => {
    place = copy_program();
    process.env.RCMS_BINARY = join(place, "bin/rcms");
    delete process.env.RCMS_URL;
    demo = await start_demo({ cases: 40 });
    browser = await start_browser();
  },
  { timeout: 240_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
  if (place) rmSync(place, { recursive: true, force: true });
});

const dates = async (page, asked) =>
  (await ask(page, "POST", "/agreement-dates", { asked })).body.answer;
/** The day of an event; an extension has a second one, of its end. */
const fill_day = async (page, index, [day, month, year]) => {
  const boxes = page.locator(".sim-events > li").nth(index);
  await boxes.locator('[data-part="day"]').first().fill(day);
  await boxes.locator('[data-part="month"]').first().fill(month);
  await boxes.locator('[data-part="year"]').first().fill(year);
};

test("an agreement is found by words and by States, and its page says what the server knows of it", async () => {
  const page = await open_page(browser);
  await sign_in(page, demo.address, "anna.xar", "/agreements");
  const files = await page.locator(".law-item").count();
  assert.ok(files >= 43, `${files} agreements`);
  await page.fill('.law-finder input[type="search"]', "azerb");
  await page.waitForFunction(
    () => document.querySelectorAll(".law-item").length === 2,
  );
  await page.selectOption(".law-finder select >> nth=1", "CHE");
  await page.waitForFunction(
    () => document.querySelectorAll(".law-item").length === 1,
  );
  assert.match(page.url(), /q=azerb/);
  assert.match(page.url(), /state=CHE/);
  await page.click(".law-title");
  await page.waitForSelector('[data-rule="reply_standard"]');
  const { body } = await ask(page, "GET", "/agreements/CH-AZ");
  const shown = await page.locator("li.rule:not(.missing)").count();
  const alone = body.practices.filter(
    (practice) => !body.rules.some((rule) => rule.key === practice.key),
  );
  assert.equal(shown, body.rules.length + alone.length);
  const reply = await page.innerText('[data-rule="reply_standard"]');
  assert.match(reply, /25 calendar days from the acknowledgement of receipt/);
  assert.match(reply, /art\. 8\(2\)/);
  assert.match(await page.innerText('[data-calendar="AZE"]'), /Azerbaijan/);
  await visit(page, demo.address, "/agreements?of=own");
  await page.waitForFunction(
    () => document.querySelectorAll(".law-item").length === 2,
  );
  await visit(page, demo.address, "/agreements/CH-KW");
  assert.match(
    await page.innerText('[data-calendar="KWT"]'),
    /No source is known for the holidays of Kuwait/,
  );
  assert.doesNotMatch(await page.innerText("main"), /9999/);
  await visit(page, demo.address, "/agreements/EU-BD");
  assert.match(
    await page.innerText('[data-rule="reply_standard"]'),
    /No value is known/,
  );
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a simulated date, its sentence and its days are those of the server, and the address brings them back", async () => {
  const page = await open_page(browser);
  await sign_in(page, demo.address, "anna.xar", `/agreements/${protocol}`);
  await page.click('[data-rule="reply_standard"] a[href*="simulator"]');
  await page.waitForSelector(".sim-events");
  await fill_day(page, 0, ["10", "12", "2026"]);
  await page.click(".sim-events ~ p button >> nth=1");
  await fill_day(page, 1, ["20", "12", "2026"]);
  await page.fill(
    '.sim-events > li:nth-child(2) input[class*="short"][inputmode="numeric"] >> nth=3',
    "10",
  );
  const answer = await dates(page, {
    agreement: protocol,
    events: [
      { type: "acknowledgement", at: "2026-12-10" },
      { type: "extension", at: "2026-12-20", days: 10 },
    ],
  });
  const reply = answer.deadlines.find((one) => one.kind === "reply_standard");
  await page.waitForSelector(`.sim-date[data-due="${reply.due}"]`);
  assert.equal(await page.innerText(".sim-sentence"), reply.sentence);
  const steps = page.locator(".sim-trail > li");
  assert.equal(await steps.count(), reply.steps.length);
  assert.match(await steps.nth(0).innerText(), /art\. 4\(2\)/);
  assert.ok(reply.steps.every((step) => step.clause && step.confidence));
  const weekend = Number(/(\d+) days of weekend/.exec(reply.sentence)[1]);
  await page.waitForSelector(".day-extension[data-day]");
  assert.equal(await page.locator(".day-weekend[data-day]").count(), weekend);
  const holidays = await page
    .locator(".day-holiday[data-day]")
    .evaluateAll((list) => list.map((day) => day.dataset.day));
  assert.deepEqual(holidays, ["2026-12-25", "2027-01-01"]);
  assert.equal(
    await page.locator(".day-due[data-day]").getAttribute("data-day"),
    reply.due,
  );
  const link = page.url();
  await visit(
    page,
    demo.address,
    new URL(link).pathname + new URL(link).search,
  );
  await page.waitForSelector(`.sim-date[data-due="${reply.due}"]`);
  assert.deepEqual(await axe_findings(page), []);
  await page.context().close();
});

test("while documents are awaited no day counts, and the practice is drawn beside the treaty", async () => {
  const page = await open_page(browser, { language: "es" });
  const events =
    "receipt:2026-12-10,document_request:2026-12-14,answer:2026-12-20";
  await sign_in(
    page,
    demo.address,
    "anna.xar",
    `/agreements/simulator?agreement=uto-xar-2019&clock=reply_standard&events=${events}`,
  );
  await page.waitForSelector(".sim-date[data-due]");
  assert.equal(await page.locator(".day-pause[data-day]").count(), 6);
  assert.equal(await page.innerText(".day-due[data-day] small"), "30");
  await visit(
    page,
    demo.address,
    "/agreements/simulator?agreement=uto-xar-2019&clock=td_validity&events=issue:2026-12-10",
  );
  const answer = await dates(page, {
    agreement: "uto-xar-2019",
    events: [{ type: "issue", at: "2026-12-10" }],
  });
  const { practice } = answer.deadlines.find(
    (one) => one.kind === "td_validity",
  );
  await page.waitForSelector(`.day-practice[data-day="${practice.due}"]`);
  assert.deepEqual(await missing_labels(page), []);
  await page.context().close();
});

test("the weekend that is drawn is that of the State that acts", async () => {
  const page = await open_page(browser);
  await sign_in(
    page,
    demo.address,
    "anna.xar",
    "/agreements/simulator?agreement=CH-KW&clock=td_issue&events=acceptance:2026-12-10",
  );
  await page.waitForSelector(".day-weekend[data-day]");
  const weekend = await page
    .locator(".day-weekend[data-day]")
    .evaluateAll((list) => list.map((day) => day.dataset.day));
  assert.deepEqual(weekend, ["2026-12-11", "2026-12-12"]);
  await page.context().close();
});

test("two administrators confirm a rule: only the second person changes the badge, withdrawal takes it back", async () => {
  const page = await open_page(browser);
  const confirmations = `/agreements/${protocol}?tab=confirmations`;
  await sign_in(page, demo.address, "admin.uto", confirmations);
  const users = (await ask(page, "GET", "/users")).body.items;
  const first = users.find((user) => user.login === "admin.uto");
  const made = await ask(page, "POST", "/users", {
    name: "Berta Segunda",
    login: second,
    organisation: first.organisation_id,
    roles: ["administrator"],
  });
  assert.equal(made.status, 201);
  const added = (await ask(page, "GET", "/users")).body.items.find(
    (user) => user.login === second,
  );

  await page.click('[data-rule="cost_reimburse"] button');
  await page.fill(".dialog input", "Official journal of Utopia 12/2022");
  await page.fill(".dialog textarea", "art. 12, first sentence");
  await page.click(".dialog-foot .primary");
  const item = page.locator('[data-confirmation="cost_reimburse"]');
  await item.waitFor();
  assert.equal(await item.getAttribute("data-state"), "proposed");
  assert.match(await item.innerText(), /another administrator of your State/);
  const { body } = await ask(
    page,
    "GET",
    `/agreements/${protocol}/confirmations`,
  );
  const refused = await ask(
    page,
    "POST",
    `/agreement-confirmations/${body.items[0].id}/countersignature`,
  );
  assert.equal(refused.body.why, "same_person");
  await visit(page, demo.address, `/agreements/${protocol}`);
  await page.waitForSelector(
    '[data-rule="cost_reimburse"] [data-sure="unverified"]',
  );

  assert.equal(
    (await ask(page, "POST", "/demo/session", { user: added.id })).status < 300,
    true,
  );
  await visit(page, demo.address, confirmations);
  await item.locator(".button.primary").click();
  await page.waitForSelector(
    '[data-confirmation="cost_reimburse"][data-state="confirmed"]',
  );
  assert.match(await item.innerText(), /Berta Segunda/);
  await visit(page, demo.address, `/agreements/${protocol}`);
  await page.waitForSelector(
    '[data-rule="cost_reimburse"] [data-sure="confirmed"]',
  );

  await visit(page, demo.address, confirmations);
  await item.locator("button", { hasText: "Withdraw" }).click();
  await page.fill(".dialog textarea", "The text was amended");
  await page.click(".dialog-foot .danger");
  await page.waitForSelector(
    '[data-confirmation="cost_reimburse"][data-state="revoked"]',
  );
  await visit(page, demo.address, `/agreements/${protocol}`);
  await page.waitForSelector(
    '[data-rule="cost_reimburse"] [data-sure="unverified"]',
  );
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("one who is no administrator confirms nothing, and nobody confirms for another State", async () => {
  const page = await open_page(browser);
  await sign_in(
    page,
    demo.address,
    "anna.xar",
    `/agreements/${protocol}?tab=confirmations`,
  );
  assert.equal(
    await page.locator('[data-rule="cost_reimburse"] button').count(),
    0,
  );
  await sign_in(
    page,
    demo.address,
    "admin.uto",
    "/agreements/EU-GE?tab=confirmations",
  );
  assert.ok((await page.locator(".confirmations > li").count()) > 0);
  assert.equal(await page.locator(".confirmations button").count(), 0);
  assert.match(await page.innerText("main"), /is no party/);
  await page.context().close();
});

test("a broken file is told to administrators and changes nothing; a changed one waits until its effect was seen", async () => {
  const file = (name) => join(place, "data/agreements", name);
  const broken = readFileSync(file("ch-az.toml"), "utf8");
  writeFileSync(
    file("ch-az.toml"),
    broken.replace("value = 25", 'value = "many"'),
  );
  const [head, ...examples] = readFileSync(
    file("uto-xar-2019.toml"),
    "utf8",
  ).split("[[example]]");
  const kept = examples.filter(
    (example) => !example.includes('rule = "reply_standard"'),
  );
  writeFileSync(
    file("uto-xar-2019.toml"),
    [head.replace("value = 30", "value = 35"), ...kept].join("[[example]]"),
  );
  const page = await open_page(browser);
  await sign_in(page, demo.address, "admin.uto", "/agreements/versions");
  await page.click(".page-head button");
  const told = page.locator('.notice[role="alert"]');
  await told.waitFor();
  assert.match(await told.innerText(), /ch-az\.toml/);
  assert.match(
    await told.innerText(),
    /Line \d+: rule 3, value: another kind of value belongs here/,
  );
  assert.ok(!(await told.innerText()).includes(place));
  const row = page.locator('tr[data-change="changed"]');
  assert.match(await row.innerText(), /30 [^]*35 /);
  await page.click(".law-effect .button");
  const { body } = await ask(
    page,
    "GET",
    "/agreement-versions/uto-xar-2019/effect",
  );
  assert.ok(body.changed_deadlines > 0);
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll(".law-effect tbody tr").length === count,
    body.changed.length,
  );
  assert.deepEqual(await axe_findings(page), []);
  await page.click(".law-effect .button.primary");
  await page.click(".dialog-foot .solid");
  await page.waitForFunction(
    () => document.querySelector(".law-effect") === null,
  );
  await visit(page, demo.address, "/agreements/uto-xar-2019");
  assert.match(await page.innerText('[data-rule="reply_standard"]'), /35 /);
  await page.click('a[href$="tab=versions"]');
  await page.waitForSelector('tr[data-change="changed"]');
  await page.click('a[href$="version=1"]');
  await page.waitForSelector('[data-rule="reply_standard"]');
  assert.match(await page.innerText('[data-rule="reply_standard"]'), /30 /);
  assert.match(await page.innerText("main"), /You are reading version 1/);
  assert.deepEqual(await axe_findings(page), []);
  await visit(page, demo.address, "/agreements/CH-AZ");
  assert.match(await page.innerText('[data-rule="reply_standard"]'), /25 /);
  await sign_in(page, demo.address, "anna.xar", "/agreements");
  await settled(page);
  assert.equal(await page.locator('.notice[role="alert"]').count(), 0);
  await page.context().close();
});
