import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { ApiError, call, headers_of, onSessionExpired, problem_of, query_text } from "../src/api/client.ts";
import { stale_keys } from "../src/api/queries.ts";

const seen: { method: string; headers: Record<string, unknown>; body: string }[] = [];
const real_fetch = globalThis.fetch;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on("end", () => {
    seen.push({ method: request.method ?? "", headers: request.headers, body });
    if (request.url?.startsWith("/api/wrong")) {
      response.writeHead(422, { "Content-Type": "application/problem+json" }).end(
        JSON.stringify({
          title: "findings",
          status: 422,
          why: "field_invalid",
          field: "A_person.dob",
          findings: [{ why: "field_invalid", field: "A_person.dob", detail: "no such day", source: null }],
        }),
      );
      return;
    }
    if (request.url?.startsWith("/api/ended")) {
      response.writeHead(401, { "Content-Type": "application/problem+json" }).end("{}");
      return;
    }
    if (request.url?.startsWith("/api/gateway")) {
      response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>bad gateway</h1>");
      return;
    }
    response.writeHead(200, { "Content-Type": "application/json", ETag: '"7"' }).end('{"ok":true}');
  });
});
before(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  globalThis.fetch = (input, options) => real_fetch(base + String(input), options);
});
after(() => {
  globalThis.fetch = real_fetch;
  server.close();
});

test("a write carries the CSRF header, the revision it replaces and, for POST, an idempotency key", async () => {
  const answer = await call<{ ok: boolean }>("PATCH", "/cases/1/content", { body: { a: 1 }, revision: 6 });
  assert.equal(answer.revision, "7");
  assert.deepEqual(answer.value, { ok: true });
  const sent = seen.at(-1);
  assert.equal(sent?.headers["x-rcms-request"], "1");
  assert.equal(sent?.headers["if-match"], '"6"');
  assert.equal(sent?.headers["idempotency-key"], undefined);
  assert.equal(sent?.body, '{"a":1}');
  assert.ok(headers_of("POST", {})["Idempotency-Key"]);
  assert.equal(headers_of("POST", { key: "k1" })["Idempotency-Key"], "k1");
  assert.equal(headers_of("GET", {})["X-RCMS-Request"], undefined);
});
test("problem details become a typed error with its findings", async () => {
  await assert.rejects(
    call("GET", "/wrong"),
    (fault: unknown) =>
      fault instanceof ApiError &&
      fault.status === 422 &&
      fault.why === "field_invalid" &&
      fault.findings[0]?.field === "A_person.dob",
  );
});
test("an answer that is not ours still becomes a complete problem", async () => {
  await assert.rejects(
    call("GET", "/gateway"),
    (fault: unknown) => fault instanceof ApiError && fault.status === 502 && fault.findings.length === 0,
  );
  assert.equal(problem_of(0, null).why, "no_connection");
});
test("a 401 tells the session, but not when signing in itself fails", async () => {
  let told = 0;
  const stop = onSessionExpired(() => {
    told += 1;
  });
  await assert.rejects(call("GET", "/ended"));
  await assert.rejects(call("POST", "/session"), () => true).catch(() => undefined);
  stop();
  assert.equal(told, 1);
});
test("empty filters are left out of an address and lists are joined", () => {
  assert.equal(
    query_text({ q: "", state: null, ids: ["a", "b"], limit: 25, name: "é&" }),
    "?ids=a%2Cb&limit=25&name=%C3%A9%26",
  );
  assert.equal(query_text({}), "");
});
test("a live change renews its own record and list, never another record", () => {
  const keys = stale_keys("case", "42").map((key) => JSON.stringify(key));
  assert.ok(keys.includes('["record","case","42"]'));
  assert.ok(keys.includes('["list","case"]'));
  assert.ok(!keys.some((key) => key.includes("application")));
  assert.deepEqual(stale_keys("unknown", "1"), [["home"], ["notifications"]]);
});
