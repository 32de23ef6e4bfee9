// Makes docs/pictures from a running demo: the screens that the README and the documentation show.
//
// usage: node scripts/make_pictures.mjs [--cases N]
//
// Starts a demo of its own with build/rcms (or RCMS_BINARY), never one that runs already: people whom a test made would be in the
// pictures. They are JPEG, 1280 pixels wide.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { find_ids } from "../tests/browser/pages.mjs";
import { ask, open_page, settled, sign_in, start_browser, start_demo, visit } from "../tests/browser/support.mjs";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "docs/pictures");
const at = process.argv.indexOf("--cases");
const cases = at > 0 ? Number(process.argv[at + 1]) : 300;

const press = (selector) => (page) => page.click(selector);
/** Name, language, width, who, address, what to do before. */
const pictures = (ids) => [
  ["start", "en", 1280, null, "/"],
  ["home", "en", 1280, "anna.xar", "/"],
  ["case", "en", 1280, "anna.xar", `/cases/${ids.requested}`],
  ["why_this_date", "en", 1280, "jorge.uto", `/applications/${ids.verification}`, press(".why")],
  ["desk", "en", 1280, "dora.xar", "/cases/desk?state=screening"],
  ["envelope", "en", 1280, "henrik.xar", `/cases/${ids.screening}/release`],
  ["identity", "es", 1280, "sofia.uto", `/tasks/${ids.task}`],
  ["interviews", "es", 1280, "carmen.uto", "/interviews"],
  ["document", "es", 1280, "carmen.uto", `/documents/${ids.document}`],
  ["report", "en", 1280, "mateo.uto", `/reports?month=${ids.month}`],
  ["phone", "es", 390, "lucia.uto", `/applications/${ids.completeness}`],
];

/** An open task of the registry that nobody has looked at yet, with several candidates. */
async function task_with_candidates(page) {
  await sign_in(page, demo.address, "sofia.uto");
  const open = (await ask(page, "GET", "/tasks?state=open")).body.items.filter((task) => task.kind === "registry_search");
  for (const task of open) {
    await visit(page, demo.address, `/tasks/${task.id}`);
    await page.waitForTimeout(400);
    const waits = await page.locator(".workbench .tone-hold").count();
    if (waits === 0 && (await page.locator(".candidate-list li").count()) >= 3) return task.id;
  }
  return null;
}

delete process.env.RCMS_URL;
const demo = await start_demo({ cases, citizens: 100_000 });
const browser = await start_browser();
try {
  mkdirSync(folder, { recursive: true });
  const first = await open_page(browser);
  const ids = await find_ids(first, demo.address);
  await sign_in(first, demo.address, "anna.xar");
  const now = await first.evaluate(async () => (await (await fetch("/api/session")).json()).now);
  ids.month = new Date(Date.parse(`${now.slice(0, 7)}-01T00:00:00Z`) - 1000).toISOString().slice(0, 7);
  ids.task = (await task_with_candidates(first)) ?? ids.task;
  await first.context().close();
  for (const [name, language, width, login, path, act] of pictures(ids)) {
    if (path.includes("none")) {
      console.log(`${name}: the world has no such file`);
      continue;
    }
    const page = await open_page(browser, { language, width, height: width < 600 ? 844 : 860 });
    if (login) await sign_in(page, demo.address, login, path);
    else await visit(page, demo.address, path);
    if (act) await act(page);
    await page.waitForTimeout(900);
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}.jpg`), type: "jpeg", quality: 82 });
    await page.context().close();
    console.log(name);
  }
} finally {
  await browser.close();
  await demo.stop();
}
