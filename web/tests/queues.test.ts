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
test("who chooses the order of deadlines gets it", () => {
  assert.equal(list_query("application", { queue: "received", sort: "due" }, "2031-01-31")["sort"], "due");
});
