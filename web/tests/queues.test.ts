import assert from "node:assert/strict";
import { test } from "node:test";
import { list_query, queues } from "../src/api/queues.ts";

test("a queue is asked for in its own order, files without a deadline among them", () => {
  assert.ok(queues.some((queue) => queue.sort === "due"));
  for (const queue of queues) {
    const side = queue.side === "requesting" ? "case" : "application";
    assert.equal(list_query(side, { queue: queue.id }, "2031-01-31")["sort"], queue.sort, queue.id);
  }
});
test("to document are those to whom this State issues a document; the others stand apart", () => {
  assert.equal(list_query("application", { queue: "to_document" }, "2031-01-31")["foreign"], "without");
  assert.equal(list_query("application", { queue: "accepted_foreign" }, "2031-01-31")["foreign"], "only");
  assert.equal(list_query("application", { queue: "documented" }, "2031-01-31")["foreign"], undefined);
});
test("who chooses the order of deadlines gets it", () => {
  assert.equal(list_query("application", { queue: "received", sort: "due" }, "2031-01-31")["sort"], "due");
});
