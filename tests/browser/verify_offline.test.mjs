// The public page for checking travel documents after its server is gone: what was kept judges a genuine, a forged, a revoked and
// an expired document, and says how old its trust is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import {
  ask,
  axe_findings,
  missing_labels,
  open_page,
  overflows,
  picture,
  sign_in,
  start_browser,
  start_demo,
  visit,
} from "./support.mjs";

const require = createRequire(
  resolve(import.meta.dirname, "../../web/package.json"),
);
let demo, browser, page, folder;
const documents = {};
before(
  async () => {
    folder = mkdtempSync(join(tmpdir(), "rcms-verify-"));
    demo = await start_demo({ cases: 40 });
    browser = await start_browser();
    page = await open_page(browser, { width: 390, height: 844 });
    page.setDefaultTimeout(20_000);
    await sign_in(page, demo.address, "carmen.uto");
    const { items } = (await ask(page, "GET", "/travel-documents")).body;
    const [issued, other] = items.filter((one) => one.state === "issued");
    documents.issued = await scan(issued);
    documents.expired = await scan(
      items.find((one) => one.state === "expired"),
    );
    documents.void = await scan(other);
    const { status, body } = await ask(
      page,
      "POST",
      `/travel-documents/${other.number}/void`,
      { reason: "Lost on the way to the counter." },
    );
    assert.equal(status, 200, JSON.stringify(body));
    await page.context().clearCookies();
    await visit(page, demo.address, "/verify");
    await page.waitForFunction(() =>
      /without a connection/.test(
        document.querySelector("#offline").textContent,
      ),
    );
    await demo.stop();
  },
  { timeout: 180_000 },
);
after(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The content of the code on a picture, in hexadecimal. */
async function code_of(file) {
  const { prepareZXingModule, readBarcodes } = await import(
    pathToFileURL(require.resolve("zxing-wasm/reader")).href
  );
  const wasmBinary = readFileSync(
    require.resolve("zxing-wasm/reader/zxing_reader.wasm"),
  );
  prepareZXingModule({ overrides: { wasmBinary } });
  const [found] = await readBarcodes(readFileSync(file), {
    formats: ["DataMatrix"],
    tryHarder: true,
  });
  return Buffer.from(found.bytes).toString("hex");
}

/** The printed page as a scanner sees it, at 150 dpi, and its lines. */
async function scan({ number, mrz }) {
  const pdf = await page.evaluate(async (of) => {
    const answer = await fetch(`/api/travel-documents/${of}/pdf`);
    return [...new Uint8Array(await answer.arrayBuffer())];
  }, number);
  const file = join(folder, `${number}.pdf`);
  writeFileSync(file, Buffer.from(pdf));
  execFileSync("pdftoppm", [
    ...["-r", "150", "-singlefile", "-png", file],
    join(folder, number),
  ]);
  return { number, mrz, pdf: file, picture: join(folder, `${number}.png`) };
}

/** What the page says of what was just given. */
async function verdict() {
  await page.waitForSelector(".verdict, [role=alert]");
  const shown = page.locator(".verdict").first();
  return {
    word: await shown.getAttribute("data-verdict"),
    by: await shown.getAttribute("data-judged"),
    text: await shown.innerText(),
  };
}
async function show(file) {
  await visit(page, demo.address, "/verify");
  await page.setInputFiles("#file", file);
  return verdict();
}

test("the server is gone and the page is there, and says how old its trust is", async () => {
  await assert.rejects(fetch(`${demo.address}/verify`));
  await visit(page, demo.address, "/verify");
  const said = await page.innerText("#offline");
  assert.match(
    said,
    /works without a connection.*No connection: .* 0 days old, and good until/,
  );
  assert.deepEqual(await axe_findings(page), []);
  assert.deepEqual(await missing_labels(page), []);
});

test("a genuine document is read from its picture, and its printed lines are compared with the seal", async () => {
  const { picture: scanned, mrz, number } = documents.issued;
  const seen = await show(scanned);
  assert.equal(seen.word, "compare_by_eye", seen.text);
  assert.equal(seen.by, "here");
  assert.match(seen.text, new RegExp(number));
  assert.match(seen.text, /photograph with the person/);
  assert.equal(await overflows(page), false);
  assert.deepEqual(await axe_findings(page), []);
  if (process.env.RCMS_PICTURES)
    await picture(page, process.env.RCMS_PICTURES, "verify-offline-390");
  await page.fill("#printed", mrz);
  await page.click(".compare button");
  await page.waitForSelector('.verdict[data-verdict="genuine"]');
});

test("other lines under a genuine seal are found", async () => {
  await show(documents.issued.picture);
  await page.fill("#printed", documents.issued.mrz.replace(/^(PU...)./, "$1X"));
  await page.click(".compare button");
  await page.waitForSelector('.verdict[data-verdict="not_genuine"]');
});

test("a revoked document and one that has run out are known as such", async () => {
  const revoked = await show(documents.void.picture);
  assert.equal(revoked.word, "revoked", revoked.text);
  const expired = await show(documents.expired.picture);
  assert.equal(expired.word, "expired", expired.text);
});

test("a hand scanner types a code with nothing chosen; one bit makes it false", async () => {
  const code = await code_of(documents.issued.picture);
  const forged = code.replace(/(?<=^.{100})./, (digit) =>
    (Number.parseInt(digit, 16) ^ 1).toString(16),
  );
  for (const [typed, word, says] of [
    [code, "compare_by_eye", /signature belongs/],
    [forged, "not_genuine", /signature does not belong/],
    [code.slice(0, 180), "not_genuine", /no seal of an emergency/],
  ]) {
    await visit(page, demo.address, "/verify");
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    const seen = await verdict();
    assert.equal(seen.word, word, seen.text);
    assert.match(seen.text, says);
  }
});

test("what cannot be read says what to do", async () => {
  assert.match((await show(documents.issued.pdf)).text, /Photograph the paper/);
  const empty = join(folder, "empty.png");
  writeFileSync(
    empty,
    Buffer.from(
      await page.evaluate(async () => {
        const canvas = new OffscreenCanvas(1240, 1754);
        canvas.getContext("2d").fillRect(0, 0, 600, 9);
        const blob = await canvas.convertToBlob({ type: "image/png" });
        return [...new Uint8Array(await blob.arrayBuffer())];
      }),
    ),
  );
  assert.equal((await show(empty)).word, "unreadable");
  const broken = join(folder, "broken.png");
  writeFileSync(broken, "\x89PNG nothing");
  assert.match((await show(broken)).text, /no picture that can be opened/);
});

test("when the list of authorities has run out too, both are said", async () => {
  const later = Date.now() + 300 * 86_400_000;
  await page.clock.setFixedTime(later);
  const seen = await show(documents.issued.picture);
  assert.equal(seen.word, "expired", seen.text);
  assert.match(seen.text, /300 days old|30\d days old|29\d days old/);
  assert.match(await page.innerText("#offline"), /connect to renew it/);
  assert.deepEqual(page.faults, []);
});
