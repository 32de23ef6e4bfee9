// The whole chain through the browser against a real demo: a table becomes drafts, one goes to Utopia, comes back with a
// question, is verified and accepted, gets its travel document, which the public page verifies; the month's report counts it.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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
  today,
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
    // All citizens: the table names people who are in the registry of the demo.
    demo = await start_demo({ citizens: 100_000 });
    browser = await start_browser();
    folder = mkdtempSync(join(tmpdir(), "rcms-chain-"));
    page = await open_page(browser);
    page.setDefaultTimeout(12_000);
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
  "Arcadia imports a table of forty, is told of two bad rows, and finds 38 drafts more",
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
    // As samples/README.md says: a day that does not exist, an unknown word; a repeated row is only marked.
    assert.match(
      await page.innerText(".import-numbers li:nth-child(2)"),
      /^38\b/,
    );
    await page.click(".button.primary.large");
    // The end of the import offers the next step: the desk, with the new drafts one after the other.
    const next = page.locator('a.primary[href^="/cases/desk?state=draft"]');
    await next.waitFor({ timeout: 30_000 });
    story.errors = await page.getAttribute('a[href*="/errors"]', "href");
    assert.match(await next.innerText(), /\b38\b/);
    await next.click();
    await page.waitForSelector(".desk");
    // Only what was imported is walked, not the drafts that lay there before.
    assert.match(await page.innerText(".desk-progress"), /of 38\b/);
  },
);

test(
  "the rows with errors come back as a file, are corrected and load without a question",
  { skip: existsSync(table) ? false : "the sample table is not there" },
  async () => {
    const address = story.errors.replace("format=xlsx", "format=csv");
    const wrong = await page.evaluate(
      async (path) => (await fetch(path)).text(),
      address,
    );
    const corrected = wrong
      .replace("30/02/1990", "28/02/1990")
      .replace("unclear", "Female");
    assert.notEqual(corrected, wrong);
    await visit(page, demo.address, "/cases/import");
    await page.setInputFiles('input[type="file"]', {
      name: "corrected.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(corrected),
    });
    await page.waitForSelector(".mapping");
    // Each step begins at its top, for the keyboard too.
    assert.match(
      await page.evaluate(() => document.activeElement.className),
      /steps/,
    );
    const agreement = page.locator(".grid-3 select").first();
    if ((await agreement.inputValue()) === "")
      await agreement.selectOption({ index: 1 });
    await page.click(".button.primary.large");
    await page.waitForSelector(".import-numbers");
    assert.match(
      await page.innerText(".import-numbers li:nth-child(2)"),
      /^2\b/,
    );
    await page.click(".button.primary.large");
    const next = page.locator('a.primary[href^="/cases/desk?state=draft"]');
    await next.waitFor({ timeout: 30_000 });
    assert.match(await next.innerText(), /\b2\b/);
  },
);

test("whoever one chooses to be, the language of the start page stays", async () => {
  const other = await open_page(browser, { language: "es" });
  await other.evaluate(() => sessionStorage.clear()).catch(() => undefined);
  await other.goto(demo.address);
  await other.locator(".people button").first().click();
  await other.waitForSelector("main h1");
  await settled(other);
  assert.equal(await other.evaluate(() => document.documentElement.lang), "es");
  await other.context().close();
});

/** Says on the desk all that is still empty, as a person would: satisfied, with its papers and days. */
async function fill_desk(year) {
  const desk = page.locator(".desk");
  for (const choice of await desk.locator('input[value="closed"]').all())
    await choice.check();
  for (const list of await desk.locator("select:visible").all())
    if ((await list.inputValue()) === "")
      await list.selectOption(
        (await list.locator('option[value="no"]').count()) > 0
          ? "no"
          : { index: 1 },
      );
  for (const box of await desk
    .locator("input.input:visible, .input input:visible")
    .all()) {
    if ((await box.inputValue()) !== "") continue;
    const part = await box.getAttribute("data-part");
    const whole = (await box.getAttribute("inputmode")) === "numeric";
    const hour = (await box.getAttribute("placeholder")) === "14:30";
    const parts = { day: "3", month: "11", year };
    await box.fill(
      part ? parts[part] : hour ? "10:30" : whole ? "14" : "RD-77",
    );
  }
}

