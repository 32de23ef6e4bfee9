// A person's way in on a node that is no demo: the first password, the authenticator, a token for a machine and its end.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import {
  axe_findings,
  open_page,
  settled,
  start_browser,
  start_node,
  visit,
} from "./support.mjs";

const chosen = "a long new password 77";
let node, browser, page;
before(
  async () => {
    node = await start_node();
    browser = await start_browser();
    page = await open_page(browser);
    page.setDefaultTimeout(10_000);
  },
  { timeout: 60_000 },
);
after(async () => {
  await browser?.close();
  await node?.stop();
});

/** The code of six digits that an authenticator shows (RFC 6238, SHA-1, 30 s); `later` steps in the future. */
function code_of(secret, later = 0) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[^A-Z2-7]/g, "")]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(
    bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)),
  );
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac("sha1", key).update(moment).digest();
  const value = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, "0");
}
async function sign_in_with(password) {
  await page.fill('input[autocomplete="username"]:not([hidden])', node.login);
  await page.fill('input[autocomplete="current-password"]', password);
  await page.click('button[type="submit"]');
}

test("the password that was handed over has to be changed before anything else is shown", async () => {
  await visit(page, node.address, "/");
  await sign_in_with("not the password");
  await page.waitForSelector('[role="alert"]');
  await sign_in_with(node.password);
  await page.waitForSelector('input[autocomplete="new-password"]');
  assert.equal(await page.locator(".rail").count(), 0);
  assert.deepEqual(await axe_findings(page), []);
  await page.fill('input[autocomplete="current-password"]', node.password);
  const boxes = page.locator('input[autocomplete="new-password"]');
  await boxes.nth(0).fill("short");
  await boxes.nth(1).fill("short");
  assert.ok(await page.locator('button[type="submit"]').isDisabled());
  await boxes.nth(0).fill(chosen);
  await boxes.nth(1).fill(chosen);
  await page.click('button[type="submit"]');
  await page.waitForSelector(".rail");
});

test("an authenticator is set up, and from then on its code is asked for", async () => {
  await visit(page, node.address, "/access");
  const card = page.locator(".card", {
    has: page.getByRole("heading", { name: "Second factor" }),
  });
  await card.locator('input[type="password"]').fill(chosen);
  await card.locator('button[type="submit"]').click();
  const secret = await card.locator("code").innerText();
  assert.match(secret, /^[A-Z2-7 ]{16,}$/);
  await card.locator('input[inputmode="numeric"]').fill(code_of(secret));
  await card.locator('button[type="submit"]').click();
  await card.locator(".chip.tone-calm").waitFor();
  await page.context().clearCookies();
  await visit(page, node.address, "/");
  await sign_in_with(chosen);
  await page.waitForSelector('input[autocomplete="one-time-code"]');
  await page.fill('input[autocomplete="one-time-code"]', code_of(secret, 1));
  await page.click('button[type="submit"]');
  await page.waitForSelector(".rail");
});

test("a token for a machine is shown once, works, and is refused after it is revoked", async () => {
  await visit(page, node.address, "/access");
  await page.getByRole("button", { name: "Make a token" }).click();
  const dialog = page.locator(".dialog");
  await dialog.locator("input:not([type=checkbox])").first().fill("Nightly");
  await dialog.locator(".check-grid input").first().check();
  await dialog.locator(".dialog-foot .primary").click();
  const token = await dialog.locator("[data-secret]").innerText();
  assert.ok(token.length > 20);
  await dialog.locator(".dialog-foot .primary").click();
  await settled(page);
  assert.ok(!(await page.content()).includes(token));
  const with_token = () =>
    fetch(`${node.address}/api/session`, {
      headers: { Authorization: `Bearer ${token}` },
    });
  assert.equal((await with_token()).status, 200);
  await page.getByRole("button", { name: "Revoke Nightly" }).click();
  await page.locator(".dialog .dialog-foot .danger").click();
  await page.locator(".dialog").waitFor({ state: "detached" });
  assert.equal((await with_token()).status, 401);
  assert.deepEqual(page.faults, []);
});
