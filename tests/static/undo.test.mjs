import assert from "node:assert/strict";
import { test } from "node:test";
import { Undo, whatWas } from "../../observe/static/js/capture/undo.mjs";

/** A record of plain values, with what was written to it. */
function paper(values = {}) {
  const counts = new Map();
  return {
    draft: null,
    values,
    value: (field) => values[field] ?? null,
    set: (field, value) => void (values[field] = value),
    count: (field) => counts.get(field) ?? 0,
    tally: (field) => counts.set(field, (counts.get(field) ?? 0) + 1),
    untally: (field) => counts.set(field, counts.get(field) - 1),
  };
}

const RATING = "rating/questioning/whole";

test("a rating is taken back and given again", () => {
  const record = paper({ [RATING]: 2 });
  const undo = new Undo(record);
  undo.run((it) => it.set(RATING, 4));
  undo.undo();
  assert.equal(record.value(RATING), 2);
  undo.redo();
  assert.equal(record.value(RATING), 4);
});

test("typing on in one line is one step", () => {
  const record = paper({ "note/a/text": "Asks" });
  const undo = new Undo(record);
  for (const text of ["Asks f", "Asks fo", "Asks for"]) undo.run((it) => it.set("note/a/text", text, { typed: true }));
  undo.undo();
  assert.equal(record.value("note/a/text"), "Asks");
  assert.equal(undo.last, null);
});

test("a line that was not there before is deleted, and comes back whole", () => {
  const record = paper();
  const undo = new Undo(record);
  undo.run((it) => (it.set("note/a/elapsed_ms", 5), it.set("note/a/text", "Waits", { typed: true })));
  undo.undo();
  assert.equal(record.value("note/a/deleted"), true);
  undo.redo();
  assert.equal(record.value("note/a/deleted"), false);
  assert.equal(record.value("note/a/text"), "Waits");
});

test("a count that was taken back counts again", () => {
  const record = paper();
  const undo = new Undo(record);
  undo.run((it) => it.tally(RATING));
  undo.undo();
  assert.equal(record.count(RATING), 0);
  undo.redo();
  assert.equal(record.count(RATING), 1);
});

test("what another tablet wrote meanwhile stands, and that is said", () => {
  const record = paper();
  const undo = new Undo(record);
  undo.run((it) => it.set(RATING, 4));
  record.set(RATING, 1);
  assert.equal(undo.undo().kept, 1);
  assert.equal(record.value(RATING), 1);
});

test("the line that is being written is no step until it is ended", () => {
  const record = paper();
  const undo = new Undo(record);
  record.draft = { note: "a" };
  undo.run((it) => it.set("note/a/text", "Wai", { typed: true }));
  assert.equal(undo.last, null);
  record.draft = null;
  assert.equal(whatWas(undo.last).key, "line");
});

test("a new change forgets what could be done again", () => {
  const undo = new Undo(paper());
  undo.run((it) => it.set(RATING, 4));
  undo.undo();
  undo.run((it) => it.set(RATING, 3));
  assert.equal(undo.canRedo, false);
});

test("each step says what it was", () => {
  const of = (changes) => whatWas(changes);
  assert.deepEqual(of([{ field: RATING, from: null, to: 4 }]), { key: "rating", criterion: "questioning" });
  assert.deepEqual(of([{ field: RATING, times: 1 }]), { key: "count", criterion: "questioning" });
  assert.equal(of([{ field: "note/a/text" }, { field: "note/b/deleted", to: true }]).key, "line_deleted");
});
