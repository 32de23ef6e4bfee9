// The browser harness: starts a demo and Debian's Chromium, signs in as a demo person, takes pictures, runs axe-core.
import { createRequire } from "node:module";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
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

/**
 * A demo of its own: folder, SQLite database and port that nobody else uses. `RCMS_BINARY` names the program, `RCMS_WEB` the
 * built web application, `RCMS_URL` a demo that runs already. Answers its address and how to stop it.
 */
export async function start_demo({ cases = 12, citizens = 3000 } = {}) {
  if (process.env.RCMS_URL)
    return {
      address: process.env.RCMS_URL.replace(/\/$/, ""),
      stop: async () => undefined,
    };
  const folder = mkdtempSync(join(tmpdir(), "rcms-browser-"));
  return serve(folder, [
    ...["demo", "--folder", folder, "--database", `sqlite:${folder}/rcms.db`],
    ...["--web", process.env.RCMS_WEB ?? join(web, "dist"), "--port", "0"],
    ...["--cases", String(cases), "--citizens", String(citizens)],
  ]);
}
const program = () => process.env.RCMS_BINARY ?? resolve(web, "../build/rcms");

/** A node as an administrator sets it up, with nothing in it but themselves: address, login and the password handed over. */
export async function start_node() {
  const folder = mkdtempSync(join(tmpdir(), "rcms-browser-"));
  const login = "ada.uto";
  const said = execFileSync(
    program(),
    [
      ...["init", "--folder", folder, "--state", "UTO", "--name", "Utopia"],
      ...["--zone", "America/Guatemala", "--admin", login],
      ...["--admin-name", "Ada Ovando"],
    ],
    { encoding: "utf8" },
  );
  const password = /password\W+(\S+)/i.exec(said)?.[1] ?? "";
  const node = await serve(folder, [
    ...[
      "serve",
      "--folder",
      folder,
      "--web",
      process.env.RCMS_WEB ?? join(web, "dist"),
    ],
    ...["--port", "0"],
  ]);
  return { ...node, login, password };
}

/** Runs the program until it says where it listens. */
async function serve(folder, options) {
  const server = spawn(program(), options, {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve_end) => server.once("exit", resolve_end));
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const address = await new Promise((found, failed) => {
    let told = "";
    server.stderr.on("data", (data) => {
      told += data;
      const line = /serving address=(\S+)/.exec(told);
      if (line) found(`http://${line[1]}`);
    });
    server.once("error", failed);
    void ended.then((code) =>
      failed(
        new Error(`${program()} ended with ${code}:\n${told.slice(-2000)}`),
      ),
    );
  }).catch(async (fault) => {
    rmSync(folder, { recursive: true, force: true });
    throw fault;
  });
  return { address, stop };
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

/** Sends a request as the page would, with its session; answers status and body. */
export async function ask(page, method, path, body) {
  return page.evaluate(
    async ([verb, to, content]) => {
      const headers = { "X-RCMS-Request": "1" };
      if (content !== undefined) headers["Content-Type"] = "application/json";
      const answer = await fetch(`/api${to}`, {
        method: verb,
        headers,
        body: content === undefined ? undefined : JSON.stringify(content),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body],
  );
}

/** The day in the State of the person who is signed in, or `later` days after it. */
export async function today(page, later = 0) {
  const { now, party } = (await ask(page, "GET", "/session")).body;
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: party.time_zone,
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
  }).format(new Date(Date.parse(now) + later * 86_400_000));
}

/** Signs in as the demo's person with this login, then opens `path`. */
export async function sign_in(page, address, login, path = "/") {
  if (!page.url().startsWith(address)) await page.goto(`${address}/mark.svg`);
  const people = (await ask(page, "GET", "/demo/people")).body.items;
  const person = people.find((one) => one.portrait.endsWith(`/${login}`));
  if (!person) throw new Error(`nobody in the demo is ${login}`);
  const { status } = await ask(page, "POST", "/demo/session", {
    user: person.id,
  });
  if (status !== 200 && status !== 201)
    throw new Error(`signing in as ${login} answered ${status}`);
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
