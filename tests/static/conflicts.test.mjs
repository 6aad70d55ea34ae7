import assert from "node:assert/strict";
import { test } from "node:test";
import { conflicts } from "../../observe/static/js/conflicts.mjs";
import { operation } from "../../observe/static/js/operations.mjs";

const TEXT = "note/1/text";

function row(op_id, lamport, value, previous = null, more = {}) {
  const op = operation({ op_id, observation_id: "o", lamport, kind: "set", field: TEXT, value, previous, ...more });
  return { op, verdict: null };
}
const told = (rows, settled) =>
  conflicts(rows, settled).map(({ field, winner, others }) => [field, winner.value, ...others.map((op) => op.value)]);

test("one text after the other is no conflict", () => {
  assert.deepEqual(told([row("a", 1, "W"), row("b", 2, "Wa", "a"), row("c", 3, "Wai", "b")]), []);
});

test("two texts after the same one are a conflict: the later decides, and the other is told as it ended", () => {
  const rows = [
    row("a", 1, "Waits"),
    row("b", 2, "Waits 3", "a"),
    row("c", 3, "Waits long", "a"),
    row("d", 4, "Waits 3 s", "b"),
    row("e", 5, "Waits long before", "c"),
  ];
  assert.deepEqual(told(rows), [[TEXT, "Waits long before", "Waits 3 s"]]);
  assert.deepEqual(told(rows.toReversed()), [[TEXT, "Waits long before", "Waits 3 s"]]);
});

test("two tablets that began the same field with the same value agree", () => {
  assert.deepEqual(told([row("a", 1, 3), row("b", 1, 3)]), []);
  assert.deepEqual(told([row("a", 1, 3), row("b", 1, 2)]), [[TEXT, 2, 3]]);
});

test("ways that meet again in one value are no conflict any more", () => {
  const rows = [row("a", 1, "x"), row("b", 2, "y", "a"), row("c", 3, "z", "a"), row("d", 4, "y", "c")];
  assert.deepEqual(told(rows), []);
});

test("what was refused or came late, and what was settled, is not told", () => {
  const [late, refused] = [row("b", 2, "y", "a"), row("c", 3, "z", "a")];
  assert.deepEqual(told([row("a", 1, "x"), { ...late, verdict: "late" }, refused]), []);
  assert.deepEqual(told([row("a", 1, "x"), late, refused], new Set(["b"])), []);
});

test("a circle that nobody could have written ends", () => {
  assert.equal(told([row("a", 2, "x", "b"), row("b", 2, "y", "a"), row("c", 1, "z", "b")]).length, 1);
});
