import assert from "node:assert/strict";
import { test } from "node:test";
import { Line, Sender, bring, hold, pause } from "../../observe/static/js/device.mjs";

import { memoryStore } from "./memory.mjs";

function aSender(states) {
  const clock = { now: 0, timers: [], told: [] };
  const timer = {
    set: (job, delay) => {
      clock.timers = [{ job, delay }];
      return clock.timers[0];
    },
    clear: () => (clock.timers = []),
  };
  const send = async () => states.shift() ?? "sent";
  const sender = new Sender({
    send,
    timer,
    now: () => clock.now,
    random: () => 1,
    tell: (state) => clock.told.push(state),
  });
  return { sender, clock };
}

test("a tablet that fails waits longer each time, five minutes at most", () => {
  assert.deepEqual(
    [1, 2, 3, 20].map((failures) => pause(failures, () => 1)),
    [2000, 4000, 8000, 300000],
  );
  assert.equal(
    pause(20, () => 0),
    0,
  );
});

test("after a save it is sent soon, and looked after every half minute", async () => {
  const { sender, clock } = aSender([]);
  await sender.now();
  assert.equal(clock.timers[0].delay, 30000);
  sender.soon();
  assert.equal(clock.timers[0].delay, 1500);
  await clock.timers[0].job();
  assert.equal(clock.told.at(-1), "sent");
});

test("a save does not hurry a server that asked for patience, a tap does", async () => {
  const { sender, clock } = aSender(["busy", "busy", "busy"]);
  await sender.now();
  sender.soon();
  assert.equal(clock.timers[0].delay, 2000);
  await sender.now();
  await sender.now();
  assert.equal(clock.timers[0].delay, 8000);
  assert.equal(await sender.now(), "sent");
});

test("while somebody types it is sent now and then, not at every letter", async () => {
  const { sender, clock } = aSender([]);
  const delays = [];
  for (clock.now = 0; clock.now <= 8000; clock.now += 1000) {
    sender.soon();
    delays.push(clock.timers[0].delay);
  }
  assert.deepEqual(delays, [1500, 1500, 1500, 1500, 1500, 1500, 1500, 1000, 0]);
});

test("a clock that jumps back by years holds nothing up", async () => {
  const { sender, clock } = aSender(["busy"]);
  clock.now = Date.UTC(2031, 0, 1);
  await sender.now();
  clock.now = Date.UTC(2026, 0, 1);
  sender.soon();
  assert.ok(clock.timers[0].delay <= 300000);
  const line = new Line({ connected: () => false, now: () => clock.now });
  line.lost();
  clock.now = Date.UTC(1999, 0, 1);
  assert.equal(line.likely, true);
});

test("a tablet without network does not try, unless it is asked to or time has passed", async () => {
  let now = 0;
  let sendings = 0;
  const line = new Line({ connected: () => false, now: () => now });
  const send = async () => ((sendings += 1), "no network");
  line.lost();
  await line.through(false, send);
  assert.equal(sendings, 0);
  await line.through(true, send);
  now += 30000;
  await line.through(false, send);
  assert.equal(sendings, 2);
});

test("where the server answers without a network, the tablet is not believed any more", async () => {
  const line = new Line({ connected: () => false, now: () => 0 });
  await line.through(true, async () => "idle");
  assert.equal(line.likely, false);
  await line.through(true, async () => "sent");
  assert.equal(line.likely, true);
});

const all = (store, name) => store.transact("readonly", (tx) => tx.all(name));
const told = (op_id, sequence, more = {}) => ({
  ...{ op_id, observation_id: "o", lamport: sequence, kind: "set", field: `note/${op_id}/text`, value: op_id },
  ...{ status: "accepted", sequence, ...more },
});

function aServerWith(operations) {
  const changes = async (cursor) => {
    const after = operations.filter((op) => op.sequence > Number(String(cursor).split(".").at(-1)));
    return {
      status: 200,
      body: { cursor: `e.${Math.max(...operations.map((op) => op.sequence))}`, operations: after },
    };
  };
  const records = [{ observation_id: "o", operations }];
  return { changes, bootstrap: async () => ({ status: 200, body: { records, lessons: [] } }) };
}

test("what another tablet wrote is brought once, and then only what is new", async () => {
  const store = memoryStore();
  const operations = [told("a", 1), told("b", 2)];
  const api = aServerWith(operations);
  assert.equal((await bring({ api, store, observation: "o" })).length, 2);
  operations.push(told("c", 3), told("elsewhere", 4, { observation_id: "another" }));
  const rows = await bring({ api, store, observation: "o" });
  assert.deepEqual(
    rows.map((row) => row.op.op_id),
    ["c"],
  );
  assert.equal((await all(store, "fetched")).length, 3);
});

test("what another tablet took in after the seal takes part here too", async () => {
  const store = memoryStore();
  const operations = [told("a", 1, { status: "late" })];
  const api = aServerWith(operations);
  await bring({ api, store, observation: "o" });
  operations.push(told("u", 2, { kind: "unseal", field: null, value: { reason: "", include: true } }));
  operations.push(told("b", 3, { status: "late" }));
  await bring({ api, store, observation: "o" });
  assert.deepEqual(
    (await all(store, "fetched")).map((row) => [row.op.op_id, row.verdict]),
    [
      ["a", "accepted"],
      ["b", "late"],
      ["u", "accepted"],
    ],
  );
});

test("a record that another tablet began under a second id comes whole", async () => {
  const store = memoryStore();
  const rows = await bring({
    api: aServerWith([told("a", 1), told("b", 2, { observation_id: "second" })]),
    store,
    observation: "o",
  });
  assert.deepEqual(
    rows.map((row) => row.same_as),
    [undefined, "o"],
  );
  assert.equal(await store.transact("readonly", (tx) => tx.get("kept", "alias/second")), "o");
});

test("a record that was sent from here and closed elsewhere is brought with what the other tablet added", async () => {
  const store = memoryStore();
  const api = aServerWith([told("a", 1), told("b", 2)]);
  api.bootstrap = async () => ({ status: 200, body: { records: [], lessons: [] } });
  assert.deepEqual(await bring({ api, store, observation: "o" }), []);
  const { status: _, sequence, ...op } = told("a", 1);
  await store.transact("readwrite", (tx) => tx.add("operations", { op, sent: true, verdict: "accepted", sequence }));
  const rows = await bring({ api, store, observation: "o" });
  assert.deepEqual(
    rows.map((row) => row.op.op_id),
    ["b"],
  );
});

/** A lock that somebody else has until `letGo` is called. */
function taken() {
  let letGo;
  const free = new Promise((resolve) => (letGo = resolve));
  const awake = setInterval(() => {}, 5); // a signal's own clock does not keep node waiting
  const request = async (_name, { signal }, run) => {
    const tooLate = new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason)));
    await Promise.race([free, tooLate]).finally(() => clearInterval(awake));
    return run({});
  };
  return { locks: { request }, letGo };
}

test("a page that opens before a killed one has let go of its record waits for it", async () => {
  const { locks, letGo } = taken();
  const held = hold("record", { locks });
  setTimeout(letGo, 20);
  assert.equal(await held, true);
});

test("what another tab keeps is not waited for without end", async () => {
  const { locks } = taken();
  assert.equal(await hold("record", { locks, patience: 20 }), false);
});

test("where there are no locks a page is taken for the only one", async () => {
  assert.equal(await hold("record", { locks: null }), true);
});