test("safeguards are decided at the desk by two people and the second person releases what was previewed", async () => {
  await sign_in(page, demo.address, "anna.xar");
  const [row] = (await read("/cases?state=draft&owner=me&sort=newest&limit=1"))
    .items;
  const draft = await read(`/cases/${row.id}`);
  story.id = draft.id;
  await add_photo(draft);
  for (const [login, stop, year] of [
    ["anna.xar", "draft", "2025"],
    ["dora.xar", "screening", "2030"],
  ]) {
    await sign_in(page, demo.address, login, `/cases/desk?state=${stop}`);
    await page.waitForSelector(".desk");
    const shown = await page.getAttribute(
      '.desk-person a[href^="/cases/"]',
      "href",
    );
    assert.equal(shown, `/cases/${draft.id}`);
    // What is missing is named, and the first empty field has the keyboard.
    await page.keyboard.press("Control+Enter");
    assert.notEqual(
      await page.evaluate(() => document.activeElement.closest(".wrong")),
      null,
    );
    await fill_desk(year);
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(
      (was) =>
        document
          .querySelector('.desk-person a[href^="/cases/"]')
          ?.getAttribute("href") !== was,
      shown,
    );
  }
  await open_file("henrik.xar", "cases", draft.id);
  await page.click('[data-action="release"]');
  await page.check(".release-box input");
  await page.click(".release-box .button.primary.large");
  await page.locator(".dialog .dialog-foot .button.primary").click();
  await page.waitForFunction(
    async (id) =>
      (await (await fetch(`/api/cases/${id}`)).json()).state !== "screening",
    draft.id,
  );
  await sign_in(page, demo.address, "lucia.uto");
  story.application = await arrived("received", draft.reference);
});

/** A photograph for the file: a drawn portrait of the demo. */
async function add_photo(draft) {
  const made = await page.evaluate(async (id) => {
    const photo = await (await fetch("/api/demo/portraits/anna.xar")).blob();
    const answer = await fetch(
      `/api/cases/${id}/attachments?name=photo.jpg&kind=photo`,
      {
        method: "POST",
        headers: { "X-RCMS-Request": "1", "Content-Type": "image/jpeg" },
        body: photo,
      },
    );
    return answer.json();
  }, draft.id);
  const content = structuredClone(draft.content);
  content.A_person.photo = made.id;
  const { status, body } = await ask(
    page,
    "PUT",
    `/cases/${draft.id}/content`,
    { content },
  );
  assert.equal(status, 200, JSON.stringify(body));
}

/** The application with this reference of the other State, once it is in a state. */
async function arrived(state, partner_reference) {
  for (let turn = 0; turn < 50; turn += 1) {
    const rows = await read(
      `/applications?state=${state}&limit=100&sort=newest`,
    );
    const row = rows.items.find(
      (one) => one.partner_reference === partner_reference,
    );
    if (row) return row.id;
    await page.waitForTimeout(200);
  }
  throw new Error(`${partner_reference} did not arrive as ${state}`);
}
async function state_is(path, state) {
  let found = "";
  for (let turn = 0; turn < 50 && found !== state; turn += 1) {
    found = (await read(path)).state;
    if (found !== state) await page.waitForTimeout(100);
  }
  assert.equal(found, state);
}

test("Utopia asks for a document item by item and gets the answer", async () => {
  const id = story.application;
  await open_file("lucia.uto", "applications", id);
  await act("acknowledge");
  await act("request_documents", async (dialog) => {
    await dialog.locator("select").first().selectOption("identity_card");
  });
  await state_is(`/applications/${id}`, "documents_requested");
  await open_file("anna.xar", "cases", story.id, "requests");
  await page.setInputFiles("input[data-answer-file]", {
    name: "certificate.jpg",
    mimeType: "image/jpeg",
    buffer: Buffer.from(
      await page.evaluate(async () =>
        Array.from(
          new Uint8Array(
            await (await fetch("/api/demo/portraits/anna.xar")).arrayBuffer(),
          ),
        ),
      ),
    ),
  });
  await page.waitForSelector(".request-item .check input:checked");
  await page.fill(
    ".request-item textarea",
    "The certificate was shown by the person.",
  );
  await page.click(".case-middle .button.primary");
  await page.waitForSelector(".request-item .answer");
  await sign_in(page, demo.address, "lucia.uto");
  for (const state of ["completeness"])
    await state_is(`/applications/${id}`, state);
});

