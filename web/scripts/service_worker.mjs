// Writes dist/<page>-worker.js for each page that is used without a network: the service worker of the page with the list of all files
// that it may load. Each has a scope and a store of its own.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const template = readFileSync("src/verify/service_worker.js", "utf8");

function files_of(page) {
  const files = new Set();
  const seen = new Set();
  const take = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const entry = manifest[name];
    for (const file of [entry.file, ...(entry.css ?? []), ...(entry.assets ?? [])]) files.add(`/${file}`);
    for (const other of [...(entry.imports ?? []), ...(entry.dynamicImports ?? [])]) take(other);
  };
  take(`${page}.html`);
  return [`/${page}`, "/mark.svg", ...[...files].sort()];
}

for (const page of ["verify", "handover"]) {
  const list = files_of(page);
  const content = createHash("sha256");
  for (const file of list) content.update(readFileSync(`dist${file === `/${page}` ? `/${page}.html` : file}`));
  const text = template
    .replace("FILES", JSON.stringify(list))
    .replaceAll("PAGE", page)
    .replace("${VERSION}", content.digest("hex").slice(0, 16));
  writeFileSync(`dist/${page}-worker.js`, text);
  console.log(`${page}-worker: ${list.length} files kept for use without a network`);
}
rmSync("dist/.vite", { recursive: true });
