// The identity workbench with the keyboard alone: candidates up and down, why, another search beside the first, a decision; and a
// negative that waits for a second person. Screens at both widths, in both languages, clean for axe.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
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

let demo, browser, page;
const tasks = [];

before(
  async () => {
    demo = await start_demo({ cases: 40, citizens: 4000 });
    browser = await start_browser();
    page = await open_page(browser);
    page.setDefaultTimeout(15_000);
    await page.addInitScript(() => {
      addEventListener(
        "pointerdown",
        () => sessionStorage.setItem("mouse", "touched"),
        true,
      );
    });
    await add_tasks();
  },
  { timeout: 240_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const read = async (path) => (await ask(page, "GET", path)).body;

/** Three registry searches on applications that are being verified, whatever the demo's year has left open. */
async function add_tasks() {
  await sign_in(page, demo.address, "jorge.uto");
  const offices = (await read("/offices")).items ?? [];
  const civil = offices.find((one) => one.name.startsWith("Civil Registry"));
  const open = (
    await read(
      "/applications?state=verification,completeness,documents_requested",
    )
  ).items;
  const due = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  for (const one of open) {
    if (tasks.length === 3) return;
    const made = await ask(page, "POST", `/applications/${one.id}/tasks`, {
      kind: "registry_search",
      organisation: civil.id,
      due_on: due,
    });
    if (made.status === 201) tasks.push(made.body.id);
  }
  assert.equal(tasks.length, 3, "the demo has too few open applications");
}

const chosen = () =>
  page
    .locator('.candidate-list [aria-selected="true"] .candidate-number')
    .innerText();

test("candidates are walked with the arrows, and each says why", async () => {
  await sign_in(page, demo.address, "sofia.uto", `/tasks/${tasks[0]}`);
  await page.waitForSelector(".candidate-list");
  await page.focus(".candidate-list");
  assert.equal(await chosen(), "1");
  const first = await page.locator(".evidence h3").innerText();
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), "2");
  assert.notEqual(await page.locator(".reasons tbody tr").count(), 0);
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.locator(".evidence h3").innerText(), first);
  // Counter-evidence stands first.
  const sides = await page
    .locator(".reasons tbody tr")
    .evaluateAll((rows) => rows.map((row) => row.dataset.side));
  assert.deepEqual(sides, [...sides].sort());
});

test("a second search stands beside the first, which is not lost", async () => {
  const before_it = await page.locator(".candidate-list").innerText();
  await page.focus(".candidate-list");
  await page.keyboard.press("r");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Zenobia");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".searches button:nth-child(2)");
  await settled(page);
  await page.focus(".searches button:nth-child(1)");
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (text) => document.querySelector(".candidate-list")?.innerText === text,
    before_it,
  );
});

test("a decision is made with the keyboard and the next task opens", async () => {
  await page.focus(".candidate-list");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  assert.ok(await page.isChecked('input[name="outcome"][value="confirmed"]'));
  await page.focus("form:has(input[name=outcome]) textarea");
  await page.keyboard.type("Names, date and mother agree.");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction((id) => !location.pathname.endsWith(id), tasks[0]);
  assert.equal((await read(`/tasks/${tasks[0]}`)).state, "done");
  const kept = (await read(`/tasks/${tasks[0]}/identifications`)).items[0];
  assert.equal(kept.state, "final");
  assert.equal(kept.answers.length, 2);
  assert.ok(kept.answers.at(-1).candidates.length > 0);
  assert.ok(kept.model.length > 0);
});

test("who finds nobody waits for a colleague, who may not be themselves", async () => {
  await visit(page, demo.address, `/tasks/${tasks[1]}`);
  await page.waitForSelector('input[name="outcome"]');
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("n");
  await page.keyboard.type("No family of this name in the place.");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction((id) => !location.pathname.endsWith(id), tasks[1]);
  assert.equal((await read(`/tasks/${tasks[1]}`)).state, "open");
  const own = await ask(
    page,
    "POST",
    `/tasks/${tasks[1]}/identifications/second`,
    { agrees: true, reason: "I looked again" },
  );
  assert.equal(own.status, 403);
  assert.equal(own.body.why, "same_person");
  await sign_in(page, demo.address, "nora.uto", "/tasks");
  await page.waitForSelector(".tone-hold");
  await visit(page, demo.address, `/tasks/${tasks[1]}`);
  await page.waitForSelector(".workbench textarea");
  await page.focus(".workbench textarea");
  await page.keyboard.type("Nor did I, by any spelling.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction((id) => !location.pathname.endsWith(id), tasks[1]);
  const done = await read(`/tasks/${tasks[1]}`);
  assert.equal(done.state, "done");
  assert.equal(done.outcome, "not_confirmed");
});

test("no mouse was needed", async () => {
  assert.equal(
    await page.evaluate(() => sessionStorage.getItem("mouse")),
    null,
  );
  assert.deepEqual(page.faults, []);
});

test("two files of one person are found, decided with a reason and taken back, without a mouse", async () => {
  await sign_in(page, demo.address, "anna.xar");
  const { agreement } = (await read("/cases?limit=1")).items[0];
  const ids = [];
  for (const [given_names, surname] of [
    ["Zenobia Amparo", "Wachtmeister Ixcoy"],
    ["Cenobia", "Wachtmeister Ixcoi"],
  ]) {
    const person = { given_names, surname, dob: "1987-03-14", sex: "F" };
    const made = await ask(page, "POST", "/cases", {
      agreement,
      content: { A_person: person },
    });
    assert.equal(made.status, 201);
    ids.push(made.body.id);
  }
  await visit(page, demo.address, `/cases/${ids[1]}`);
  const notice = page.locator('a[href^="/pairs/"]');
  for (let tries = 0; tries < 40 && !(await notice.count()); tries++) {
    await page.waitForTimeout(500);
    if (tries % 4 === 3) await visit(page, demo.address, `/cases/${ids[1]}`);
  }
  await notice.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".reasons tbody tr");
  const address = new URL(page.url()).pathname;
  await page.focus('input[value="same_person"]');
  await page.keyboard.press("Space");
  await page.focus("textarea");
  await page.keyboard.type("The same scar on both photographs");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => location.pathname !== before, address);
  await visit(page, demo.address, `/cases/${ids[0]}`);
  await page.waitForSelector(`a[href="${address}"]`);
  await visit(page, demo.address, address);
  await page.focus('[data-action="undo"]');
  await page.keyboard.press("Enter");
  await page.keyboard.type("The photographs were exchanged");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector('input[value="not_the_same"]');
  assert.equal((await read(`/pairs?case=${ids[0]}`)).items[0].state, "open");
  assert.deepEqual(await axe_findings(page), []);
  assert.equal(
    await page.evaluate(() => sessionStorage.getItem("mouse")),
    null,
  );
});

for (const language of ["en", "es"])
  for (const width of [1440, 390])
    test(`the workbench and the connection are whole, ${language} at ${width}`, async () => {
      const own = await open_page(browser, { language, width });
      await sign_in(own, demo.address, "sofia.uto", `/tasks/${tasks[2]}`);
      await own.waitForSelector(".candidate-list, .empty");
      await settled(own);
      for (const [login, path] of [
        ["sofia.uto", `/tasks/${tasks[2]}`],
        ["admin.uto", "/administration/registry"],
      ]) {
        if (login !== "sofia.uto")
          await sign_in(own, demo.address, login, path);
        assert.deepEqual(await axe_findings(own), [], path);
        assert.deepEqual(await missing_labels(own), [], path);
        assert.equal(await overflows(own), false, path);
      }
      assert.deepEqual(own.faults, []);
      await own.context().close();
    });
