import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../observe/static/js/operations.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

const TEXT = "note/1/text";
const LEVEL = "rating/wait-time/whole";

function aRecord(store = memoryStore(), { later = () => {}, observation = "o" } = {}) {
  const facts = { observation, rubric: "sha256:r", now: () => 0, elapsed: () => 7, newId };
  return new Record({ ...facts, store, later }).open();
}

const quiet = () => new Promise((resolve) => setImmediate(resolve));
const operationsIn = (store) => store.transact("readonly", (tx) => tx.all("operations"));

test("what an observer wrote is there after the page is opened again", async () => {
  const store = memoryStore();
  await (await aRecord(store)).set(TEXT, "Waits");
  assert.equal((await aRecord(store)).value(TEXT), "Waits");
});

test("keystrokes become one operation until it has left the tablet", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  for (const text of ["W", "Wa", "Wai"]) await record.set(TEXT, text, { typed: true });
  const [row, ...more] = await operationsIn(store);
  assert.equal(row.op.value, "Wai");
  assert.equal(more.length, 0);
});

test("a keystroke after the line was sent is a new operation that names the one before", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  await record.set(TEXT, "W", { typed: true });
  const [row] = await operationsIn(store);
  await store.transact("readwrite", (tx) => tx.put("operations", { ...row, sent: true }));
  await record.set(TEXT, "Wa", { typed: true });
  const [, second] = await operationsIn(store);
  assert.equal(second.op.value, "Wa");
  assert.equal(second.op.previous, row.op.op_id);
});

test("keystrokes that come during a write wait for it and become one", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  "Waits".split("").forEach((_, place) => record.set(TEXT, "Waits".slice(0, place + 1), { typed: true }));
  await record.settled();
  assert.equal(record.value(TEXT), "Waits");
  assert.ok(store.commits <= 4);
  assert.equal((await operationsIn(store)).length, 1);
});

test("two ratings in a row are two operations, each with its time", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  await record.set(LEVEL, 2);
  await record.set(LEVEL, 3);
  const rows = await operationsIn(store);
  assert.deepEqual(
    rows.map((row) => [row.device_seq, row.op.value, row.op.lamport, row.op.elapsed_ms]),
    [
      [1, 2, 1, 7],
      [2, 3, 2, 7],
    ],
  );
});

test("a save that fails says so, keeps the text, and does not stop the next", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  store.failures = 1;
  await record.set(TEXT, "W", { typed: true });
  assert.equal(record.saving, "failed");
  assert.deepEqual(
    record.unsaved.map((change) => change.value),
    ["W"],
  );
  await record.set(TEXT, "Wa", { typed: true });
  assert.equal(record.saving, "saved");
  assert.equal((await aRecord(store)).value(TEXT), "Wa");
});

test("a save that failed is tried again by itself", async () => {
  const store = memoryStore();
  let again = null;
  const record = await aRecord(store, { later: (job) => (again = job) });
  store.failures = 1;
  await record.set(LEVEL, 3);
  assert.equal(record.saving, "failed");
  await quiet();
  await again();
  assert.equal(record.saving, "saved");
  assert.equal((await operationsIn(store)).length, 1);
});

test("a line that is too long is not saved, and said so until it is shorter", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  await record.set(TEXT, "x".repeat(2_000_000), { typed: true });
  assert.equal(record.unsaved.length, 1);
  assert.equal((await operationsIn(store)).length, 0);
  await record.set(TEXT, "x", { typed: true });
  assert.equal(record.unsaved.length, 0);
  assert.equal(record.saving, "saved");
});

test("a count is taken back one at a time, the latest first", async () => {
  const record = await aRecord();
  for (let taps = 0; taps < 3; taps += 1) await record.tally("rating/praise/whole");
  record.untally("rating/praise/whole");
  await record.untally("rating/praise/whole");
  assert.equal(record.count("rating/praise/whole"), 1);
  await record.untally("rating/praise/whole");
  await record.untally("rating/praise/whole");
  assert.equal(record.count("rating/praise/whole"), 0);
});

test("a count of its own is taken back, once, though it is not written yet", async () => {
  const record = await aRecord();
  const field = "rating/praise/whole";
  const [first, second] = [newId(), newId()];
  record.tally(field, first);
  record.tally(field, second);
  assert.equal(record.count(field), 2);
  await record.untally(field, first);
  assert.equal(record.count(field), 1);
  assert.deepEqual([record.stands(field, first), record.stands(field, second)], [false, true]);
});

test("what was refused or came late takes no part in the record", async () => {
  const record = await aRecord();
  await record.set(LEVEL, 3);
  const [row] = [...record.rows.values()];
  record.take([{ ...row, verdict: "rejected", waiting: undefined }]);
  assert.equal(record.value(LEVEL), null);
});

test("a second tab goes on counting where the first one is", async () => {
  const store = memoryStore();
  const [one, two] = [await aRecord(store), await aRecord(store)];
  await one.set(LEVEL, 2);
  await two.set(LEVEL, 3);
  assert.equal((await aRecord(store)).value(LEVEL), 3);
});

test("what was written under a second id is part of the record once the server has said so", async () => {
  const store = memoryStore();
  const [first, second] = [
    await aRecord(store, { observation: "first" }),
    await aRecord(store, { observation: "second" }),
  ];
  await first.set(TEXT, "Here.");
  await second.set(LEVEL, 3);
  await store.transact("readwrite", (tx) => tx.put("kept", "first", "alias/second"));
  const [row] = second.rows.values();
  first.take([{ ...row, same_as: "first" }]);
  second.take([{ ...row, same_as: "first" }]);
  await quiet();
  assert.deepEqual([first.value(LEVEL), second.value(TEXT)], [3, "Here."]);
  assert.deepEqual([first.is("second"), second.is("first"), first.is("third")], [true, true, false]);
  assert.equal(await first.hash(), await second.hash());
  assert.equal((await aRecord(store, { observation: "second" })).value(TEXT), "Here.");
});

test("what came after the seal is known apart, and what waits is counted as it goes", async () => {
  const record = await aRecord();
  await record.set(LEVEL, 3);
  await record.set(TEXT, "Late.");
  assert.equal(record.waiting.length, 2);
  const [rating, note] = record.rows.values();
  record.take([
    { ...rating, waiting: undefined, verdict: "accepted" },
    { ...note, waiting: undefined, verdict: "late" },
  ]);
  assert.deepEqual([record.waiting.length, record.late.map((row) => row.op.value)], [0, ["Late."]]);
  assert.deepEqual([record.value(TEXT), record.value(LEVEL), record.furthest], [null, 3, 7]);
});
