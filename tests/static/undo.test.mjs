import assert from "node:assert/strict";
import { test } from "node:test";
import { Undo } from "../../observe/static/js/capture/undo.mjs";
import { stepWords } from "../../observe/static/js/capture/undo_words.mjs";
import { newId, operation } from "../../observe/static/js/operations.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

const RATING = "rating/questioning/whole";
const COUNT = "rating/praise/whole";
const TICK = "lookfor/questioning/reasons/whole";
const CRITERIA = [
  { criterion: "questioning", code: "3a" },
  { criterion: "praise", code: "1c" },
];

/** A record in a store in memory with what can be taken back. */
async function aRecord() {
  const store = memoryStore();
  const facts = { observation: "o", rubric: "sha256:r", now: () => 0, elapsed: () => 7, newId, later: () => {} };
  const record = await new Record({ ...facts, store }).open();
  return { record, undo: new Undo(record), store };
}

/** Another tablet of the same person sets a field, later than anything so far. */
function elsewhere(record, field, value) {
  const op = operation({ op_id: newId(), observation_id: "o", lamport: 1000, kind: "set", field, value });
  record.take([{ op, verdict: "accepted" }]);
}

const words = (step) =>
  stepWords(step, {
    say: (key, { code, time, value }) => [key, code, time, value].filter((each) => each || each === 0).join(" "),
    criteria: CRITERIA,
    time: () => "10:31",
  });

test("a rating is taken back and given again, each by an operation of its own", async () => {
  const { record, undo } = await aRecord();
  undo.run((it) => it.set(RATING, 2));
  undo.run((it) => it.set(RATING, 4));
  await record.settled();
  undo.undo();
  assert.equal(record.value(RATING), 2);
  undo.undo();
  assert.equal(record.value(RATING), null);
  undo.redo();
  undo.redo();
  await record.settled();
  assert.equal(record.value(RATING), 4);
  assert.equal([...record.rows.values()].length, 6);
});

test("a count is taken back by its own id, though another tablet counted since", async () => {
  const { record, undo } = await aRecord();
  undo.run((it) => it.tally(COUNT));
  await record.settled();
  const [mine] = [...record.rows.keys()];
  const theirs = operation({ op_id: newId(), observation_id: "o", lamport: 50, kind: "tally", field: COUNT });
  record.take([{ op: theirs, verdict: "accepted" }]);
  undo.undo();
  await record.settled();
  assert.deepEqual([record.stands(COUNT, mine), record.stands(COUNT, theirs.op_id)], [false, true]);
  undo.redo();
  assert.equal(record.count(COUNT), 2);
  undo.undo();
  assert.equal(record.count(COUNT), 1);
});

test("a count that was taken back counts again", async () => {
  const { record, undo } = await aRecord();
  undo.run((it) => it.tally(COUNT));
  undo.run((it) => it.untally(COUNT));
  assert.equal(record.count(COUNT), 0);
  assert.equal(words(undo.last), "undo_count_back 1c");
  undo.undo();
  assert.equal(record.count(COUNT), 1);
  undo.undo();
  assert.equal(record.count(COUNT), 0);
});

test("what is nothing again is written as the log knows it", async () => {
  const { record, undo } = await aRecord();
  const fields = { [TICK]: true, "note/a/private": true, "note/a/safeguarding": true, "note/a/criteria": ["questioning"], "note/a/mark": "+" };
  for (const [field, value] of Object.entries(fields)) undo.run((it) => it.set(field, value));
  while (undo.last) undo.undo();
  assert.deepEqual(
    Object.keys(fields).map((field) => record.value(field)),
    [false, false, false, [], null],
  );
});

test("typing on in one line is one step, until the observer turns to something else", async () => {
  const { record, undo } = await aRecord();
  record.set("note/a/text", "Asks");
  for (const text of ["Asks f", "Asks fo", "Asks for"]) undo.run((it) => it.set("note/a/text", text, { typed: true }));
  undo.rest();
  undo.run((it) => it.set("note/a/text", "Asks for six", { typed: true }));
  undo.undo();
  assert.equal(record.value("note/a/text"), "Asks for");
  undo.undo();
  assert.equal(record.value("note/a/text"), "Asks");
  assert.equal(undo.last, null);
});

