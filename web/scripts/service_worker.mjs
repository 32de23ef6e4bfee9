// Writes dist/verify-worker.js: the service worker of the verification page with the list of all files that the page may load.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const files = new Set();
const seen = new Set();
function take(name) {
  if (seen.has(name)) return;
  seen.add(name);
  const entry = manifest[name];
  for (const file of [entry.file, ...(entry.css ?? []), ...(entry.assets ?? [])]) files.add(`/${file}`);
  for (const other of [...(entry.imports ?? []), ...(entry.dynamicImports ?? [])]) take(other);
}
take("verify.html");
const list = ["/verify", "/mark.svg", ...[...files].sort()];
const content = createHash("sha256");
for (const file of list) content.update(readFileSync(`dist${file === "/verify" ? "/verify.html" : file}`));
const text = readFileSync("src/verify/service_worker.js", "utf8")
  .replace("FILES", JSON.stringify(list))
  .replace("${VERSION}", content.digest("hex").slice(0, 16));
writeFileSync("dist/verify-worker.js", text);
rmSync("dist/.vite", { recursive: true });
console.log(`verify-worker: ${list.length} files kept for use without a network`);
