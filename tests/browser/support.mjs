// The browser harness: starts Debian's Chromium, signs in as a demo person, takes pictures, runs axe-core.
// Used against the mock (web/mock) or a real server: set RCMS_URL to the address of a running demo.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const web = resolve(import.meta.dirname, "../../web");
const require = createRequire(join(web, "package.json"));
const { chromium } = require("playwright-core");
const axe_source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export async function start_browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: flags,
  });
}

/** The address to test and how to stop it: RCMS_URL when given, otherwise the mock serving web/dist. */
export async function start_site() {
  if (process.env.RCMS_URL)
    return {
      address: process.env.RCMS_URL.replace(/\/$/, ""),
      mock: false,
      expire: () => undefined,
      close: () => undefined,
    };
  const { start_mock } = await import(join(web, "mock/server.mjs"));
  return { ...(await start_mock()), mock: true };
}

/** A page of its own session. `language` en or es, `width` in CSS pixels. Collects errors of the page in `page.faults`. */
export async function open_page(
  browser,
  { language = "en", width = 1440, height = 900, right_to_left = false } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === "es" ? "es-ES" : "en-GB",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  await context.addInitScript((chosen) => {
    localStorage.setItem("rcms.language", chosen);
    sessionStorage.setItem("rcms.language.chosen", "1");
  }, language);
  const page = await context.newPage();
  page.faults = [];
  page.right_to_left = right_to_left;
  page.on("pageerror", (fault) => page.faults.push(String(fault)));
  page.on("console", (message) => {
    if (
      message.type() === "error" &&
      !/Failed to load resource/.test(message.text())
    )
      page.faults.push(message.text());
  });
  return page;
}

/** Signs in through the demo's own address, then opens `path`. */
export async function sign_in(page, address, user, path = "/") {
  await page.goto(`${address}/verify`);
  const status = await page.evaluate(
    async (id) =>
      (
        await fetch("/api/demo/session", {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "X-RCMS-Request": "1",
          },
          body: JSON.stringify({ user: id }),
        })
      ).status,
    user,
  );
  if (status !== 200 && status !== 201)
    throw new Error(`signing in as ${user} answered ${status}`);
  await visit(page, address, path);
}

/** Opens a path and waits until nothing is loading: no bones, no request in flight, the fonts there. */
export async function visit(page, address, path) {
  await page.goto(
    address +
      path +
      (page.right_to_left ? `${path.includes("?") ? "&" : "?"}dir=rtl` : ""),
  );
  await settled(page);
}
export async function settled(page) {
  await page.waitForFunction(
    () =>
      document.querySelector("main, #verify > *") !== null &&
      document.querySelectorAll(".bone").length === 0,
    undefined,
    { timeout: 10000 },
  );
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(120);
}

export async function picture(page, folder, name, full = true) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: full });
  return path;
}

/** Runs axe with the rules of WCAG 2.2 A and AA; answers one line a violation, empty when there is none. */
export async function axe_findings(page) {
  await page.evaluate(axe_source);
  const found = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: {
        type: "tag",
        values: [
          "wcag2a",
          "wcag2aa",
          "wcag21a",
          "wcag21aa",
          "wcag22aa",
          "best-practice",
        ],
      },
      rules: { region: { enabled: false } },
    }),
  );
  return found.violations.map(
    (item) =>
      `${item.id}: ${item.help} — ${item.nodes
        .slice(0, 3)
        .map((node) => node.target.join(" "))
        .join(" | ")}`,
  );
}

/** True when the page can be scrolled sideways, which it must not. */
export async function overflows(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth + 1,
  );
}
/** Labels without words, shown as `[key]`. */
export async function missing_labels(page) {
  return page.evaluate(() => [
    ...new Set(
      document.body.innerText.match(/\[[a-z_]+\.[A-Za-z_.0-9]+\]/g) ?? [],
    ),
  ]);
}