test("words that are as they were before are no step", async () => {
  const { record, undo } = await aRecord();
  record.set("note/a/text", "Asks");
  for (const text of ["Asks f", "Asks"]) undo.run((it) => it.set("note/a/text", text, { typed: true }));
  assert.equal(undo.last, null);
});

test("a line is a step once it is ended, with all that was told about it", async () => {
  const { record, undo } = await aRecord();
  record.draft = { note: "a" };
  undo.run((it) => it.set("note/a/text", "Waits", { typed: true }));
  assert.equal(undo.last, null);
  undo.run((it) => it.set("note/a/speaker", "T"));
  assert.equal(words(undo.last), "undo_teacher 10:31");
  undo.run((it) => it.set(RATING, 3));
  record.draft = null;
  undo.ended("a");
  assert.equal(words(undo.last), "undo_line 10:31");
  undo.undo();
  assert.equal(record.value("note/a/deleted"), true);
  undo.redo();
  assert.deepEqual([record.value("note/a/deleted"), record.value("note/a/text")], [false, "Waits"]);
  undo.undo();
  assert.equal(words(undo.last), "undo_rating 3a 3");
});

test("a split line is put together again, and split again", async () => {
  const { record, undo } = await aRecord();
  record.set("note/a/text", "Asks. Waits.");
  undo.run((it) => {
    it.called("split", "a");
    it.set("note/a/text", "Asks.");
    it.set("note/b/text", "Waits.");
    it.set("note/b/elapsed_ms", 5);
    it.set("note/b/criteria", ["questioning"]);
  });
  assert.equal(words(undo.last), "undo_split 10:31");
  undo.undo();
  assert.deepEqual([record.value("note/a/text"), record.value("note/b/deleted")], ["Asks. Waits.", true]);
  undo.redo();
  assert.deepEqual([record.value("note/a/text"), record.value("note/b/deleted")], ["Asks.", false]);
});

test("what another tablet wrote meanwhile stands, and that is said", async () => {
  const { record, undo } = await aRecord();
  undo.run((it) => it.set(RATING, 4));
  await record.settled();
  elsewhere(record, RATING, 1);
  assert.equal(undo.undo().kept, true);
  assert.equal(record.value(RATING), 1);
  assert.deepEqual([undo.last, undo.next], [null, null]);
});

test("a line whose words changed elsewhere is not deleted, and a split is not half taken back", async () => {
  const { record, undo } = await aRecord();
  record.set("note/a/text", "Asks. Waits.");
  undo.run((it) => (it.set("note/a/text", "Asks."), it.set("note/b/text", "Waits.")));
  await record.settled();
  elsewhere(record, "note/b/text", "Waits for five seconds.");
  assert.equal(undo.undo().kept, true);
  assert.deepEqual([record.value("note/a/text"), record.value("note/b/deleted")], ["Asks.", null]);
});

test("a text that was too long to be kept is no step", async () => {
  const { record, undo } = await aRecord();
  undo.run((it) => it.set("note/a/text", "x".repeat(30_000)));
  assert.equal(undo.last, null);
  assert.equal(record.unsaved.length, 1);
});

test("a new change forgets what could be done again", async () => {
  const { undo } = await aRecord();
  undo.run((it) => it.set(RATING, 4));
  undo.undo();
  assert.ok(undo.next);
  undo.run((it) => it.set(RATING, 3));
  assert.equal(undo.next, null);
});

test("each step says what it was, also when it is to be done again", async () => {
  const { undo } = await aRecord();
  const said = (field, value) => {
    undo.run((it) => it.set(field, value));
    return words(undo.last);
  };
  assert.equal(said(RATING, 2), "undo_rating 3a 2");
  assert.equal(said(RATING, "not_seen"), "undo_rating_not_seen 3a");
  assert.equal(said(RATING, null), "undo_rating_back 3a");
  assert.equal(said(TICK, true), "undo_lookfor 3a");
  assert.equal(said("target/t", "seen"), "undo_target");
  assert.equal(said("note/a/criteria", ["questioning"]), "undo_tag 3a 10:31");
  assert.equal(said("note/a/criteria", []), "undo_untag 3a 10:31");
  assert.equal(said("note/a/mark", "-"), "undo_minus 10:31");
  assert.equal(said("note/a/private", true), "undo_private 10:31");
  undo.undo();
  assert.equal(words(undo.next), "undo_private 10:31");
  assert.equal(said("note/a/safeguarding", true), "undo_safeguarding 10:31");
});
