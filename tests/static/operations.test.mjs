import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LARGEST_TEXT,
  differing,
  fold,
  operation,
  standing,
  stateHash,
  stateOf,
  tooLarge,
  valueOf,
} from "../../observe/static/js/operations.mjs";

const FIELD = "rating/wait-time/whole";
const set = (op_id, lamport, value, field = FIELD) => operation({ op_id, lamport, kind: "set", field, value });
const tally = (op_id, lamport) => operation({ op_id, lamport, kind: "tally", field: "rating/praise/whole" });
const untally = (op_id, lamport, value) =>
  operation({ op_id, lamport, kind: "untally", field: "rating/praise/whole", value });

test("the later of two ratings decides, whatever order they come in", () => {
  const both = [set("a", 1, 2), set("b", 2, 3)];
  assert.equal(valueOf(fold(both), FIELD), 3);
  assert.equal(valueOf(fold(both.reverse()), FIELD), 3);
});

test("of two tablets that rated at the same step, the higher id decides", () => {
  assert.equal(valueOf(fold([set("b", 5, 4), set("a", 5, 1)]), FIELD), 4);
});

test("a rating that was taken back stays in the state as nothing", () => {
  assert.deepEqual(stateOf(fold([set("a", 1, 2), set("b", 2, null)])), { [FIELD]: null });
});

test("a count is taken back once, whichever comes first", () => {
  const record = fold([untally("x", 3, "t1"), tally("t1", 1), tally("t2", 2), untally("y", 4, "t1")]);
  assert.deepEqual(stateOf(record), { "rating/praise/whole": 1 });
  assert.deepEqual(
    standing(record, "rating/praise/whole").map((op) => op.op_id),
    ["t2"],
  );
});

test("a count that fell back to nothing stays in the state as 0", () => {
  assert.deepEqual(stateOf(fold([tally("t", 1), untally("x", 2, "t")])), { "rating/praise/whole": 0 });
});

test("operations that come twice change nothing", async () => {
  const once = [set("a", 1, 2), tally("t", 2)];
  assert.equal(await stateHash(fold([...once, ...once])), await stateHash(fold(once)));
});

test("the tablet finds what the server lacks when a seal does not fit", () => {
  const record = fold([set("a", 1, 2), set("n", 2, "Waits.", "note/1/text"), tally("t", 3)]);
  assert.deepEqual(differing(record, { [FIELD]: "a", "rating/praise/whole": ["t"] }), ["note/1/text"]);
  assert.deepEqual(differing(record, { [FIELD]: "a", "note/1/text": "n", "rating/praise/whole": [] }), [
    "rating/praise/whole",
  ]);
});

test("a line longer than the server takes is known before it is sent", () => {
  assert.equal(tooLarge(set("a", 1, "ŵ".repeat(LARGEST_TEXT / 2))), null);
  assert.equal(tooLarge(set("a", 1, "ŵ".repeat(LARGEST_TEXT / 2 + 1))), "text");
  assert.equal(tooLarge(set("a", 1, Array(4000).fill("criterion"))), "operation");
});
