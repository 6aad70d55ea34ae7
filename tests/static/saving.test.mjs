import assert from "node:assert/strict";
import { test } from "node:test";
import { blankNote } from "../../observe/static/js/capture/notes.mjs";
import { exportOf } from "../../observe/static/js/capture/lesson_file.mjs";
import { banner, savingLine, tally } from "../../observe/static/js/capture/saving.mjs";
import { stateOf } from "../../observe/static/js/capture/seal.mjs";
import { newId } from "../../observe/static/js/operations.mjs";
import { speaker } from "../../observe/static/js/page.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

const say = speaker(
  {
    here: { one: "{n} note on this tablet,", other: "{n} notes on this tablet," },
    there: "{n} on the server",
    others_wait: "· {n} waits",
    not_saved: "NOT SAVED",
  },
  "en",
);
const note = (id) => ({ ...blankNote(id), text: "x" });

const aRecord = (store = memoryStore()) =>
  new Record({ store, observation: "o", rubric: "r", now: () => 0, elapsed: () => 0, newId, later: () => {} }).open();

async function confirm(record) {
  await record.settled();
  record.take([...record.rows.values()].map(({ waiting: _, ...row }) => ({ ...row, verdict: "accepted", sent: true })));
}

test("the sheet says how many notes are here and how many the server has confirmed", async () => {
  const record = await aRecord();
  await record.set("note/a/text", "x");
  await confirm(record);
  await record.set("note/b/text", "x");
  assert.deepEqual(savingLine(record, tally(record, [note("a"), note("b")]), say), {
    words: "2 notes on this tablet, 1 on the server",
    sign: "off",
  });
  await confirm(record);
  assert.deepEqual(savingLine(record, tally(record, [note("a"), note("b")]), say), {
    words: "2 notes on this tablet, 2 on the server",
    sign: "done",
  });
});

test("a note that was changed waits again, and a rating is told beside the notes", async () => {
  const record = await aRecord();
  await record.set("note/a/text", "x");
  await confirm(record);
  await record.set("note/a/mark", "+");
  assert.equal(tally(record, [note("a")]).held, 0);
  await confirm(record);
  await record.set("rating/wait/whole", 3);
  assert.equal(
    savingLine(record, tally(record, [note("a")]), say).words,
    "1 note on this tablet, 1 on the server · 1 waits",
  );
});

test("what could not be saved is said before anything else", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  store.failures = 9;
  await record.set("note/a/text", "x");
  assert.equal(savingLine(record, tally(record, []), say).words, "NOT SAVED");
  const told = banner({ record, net: "no network", figures: {}, refused: 0, late: 0, state: "draft" });
  assert.deepEqual([told.key, told.actions], ["not_saved_more", ["copy", "export"]]);
});

test("an export holds what the tablet wrote, also what could not be saved", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  await record.set("note/a/text", "kept");
  store.failures = 9;
  await record.set("note/b/text", "only on the screen");
  const file = exportOf({
    record,
    person: { id: "p" }, lesson: {}, rubric: "r",
    device: "d",
    quarantine: [],
    now: 0,
  });
  assert.deepEqual(
    file.operations.map((op) => [op.device_seq, op.value]),
    [[1, "kept"]],
  );
  assert.deepEqual(file.not_saved, [{ kind: "set", field: "note/b/text", value: "only on the screen" }]);
});

test("a record is closing until the server has its seal, and open again once it is to be", async () => {
  const record = await aRecord();
  assert.equal(stateOf(record, "draft"), "draft");
  await record.step("seal", { state_hash: await record.hash() });
  assert.equal(stateOf(record, "draft"), "closing");
  await confirm(record);
  assert.equal(stateOf(record, "sealed"), "sealed");
  await record.step("unseal", { reason: "", include: true });
  assert.equal(stateOf(record, "sealed"), "draft");
});
