// The decisive acts of the chain with the keyboard alone: every control is reached with Tab, shows that it is there, and is
// used with keys. A mouse that is touched anywhere fails the test.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  ask,
  open_page,
  settled,
  sign_in,
  start_browser,
  start_demo,
} from "./support.mjs";

const table = [
  "Surname,Given names,Date of birth,Sex,Nationality,Document type,Document number,Return decision,Decision date",
  "Tecla,Clara,1990-04-05,Female,Utopia,Identity card,U10000001,RD-1/2026,2026-09-01",
].join("\n");
let demo, browser, page, folder;
const story = { id: "", application: "", number: "" };

before(
  async () => {
    demo = await start_demo();
    browser = await start_browser();
    folder = mkdtempSync(join(tmpdir(), "rcms-keyboard-"));
    page = await open_page(browser);
    page.setDefaultTimeout(10_000);
    await page.addInitScript(() => {
      addEventListener(
        "pointerdown",
        () => sessionStorage.setItem("mouse", "touched"),
        true,
      );
    });
  },
  { timeout: 240_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** What has the focus: whether it fits the selector, whether a ring is drawn around it, and what it is for a message. */
const at = (selector) =>
  page.evaluate((wanted) => {
    const here = document.activeElement;
    const look = getComputedStyle(here);
    const outlined =
      look.outlineStyle !== "none" && Number.parseFloat(look.outlineWidth) > 0;
    const box = here.getBoundingClientRect();
    return {
      fits: here.matches(wanted),
      seen: outlined || look.boxShadow !== "none",
      inside:
        box.bottom > 0 &&
        box.top < innerHeight &&
        box.right > 0 &&
        box.left < innerWidth,
      what: `${here.tagName} ${here.className} ${here.textContent?.slice(0, 40) ?? ""}`,
    };
  }, selector);

/** Goes with Tab to the first control that fits; it must be on the screen and show the focus. */
async function reach(selector, most = 160) {
  const passed = [];
  for (let step = 0; step < most; step += 1) {
    const here = await at(selector);
    if (here.fits) {
      assert.ok(here.seen, `the focus cannot be seen on ${here.what}`);
      assert.ok(here.inside, `${here.what} has the focus outside the screen`);
      return;
    }
    passed.push(here.what.trim());
    await page.keyboard.press("Tab");
  }
  throw new Error(
    `${selector} is not reached with Tab; passed: ${passed.slice(-12).join(" → ")}`,
  );
}
async function use(selector, key = "Enter") {
  await page.waitForSelector(selector);
  await reach(selector);
  await page.keyboard.press(key);
}
const read = async (path) => (await ask(page, "GET", path)).body;
const open = (login, path) => sign_in(page, demo.address, login, path);

/** Opens an act, waits for its dialog, which must have the focus inside, and sends it. */
async function act(action, fill = async () => undefined) {
  await use(`[data-action="${action}"]`);
  await page.waitForSelector(".dialog");
  assert.ok(
    await page.evaluate(
      () => document.activeElement?.closest(".dialog") !== null,
    ),
    `${action}: the focus is not in the dialog`,
  );
  await fill();
  await page.waitForSelector(".dialog-foot .button.primary:not([disabled])");
  await use(".dialog-foot .button.primary");
  await page.waitForSelector(".dialog", { state: "detached" });
  await settled(page);
  assert.notEqual(
    await page.evaluate(() => document.activeElement?.isConnected),
    false,
  );
}

/** Walks through the desk with Tab and says all that is still empty. */
async function fill_desk(year) {
  const parts = { day: "3", month: "11", year };
  for (let step = 0; step < 140; step += 1) {
    const here = await page.evaluate(() => {
      const control = document.activeElement;
      if (!control?.closest(".desk form, form.desk")) return null;
      return {
        kind: control.tagName === "SELECT" ? "select" : control.type,
        empty: !control.value,
        value: control.value,
        checked: control.checked,
        part: control.dataset.part ?? "",
        asks: [...(control.options ?? [])].some((one) => one.value === "no"),
        whole: control.inputMode === "numeric",
        hour: control.placeholder === "14:30",
      };
    });
    if (here?.kind === "radio" && here.value === "closed" && !here.checked)
      await page.keyboard.press("Space");
    else if (here?.kind === "select" && here.empty)
      await page.keyboard.press(here.asks ? "End" : "ArrowDown");
    else if (here?.kind === "text" && here.empty)
      await page.keyboard.type(
        parts[here.part] ?? (here.hour ? "10:30" : here.whole ? "14" : "RD-77"),
      );
    else if (here?.kind === "submit") break;
    await page.keyboard.press("Tab");
    if (
      await page.evaluate(
        () =>
          document.activeElement?.matches(
            '[data-desk="record"], [data-desk="skip"]',
          ) ?? false,
      )
    )
      break;
  }
  await page.waitForSelector('[data-desk="record"]:not([disabled])');
}
async function record_desk() {
  const shown = await page.getAttribute(
    '.desk-person a[href^="/cases/"]',
    "href",
  );
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(
    (was) =>
      document
        .querySelector('.desk-person a[href^="/cases/"]')
        ?.getAttribute("href") !== was,
    shown,
  );
}
async function arrived(reference) {
  for (let turn = 0; turn < 50; turn += 1) {
    const rows = await read(
      "/applications?state=received&limit=100&sort=newest",
    );
    const row = rows.items.find((one) => one.partner_reference === reference);
    if (row) return row.id;
    await page.waitForTimeout(200);
  }
  throw new Error(`${reference} did not arrive`);
}

test("a table is brought in, its columns and agreement chosen, and the drafts completed at the desk", async () => {
  await open("anna.xar", "/cases/import");
  const file = join(folder, "one.csv");
  writeFileSync(file, table);
  const choosing = page.waitForEvent("filechooser");
  await use(".import-drop button");
  await (await choosing).setFiles(file);
  await page.waitForSelector(".mapping");
  // Without an agreement the page leads back to the field that lacks.
  await use(".button.primary.large");
  await page.waitForFunction(
    () => document.activeElement?.id === "import-agreement",
  );
  await page.keyboard.press("ArrowDown");
  await use(".button.primary.large");
  await page.waitForSelector(".import-numbers");
  await use(".button.primary.large");
  await use('a.primary[href^="/cases/desk?state=draft"]');
  await page.waitForSelector(".desk");
  const [row] = (await read("/cases?state=draft&owner=me&sort=newest&limit=1"))
    .items;
  story.id = row.id;
  story.reference = row.reference;
  await fill_desk("2025");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".desk", { state: "detached" });
  assert.equal((await read(`/cases/${story.id}`)).state, "screening");
});

test("safeguards are decided at the desk and a second person finds and releases what is ready", async () => {
  await open("dora.xar", "/");
  await use('a.primary[href="/cases/desk?state=screening"]');
  await page.waitForSelector(".desk");
  assert.equal(
    await page.getAttribute('.desk-person a[href^="/cases/"]', "href"),
    `/cases/${story.id}`,
  );
  await fill_desk("2030");
  await record_desk();
  await open("henrik.xar", "/");
  await use('[data-action="release_next"]');
  await page.waitForURL(`**/cases/${story.id}/release`);
  await use(".release-box input", "Space");
  await use(".release-box .button.primary.large");
  await page.waitForSelector(".dialog");
  await use(".dialog .dialog-foot .button.primary");
  await page.waitForFunction(
    async (id) =>
      (await (await fetch(`/api/cases/${id}`)).json()).state !== "screening",
    story.id,
  );
  await open("lucia.uto", "/");
  story.application = await arrived(story.reference);
});

test("it is acknowledged, asked about, declared complete, verified and accepted", async () => {
  const file = `/applications/${story.application}`;
  await open("lucia.uto", file);
  await act("acknowledge");
  // What is missing stands in the request already: it is sent as it is offered.
  await act("request_documents");
  await open("anna.xar", `/cases/${story.id}?section=requests`);
  // The photograph is attached, what cannot be got is said in words.
  await page.waitForSelector(".request-item textarea");
  await page.evaluate(() => {
    for (const item of document.querySelectorAll(".request-item"))
      if (/Photo/.test(item.textContent)) item.id = "photo";
  });
  const photo = Buffer.from(
    await page.evaluate(async () =>
      Array.from(
        new Uint8Array(
          await (await fetch("/api/demo/portraits/anna.xar")).arrayBuffer(),
        ),
      ),
    ),
  );
  const choosing = page.waitForEvent("filechooser");
  await use("#photo button");
  await (
    await choosing
  ).setFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.waitForSelector("#photo input:checked");
  for (const item of await page
    .locator(".request-item:not(#photo) textarea")
    .all()) {
    await item.evaluate((area) => area.setAttribute("data-next", ""));
    await reach("textarea[data-next]");
    await page.keyboard.type("The person has none.");
    await item.evaluate((area) => area.removeAttribute("data-next"));
  }
  await use(".case-middle .button.primary");
  await page.waitForSelector(".request-item .answer");
  await open("lucia.uto", file);
  await page.waitForSelector('[data-action="declare_complete"]');
  await act("declare_complete");
  await open("jorge.uto", file);
  await act("open_task", async () => {
    await use('.dialog input[type="radio"]', "Space");
    await reach(".dialog select");
    await page.keyboard.type("Civil");
  });
  await open("sofia.uto", "/tasks");
  const card = (await read("/tasks?state=open")).items
    .sort((a, b) => a.created_at.localeCompare(b.created_at))
    .at(-1);
  await use(`a[href="/tasks/${card.id}"]`);
  await page.waitForSelector('input[name="outcome"]');
  await reach('input[name="outcome"]');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await reach('form:has(input[name="outcome"]) textarea');
  await page.keyboard.type("Nobody in the registry; the consulate knows her.");
  await use('form:has(input[name="outcome"]) button[type="submit"]');
  await page.waitForFunction(
    (done) => !location.pathname.endsWith(done),
    card.id,
  );
  await open("jorge.uto", file);
  await act("reply", async () => {
    await use('.dialog input[value="accepted"]', "Space");
  });
  assert.equal(
    (await read(`/applications/${story.application}`)).state,
    "accepted",
  );
});

test("the document is issued and its lines are verified", async () => {
  await open("carmen.uto", `/applications/${story.application}/issue`);
  await use(".button.primary.large");
  await page.waitForSelector(".dialog");
  await use(".dialog .dialog-foot .button.primary");
  await page.waitForURL("**/documents/*").catch(async (fault) => {
    throw new Error(await page.innerText("main"), { cause: fault });
  });
  const number = new URL(page.url()).pathname.split("/").at(-1);
  const { mrz } = await read(`/travel-documents/${number}`);
  await page.goto(`${demo.address}/verify`);
  await page.waitForSelector("#lines");
  await reach("#lines");
  await page.keyboard.insertText(mrz);
  await use("form button");
  await page.waitForSelector(".verdict");
  assert.equal(
    await page.evaluate(() => sessionStorage.getItem("mouse")),
    null,
  );
  assert.deepEqual(page.faults, []);
});
