// Takes a picture of every screen and prints what axe, missing labels, sideways scrolling and the console say.
// node tests/browser/look.mjs [folder] [name part] — width and language by LOOK="1440:en,390:es"
import {
  axe_findings,
  missing_labels,
  open_page,
  overflows,
  picture,
  settled,
  sign_in,
  start_browser,
  start_demo,
  visit,
} from "./support.mjs";
import { find_ids, pages_of } from "./pages.mjs";

const [folder = "/tmp/rcms-pages", part = ""] = process.argv.slice(2);
const looks = (process.env.LOOK ?? "1440:en,390:es")
  .split(",")
  .map((look) => look.split(":"));
const site = await start_demo({ cases: 80 });
const browser = await start_browser();
let bad = 0;
try {
  for (const [width, language, direction] of looks) {
    const page = await open_page(browser, {
      language,
      width: Number(width),
      right_to_left: direction === "rtl",
    });
    const ids = await find_ids(page, site.address);
    for (const [name, user, path, act] of [
      ["start", null, "/"],
      ...pages_of(ids),
    ]) {
      if (!name.includes(part)) continue;
      page.faults.length = 0;
      if (user === null) {
        await page.context().clearCookies();
        await visit(page, site.address, path);
      } else await sign_in(page, site.address, user, path);
      try {
        if (act) {
          await act(page);
          await settled(page);
        }
      } catch (fault) {
        page.faults.push(String(fault).split("\n")[0]);
      }
      await picture(page, folder, `${name}_${width}_${language}`, !act);
      const found = [
        ...(await axe_findings(page)),
        ...(await missing_labels(page)),
        ...((await overflows(page)) ? ["scrolls sideways"] : []),
        ...page.faults,
      ];
      if (found.length > 0) {
        bad += 1;
        console.log(`${name} ${width} ${language}\n  ${found.join("\n  ")}`);
      }
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  await site.stop();
}
console.log(`${bad} pages with findings`);