test("the registry confirms, Utopia accepts and Arcadia sees it", async () => {
  const id = story.application;
  await open_file("lucia.uto", "applications", id);
  await act("declare_complete");
  await open_file("jorge.uto", "applications", id);
  await act("open_task", async (dialog) => {
    await dialog.locator('input[value="registry_search"]').check();
    await dialog
      .locator("select")
      .first()
      .selectOption({ label: "Civil Registry of Utopia" });
  });
  await sign_in(page, demo.address, "sofia.uto");
  const card = (await read("/tasks?state=open")).items
    .sort((a, b) => a.created_at.localeCompare(b.created_at))
    .at(-1);
  await visit(page, demo.address, `/tasks/${card.id}`);
  await page.locator(".candidate-list [role=option]").first().click();
  await page.check('input[name="outcome"][value="confirmed"]');
  const result = page.locator('form:has(input[name="outcome"])');
  await result.locator("textarea").fill("Entry found; the details agree.");
  await result.locator('button[type="submit"]').click();
  await page.waitForFunction(
    (done) => !location.pathname.endsWith(done),
    card.id,
  );
  await open_file("jorge.uto", "applications", id);
  await act("reply", async (dialog) => {
    await dialog.locator('input[value="accepted"]').check();
  });
  await state_is(`/applications/${id}`, "accepted");
  await open_file("anna.xar", "cases", story.id);
  await state_is(`/cases/${story.id}`, "accepted");
});

test("the consulate issues the document, the public page verifies it and finds a changed one", async () => {
  await sign_in(
    page,
    demo.address,
    "carmen.uto",
    `/applications/${story.application}/issue`,
  );
  const stock = (await read("/blanks")).items;
  if (!stock.some((item) => item.left > 0)) {
    const made = await ask(page, "POST", "/blanks", {
      series: "Z",
      from: "Z00000001",
      to: "Z00000010",
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await visit(page, demo.address, `/applications/${story.application}/issue`);
  }
  await page.click(".button.primary.large");
  await page.locator(".dialog .dialog-foot .button.primary").click();
  await page.waitForURL("**/documents/*");
  story.number = new URL(page.url()).pathname.split("/").at(-1);
  const document = await read(`/travel-documents/${story.number}`);
  const pdf = await page.evaluate(
    async (number) =>
      Array.from(
        new Uint8Array(
          await (
            await fetch(`/api/travel-documents/${number}/pdf`)
          ).arrayBuffer(),
        ),
      ),
    story.number,
  );
  const file = join(folder, "document.pdf");
  writeFileSync(file, Buffer.from(pdf));
  await page.context().clearCookies();
  await visit(page, demo.address, "/verify");
  await page.setInputFiles("#file", file);
  await page.waitForSelector('.verdict[data-verdict="genuine"]');
  const changed = document.mrz.replace(/.(?=.{9}$)/m, (one) =>
    one === "1" ? "2" : "1",
  );
  await page.fill("#lines", changed);
  await page.click("form button");
  await page.waitForSelector('.verdict.bad, .verdict[data-verdict="unproven"]');
});

test("the month's report counts what happened", async () => {
  await sign_in(page, demo.address, "mateo.uto", "/reports");
  await page.waitForSelector(".figures .card");
  const month = (await today(page)).slice(0, 7);
  const report = await read(`/reports/monthly?month=${month}`);
  const value = (part) =>
    report.figures.find((one) => one.id.includes(part))?.value ?? 0;
  assert.ok(value("received") >= 1);
  assert.ok(value("documents") >= 1 || value("document") >= 1);
  for (const [format, begins] of [
    ["pdf", "%PDF"],
    ["xlsx", "PK"],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(`main a[href*="format=${format}"]`).first().click(),
    ]);
    const path = join(folder, `report.${format}`);
    await download.saveAs(path);
    assert.equal(
      readFileSync(path).subarray(0, begins.length).toString(),
      begins,
    );
  }
  assert.deepEqual(page.faults, []);
});
