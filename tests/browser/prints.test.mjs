// Fingerprints: given with a basis and shown as kept, never as a file; removed and told as deleted; at the other State weighed in
// a bar of their own among the reasons. Both widths, both languages, clean for axe.
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
  today,
  visit,
} from "./support.mjs";

let demo, browser, page, draft, task;

before(
  async () => {
    demo = await start_demo({ cases: 24, citizens: 3000 });
    browser = await start_browser();
    page = await open_page(browser);
    page.setDefaultTimeout(15_000);
  },
  { timeout: 240_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const read = async (path) => (await ask(page, "GET", path)).body;

/** A record of ISO/IEC 19794-2 with one finger of five minutiae. */
function template() {
  const minutiae = [
    [80, 90, 10],
    [120, 200, 70],
    [200, 140, 130],
    [60, 260, 190],
    [240, 300, 250],
  ].flatMap(([x, y, angle]) => [
    0x40 | (x >> 8),
    x & 255,
    y >> 8,
    y & 255,
    angle,
    80,
  ]);
  const body = [
    ...[0, 0, 1, 44, 1, 144, 0, 197, 0, 197, 1, 0],
    ...[2, 0, 80, minutiae.length / 6],
    ...minutiae,
    ...[0, 0],
  ];
  return Buffer.from([
    0x46,
    0x4d,
    0x52,
    0,
    0x20,
    0x32,
    0x30,
    0,
    0,
    0,
    0,
    body.length + 12,
    ...body,
  ]);
}

/** At both widths and in both languages; pictures where LOOK_AT names a folder. */
async function looks_well(login, path, name) {
  const faults = [];
  for (const [width, language] of [
    [1440, "es"],
    [390, "es"],
    [1440, "en"],
    [390, "en"],
  ]) {
    const other = await open_page(browser, { language, width });
    await sign_in(other, demo.address, login, path);
    await other.waitForTimeout(400);
    await settled(other);
    if (process.env.LOOK_AT)
      await picture(other, process.env.LOOK_AT, `${name}_${width}_${language}`);
    for (const found of [
      ...(await axe_findings(other)),
      ...(await missing_labels(other)),
      ...((await overflows(other)) ? ["scrolls sideways"] : []),
      ...other.faults,
    ])
      faults.push(`${name} ${width} ${language}: ${found}`);
    await other.context().close();
  }
  assert.deepEqual(faults, []);
}

test("prints are given with a basis, are no attachment, and can be removed before they leave", async () => {
  await sign_in(page, demo.address, "anna.xar");
  const drafts = (await read("/cases?state=draft")).items;
  for (const one of drafts)
    if ((await read(`/cases/${one.id}/prints`)).state === "none")
      draft ??= one.id;
  assert.ok(draft, "the demo has no draft without prints");
  await visit(page, demo.address, `/cases/${draft}?section=attachments`);
  const card = page.locator(".card:has(input[name=print-basis])").last();
  const add = card.getByRole("button", { name: "Add a template" });
  await add.waitFor();
  assert.ok(await add.isDisabled(), "without paper and day nothing is given");
  await card
    .locator("input[type=text], input:not([type])")
    .first()
    .fill("Form C-7");
  const [year, month, day] = (await today(page)).split("-");
  for (const [part, text] of Object.entries({ day, month, year }))
    await card.locator(`[data-part="${part}"]`).fill(text);
  const file = card.locator("input[type=file]");
  const cut = template().subarray(0, 40);
  await file.setInputFiles({
    name: "prints.fmr",
    mimeType: "application/octet-stream",
    buffer: cut,
  });
  await page.getByText("it was cut or altered").waitFor();
  await file.setInputFiles({
    name: "prints.fmr",
    mimeType: "application/octet-stream",
    buffer: template(),
  });
  await page.getByText("Kept: 1 finger").waitFor();
  const view = await read(`/cases/${draft}`);
  assert.ok(view.attachments.every((one) => !one.type.includes("finger")));
  await looks_well(
    "anna.xar",
    `/cases/${draft}?section=attachments`,
    "case_prints",
  );
  await page.getByRole("button", { name: "Remove and delete" }).click();
  await page.locator(".chip", { hasText: "Deleted" }).waitFor();
  assert.equal((await read(`/cases/${draft}/prints`)).deleted_why, "removed");
});

test("a verifier sees what the prints weigh beside the names, and that one finger is not enough", async () => {
  await sign_in(page, demo.address, "jorge.uto");
  const civil = (await read("/offices")).items.find((one) =>
    one.name.startsWith("Civil Registry"),
  );
  const due_on = await today(page, 5);
  const open = (
    await read(
      "/applications?state=verification,completeness,documents_requested",
    )
  ).items;
  const made = [];
  for (const one of open) {
    const answer = await ask(page, "POST", `/applications/${one.id}/tasks`, {
      kind: "registry_search",
      organisation: civil.id,
      due_on,
    });
    if (answer.status === 201) made.push(answer.body.id);
  }
  await sign_in(page, demo.address, "sofia.uto");
  for (const one of made)
    if ((await read(`/tasks/${one}/prints`)).state === "kept") task ??= one;
  assert.ok(task, `no open application of ${made.length} has prints`);
  await visit(page, demo.address, `/tasks/${task}`);
  await page.waitForSelector('.reasons tr[data-part="prints"]');
  const row = page.locator('.reasons tr[data-part="prints"]').first();
  assert.match(await row.innerText(), /Fingerprints/);
  assert.match(await row.innerText(), /Names alone/);
  await looks_well("sofia.uto", `/tasks/${task}`, "task_prints");
});
