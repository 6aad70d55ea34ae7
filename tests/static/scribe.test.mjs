import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../observe/static/js/operations.mjs";
import { Scribe } from "../../observe/static/js/scribe.mjs";
import { memoryStore } from "./memory.mjs";

const TEXT = "note/1/text";
const quiet = () => new Promise((resolve) => setImmediate(resolve));
const operationsIn = (store) => store.transact("readonly", (tx) => tx.all("operations"));
const kept = (store, key) => store.transact("readonly", (tx) => tx.get("kept", key));

function aScribe(store = memoryStore()) {
  const told = [];
  const later = (job) => (scribe.again = job);
  const given = { store, observation: "o", rubric: "r", newId, later, tell: (what) => told.push(what) };
  const scribe = new Scribe(given);
  let turn = 0;
  const give = (...changes) => scribe.take({ turn: (turn += 1), changes });
  return Object.assign(scribe, { told, give, store });
}

const typed = (value, more = {}) => aChange(TEXT, value, { typed: true, ...more });
const aChange = (field, value, more = {}) => ({
  kind: "set",
  field,
  value,
  op_id: newId(),
  at: "2026-11-21T10:00:00Z",
  elapsed_ms: 5,
  winner: null,
  ...more,
});

// Counts what a transaction asks of the store.
function counted(store) {
  const asked = [];
  const { transact } = store;
  const watched = (tx) =>
    Object.fromEntries(Object.entries(tx).map(([name, ask]) => [name, (...all) => (asked.push(name), ask(...all))]));
  store.transact = (mode, job) => transact(mode, (tx) => job(watched(tx)));
  return asked;
}

test("all that one tap changes is written in one transaction, in its order", async () => {
  const scribe = aScribe();
  scribe.give(aChange("clock/started", "x"), aChange("note/1/elapsed_ms", 0), typed("W"));
  await quiet();
  assert.equal(scribe.store.commits, 1);
  assert.deepEqual(
    (await operationsIn(scribe.store)).map(({ device_seq, op }) => [device_seq, op.lamport, op.field]),
    [
      [1, 1, "clock/started"],
      [2, 2, "note/1/elapsed_ms"],
      [3, 3, TEXT],
    ],
  );
  assert.deepEqual([scribe.told[0].through, scribe.told[0].rows.length, scribe.told[0].back], [1, 3, []]);
});

test("a keystroke asks for its line by number and writes it; nothing is searched for", async () => {
  const scribe = aScribe();
  scribe.give(typed("W"));
  await quiet();
  const asked = counted(scribe.store);
  scribe.give(typed("Wa"));
  await quiet();
  assert.deepEqual(asked, ["get", "get", "put"]);
});

test("letters that flood in become one write, and no two writes are ever on their way", async () => {
  const scribe = aScribe();
  for (let length = 1; length <= 200; length += 1) scribe.give(typed("x".repeat(length)));
  await quiet();
  assert.equal((await operationsIn(scribe.store))[0].op.value.length, 200);
  assert.ok(scribe.store.commits <= 3);
  assert.equal(scribe.store.most, 1);
});

test("a draft is kept with what it is a draft of", async () => {
  const scribe = aScribe();
  scribe.take({ turn: 1, changes: [typed("W")], draft: { note: "1" } });
  await quiet();
  assert.equal(scribe.store.commits, 1);
  assert.deepEqual(await kept(scribe.store, "draft/o"), { note: "1" });
});

test("one change that cannot be kept holds nothing else up, and is tried until it is", async () => {
  const scribe = aScribe();
  const { transact } = scribe.store;
  const bad = aChange("note/bad/text", "x");
  let full = true;
  const refuse = (tx) => ({
    ...tx,
    add: async (name, row) => (full && row.op.value === "x" ? Promise.reject(new Error("full")) : tx.add(name, row)),
  });
  scribe.store.transact = (mode, job) =>
    transact(mode, async (tx) => {
      const rows = await job(refuse(tx));
      await Promise.all(rows.map(({ key }) => key));
      return rows;
    });
  scribe.give(bad, aChange("rating/wait/whole", 3));
  await quiet();
  assert.deepEqual(scribe.told.at(-1).back, [bad.op_id]);
  scribe.give(aChange("rating/ask/whole", 2));
  await quiet();
  scribe.store.transact = transact;
  assert.deepEqual(
    (await operationsIn(scribe.store)).map((row) => row.op.value),
    [3, 2],
  );
  full = false;
  scribe.again();
  await quiet();
  assert.deepEqual(scribe.told.at(-1).back, []);
  assert.equal((await operationsIn(scribe.store)).length, 3);
});

test("a write of which nobody knows whether it arrived is not written twice", async () => {
  const store = memoryStore();
  const { transact } = store;
  let answers = false;
  store.transact = async (...asked) => {
    const rows = await transact(...asked);
    if (!answers) throw new Error("The connection was lost after the write.");
    return rows;
  };
  const scribe = aScribe(store);
  scribe.give(typed("W"));
  await quiet();
  answers = true;
  scribe.give(typed("Wa"));
  await quiet();
  store.transact = transact;
  assert.deepEqual(
    (await operationsIn(store)).map((row) => row.op.value),
    ["Wa"],
  );
});

test("two tabs on one line each write their own operation, and both texts are kept", async () => {
  const store = memoryStore();
  const [one, two] = [aScribe(store), aScribe(store)];
  one.give(typed("Waits"));
  await quiet();
  const [{ op }] = one.told[0].rows;
  two.give(typed("Waits long", { winner: { op_id: op.op_id, lamport: op.lamport } }));
  await quiet();
  one.give(typed("Waits 3 s", { winner: { op_id: op.op_id, lamport: op.lamport } }));
  await quiet();
  const rows = await operationsIn(store);
  assert.deepEqual(
    rows.map((row) => [row.op.value, row.op.previous]),
    [
      ["Waits 3 s", null],
      ["Waits long", op.op_id],
    ],
  );
});

test("what came from elsewhere is not typed over but followed", async () => {
  const scribe = aScribe();
  scribe.give(typed("W"));
  await quiet();
  scribe.give(typed("Wa", { winner: { op_id: "from another tablet", lamport: 9 } }));
  await quiet();
  const [, second] = await operationsIn(scribe.store);
  assert.equal(second.op.previous, "from another tablet");
});
