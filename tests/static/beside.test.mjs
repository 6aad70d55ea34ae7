import assert from "node:assert/strict";
import { test } from "node:test";
import { storeBeside } from "../../observe/static/js/beside.mjs";
import { newId } from "../../observe/static/js/operations.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

const TEXT = "note/1/text";
const quiet = () => new Promise((resolve) => setImmediate(resolve));
const operationsIn = (store) => store.transact("readonly", (tx) => tx.all("operations"));

// A page with a worker that hears everything and says what a test lets it say.
function aPage({ ready = true } = {}) {
  const store = memoryStore();
  const worker = { heard: [], ended: 0, postMessage: (message) => worker.heard.push(message) };
  worker.terminate = () => (worker.ended += 1);
  const timer = { fire: null, set: (job) => (timer.fire = job), clear: () => (timer.fire = null) };
  const beside = storeBeside({ store, worker, timer });
  const facts = { observation: "o", rubric: "r", now: () => 0, elapsed: () => 7, newId, later: () => {} };
  const record = new Record({ ...facts, store: beside });
  const says = (data) => worker.onmessage({ data });
  if (ready) says({ ready });
  const turns = () => worker.heard.filter((message) => message.turn).map((message) => message.turn);
  return { store, beside, worker, timer, record, says, turns };
}

const written = (change, more = {}) => {
  const { op_id, field, value } = change;
  const op = { op_id, observation_id: "o", kind: "set", field, value, lamport: 1 };
  return { op, device_seq: 1, sent: false, waiting: 1, verdict: null, ...more };
};

test("a record is saved once its worker has written it", async () => {
  const { record, worker, timer, says, turns } = aPage();
  const saved = record.set(TEXT, "W", { typed: true });
  await quiet();
  assert.deepEqual(worker.heard[0], { scribe: { observation: "o", rubric: "r" } });
  const [{ turn, changes }] = turns();
  assert.deepEqual([changes[0].value, record.saving, record.unsaved.length], ["W", "saving", 1]);
  says({ told: { of: "o", rows: [written(changes[0])], through: turn, back: [] } });
  await saved;
  assert.deepEqual([record.saving, record.unsaved.length, timer.fire], ["saved", 0, null]);
});

test("every letter goes to the worker at once, whether it has answered or not", async () => {
  const { record, turns } = aPage();
  for (const text of ["W", "Wa", "Wai"]) {
    record.set(TEXT, text, { typed: true });
    await quiet();
  }
  assert.deepEqual(
    turns().map(({ changes }) => changes.map((change) => change.value)),
    [["W"], ["Wa"], ["Wai"]],
  );
});

test("until its worker is ready the page writes by itself, and then the worker goes on", async () => {
  const { store, record, says, turns } = aPage({ ready: false });
  await record.set(TEXT, "W", { typed: true });
  assert.deepEqual([turns(), (await operationsIn(store)).length], [[], 1]);
  const unanswered = record.set(TEXT, "Wa", { typed: true });
  await Promise.resolve();
  says({ ready: true });
  await unanswered;
  record.set(TEXT, "Wai", { typed: true });
  await quiet();
  assert.deepEqual([turns().map((turn) => turn.changes[0].value), (await operationsIn(store)).length], [["Wai"], 1]);
});

test("a worker that fails before it was ready changes nothing", async () => {
  const { store, beside, record, worker } = aPage({ ready: false });
  const saved = record.set(TEXT, "W", { typed: true });
  worker.onerror();
  await saved;
  await record.set(TEXT, "Wa", { typed: true });
  assert.deepEqual([(await operationsIn(store)).length, await beside.run("anything", [])], [1, true]);
});

for (const [how, fail] of [
  ["fails", ({ worker }) => worker.onerror()],
  ["does not answer", ({ timer }) => timer.fire()],
])
  test(`where a worker ${how}, the page writes by itself, and nothing twice`, async () => {
    const page = aPage();
    const saved = page.record.set(TEXT, "W", { typed: true });
    const taken = page.beside.run("take", [200]);
    await quiet();
    fail(page);
    await saved;
    await page.record.set(TEXT, "Wa", { typed: true });
    assert.deepEqual([page.record.saving, page.worker.ended, (await taken).rows.length], ["saved", 1, 0]);
    assert.deepEqual(
      (await operationsIn(page.store)).map((row) => row.op.value),
      ["Wa"],
    );
    assert.equal(await page.beside.run("anything", []), true);
  });

test("what a job of the worker answers, or why it failed, comes to whoever asked", async () => {
  const { beside, worker, says } = aPage();
  const [fine, full] = [beside.run("take", [200]), beside.run("take", [100])];
  const [one, two] = worker.heard.filter((message) => message.run).map((message) => message.run.job);
  says({ ran: { job: two, fault: { name: "QuotaExceededError", message: "full" } } });
  says({ ran: { job: one, answer: "batch" } });
  assert.equal(await fine, "batch");
  await assert.rejects(full, { name: "QuotaExceededError" });
});

test("a worker's late word does not undo what the server has confirmed", async () => {
  const { record, says, turns } = aPage();
  record.set(TEXT, "W", { typed: true });
  await quiet();
  const row = written(turns()[0].changes[0]);
  record.take([{ ...row, sent: true, waiting: undefined, verdict: "accepted" }]);
  says({ told: { of: "o", rows: [row], through: 1, back: [] } });
  assert.deepEqual([record.waiting.length, record.saving], [0, "saved"]);
});

test("a flood of taps opens a record once", async () => {
  const { record, turns } = aPage();
  for (let taps = 0; taps < 3; taps += 1) {
    record.step("open", { lesson_id: "l" });
    await quiet();
  }
  assert.equal(turns().flatMap((turn) => turn.changes).length, 1);
});
