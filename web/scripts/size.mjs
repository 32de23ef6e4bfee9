// Fails the build when what a browser must load first grows over its limit (bytes after gzip).
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const limits = { index: 250_000, verify: 100_000, handover: 200_000 };
let failed = false;
for (const [page, limit] of Object.entries(limits)) {
  const html = readFileSync(`dist/${page}.html`, "utf8");
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]);
  const total = files.reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length, gzipSync(html).length);
  console.log(`${page}: ${total} bytes of ${limit} (${files.length} files)`);
  if (total > limit) failed = true;
}
if (failed) process.exit(1);
