// Ticks on a device, and what is kept of them: locked, of each user apart, sent once, nothing lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  count_unsent,
  kept_list,
  nothing_kept,
  sent,
  shown_of,
  tick,
  to_send,
  waiting_of,
  went_back,
  with_list,
  type KeptList,
} from "../src/handover/ticks.ts";
import { open_vault, wipe_old, wipe_sent, WrongWords, type Storage, type VaultRecord } from "../src/handover/vault.ts";
import type { HandoverPerson, TakenListView, TicksView } from "../src/transfers/types.ts";

const word = (code: string) => ({ code, label: code });
function person(case_id: string, heads: [id: string, value: string][] = []): HandoverPerson {
  const values = new Set(heads.map(([, value]) => value));
  return {
    case_id,
    number: 1,
    family: null,
    surname: "Vega",
    given_names: "Ana",
    sex: "F",
    birth: "1990-05-17",
    document: null,
    is_child: false,
    is_on_list: true,
    value: values.size === 1 ? word(heads[0]![1]) : null,
    is_clash: values.size > 1,
    heads: heads.map(([id, value]) => ({
      ...{ id, value: word(value), note: null, by: null, device: "Tablet", list: "L1", is_clock_wrong: false },
      ...{ device_at: "2031-03-10T09:00:00.000Z", at: "2031-03-10T09:00:00.000Z", received_at: "2031-03-10T09:00:00.000Z" },
    })),
    replaced: [],
  };
}
function handover(persons: HandoverPerson[]): TakenListView["handover"] {
  return { name: "Flight", side: word("requesting"), values: [word("boarded"), word("no_show")], persons } as never;
}
function taken(persons: HandoverPerson[], id = "t1"): KeptList {
  const taking = {
    id,
    list: "L1",
    device: "Tablet",
    at: "2031-03-10T07:00:00.000Z",
    clock_ahead_seconds: 0,
    is_clock_wrong: false,
  };
  return kept_list("/transports/x/handover", "/transports/x/handover", { taking, handover: handover(persons) } as never);
}
const at = (minute: number) => `2031-03-10T09:${String(minute).padStart(2, "0")}:00.000Z`;
const answer = (persons: HandoverPerson[], outcomes: TicksView["outcomes"]): TicksView =>
  ({ outcomes, clock_ahead_seconds: 0, is_clock_wrong: false, handover: handover(persons) }) as never;

test("a tick waits until the server has it, and names what the device knew", () => {
  let list = taken([person("p", [["h1", "no_show"]])]);
  list = tick(list, "p", "boarded", "", { id: "a", at: at(1) });
  list = tick(list, "p", "no_show", "came back", { id: "b", at: at(2) });
  assert.deepEqual(shown_of(list, list.persons[0]!), { value: "no_show", is_clash: false, waits: true });
  const body = to_send(list, at(3)) as { taking: string; ticks: Record<string, unknown>[] };
  assert.deepEqual(
    body.ticks.map((one) => [one["id"], one["counter"], one["replaces"], one["note"]]),
    [
      ["a", 1, ["h1"], undefined],
      ["b", 2, ["h1", "a"], "came back"],
    ],
  );
  // One more is made while these two are on their way: it waits still.
  const meanwhile = tick(list, "p", "boarded", "", { id: "c", at: at(4) });
  const after = sent(
    meanwhile,
    answer(
      [person("p", [["b", "no_show"]])],
      [
        { id: "a", is_kept: true, why_not: null },
        { id: "b", is_kept: false, why_not: "not on the list" },
      ],
    ),
    at(5),
  );
  assert.deepEqual(
    after.ticks.map((one) => one.state),
    ["kept", "refused", "waiting"],
  );
  assert.equal(after.ticks[1]!.why_not, "not on the list");
  assert.equal(waiting_of(after).length, 1);
  assert.equal(after.sent_at, at(5));
});

test("a person with two answers is not ticked over on a device", () => {
  const list = taken([
    person("p", [
      ["a", "boarded"],
      ["b", "no_show"],
    ]),
  ]);
  assert.equal(tick(list, "p", "boarded", "", { id: "c", at: at(1) }), list);
  assert.equal(tick(list, "nobody", "boarded", "", { id: "c", at: at(1) }), list);
});

test("a list that is taken again replaces the older one, but never what waits in it", () => {
  const older = tick(taken([person("p")], "t1"), "p", "boarded", "", { id: "a", at: at(1) });
  const kept = with_list({ lists: [older] }, taken([person("p")], "t2"));
  assert.deepEqual(
    kept.lists.map((one) => one.taking),
    ["t2", "t1"],
  );
  assert.equal(count_unsent(kept), 1);
  const all_sent = with_list({ lists: [taken([person("p")], "t1")] }, taken([person("p")], "t2"));
  assert.equal(all_sent.lists.length, 1);
});

test("a clock that goes back between two ticks is seen", () => {
  let list = tick(taken([person("p")]), "p", "boarded", "", { id: "a", at: at(5) });
  assert.equal(went_back(list), false);
  list = tick(list, "p", "no_show", "", { id: "b", at: at(4) });
  assert.equal(went_back(list), true);
});

function memory(): Storage & { records: Map<string, VaultRecord> } {
  const records = new Map<string, VaultRecord>();
  return {
    records,
    all: async () => [...records.values()],
    get: async (user) => records.get(user),
    put: async (record) => void records.set(record.user, record),
    erase: async (user) => void records.delete(user),
  };
}
const options = { first: nothing_kept, count_unsent, now: () => 1_000 };

test("what is kept opens with its words only, of each user apart, and shows no name", async () => {
  const storage = memory();
  const who = { user: "u1", login: "tomas" };
  const vault = await open_vault(storage, who, "gate B in March", options);
  const list = tick(taken([person("p")]), "p", "boarded", "", { id: "a", at: at(1) });
  await vault.change((kept) => with_list(kept, list));
  const record = storage.records.get("u1")!;
  assert.equal(record.unsent, 1);
  assert.doesNotMatch(Buffer.from(record.data).toString("latin1"), /Vega|boarded|Tablet/);
  await assert.rejects(open_vault(storage, who, "gate C in March", options), WrongWords);
  // Under the name of another user the same bytes do not open.
  storage.records.set("u2", { ...record, user: "u2" });
  await assert.rejects(open_vault(storage, { user: "u2", login: "eva" }, "gate B in March", options), WrongWords);
  const again = await open_vault(storage, who, "gate B in March", options);
  assert.equal((await again.read()).lists[0]!.ticks[0]!.value, "boarded");
  // Changes from two open pages are both kept.
  await Promise.all([vault.change((kept) => ({ lists: [...kept.lists, taken([person("q")], "t2")] })), Promise.resolve()]);
  await again.change((kept) => ({ lists: [...kept.lists, taken([person("r")], "t3")] }));
  assert.equal((await vault.read()).lists.length, 3);
});

test("what was sent is wiped at sign-out and after its days; what waits stays", async () => {
  const storage = memory();
  const vault = await open_vault(storage, { user: "u1", login: "tomas" }, "gate B in March", options);
  const list = taken([person("p")]);
  await vault.change((kept) => with_list(kept, tick(list, "p", "boarded", "", { id: "a", at: at(1) })));
  await wipe_sent(storage, "u1");
  await wipe_old(storage, 1_000 + 30 * 86_400_000);
  assert.equal(storage.records.size, 1);
  await vault.change(() => ({ lists: [list] }));
  await wipe_old(storage, 1_000 + 86_400_000);
  assert.equal(storage.records.size, 1);
  await wipe_sent(storage, "u1");
  assert.equal(storage.records.size, 0);
});
