import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blankNote,
  evidence,
  join,
  matching,
  mostUsed,
  notesOf,
  split,
  toggled,
  untagged,
} from "../../observe/static/js/capture/notes.mjs";
import { fold, operation } from "../../observe/static/js/operations.mjs";

const CRITERIA = [
  { criterion: "wait", code: "1a", title: "Time to think" },
  { criterion: "ask", code: "1b", title: "Questioning" },
  { criterion: "eco", code: "2a", title: "École et pensée" },
];
const aNote = (id, more = {}) => ({ ...blankNote(id), text: id, ...more });
const folded = (values) =>
  fold(
    Object.entries(values).map(([field, value], place) =>
      operation({ op_id: String(place), lamport: place, kind: "set", field, value }),
    ),
  );

test("lines stand in the order of their first letters", () => {
  const record = folded({
    "note/a/text": "Later",
    "note/a/elapsed_ms": 9,
    "note/b/text": "Earlier",
    "note/b/elapsed_ms": 3,
  });
  assert.deepEqual(
    notesOf(record).map((note) => note.text),
    ["Earlier", "Later"],
  );
});

test("a deleted line and a line without words are not shown", () => {
  const record = folded({ "note/a/text": "Gone", "note/a/deleted": true, "note/b/speaker": "T" });
  assert.deepEqual(notesOf(record), []);
});

test("a line counts as evidence for each of its criteria", () => {
  const counts = evidence([aNote("a", { criteria: ["wait", "ask"] }), aNote("b", { criteria: ["ask"] })]);
  assert.deepEqual(
    [...counts],
    [
      ["wait", 1],
      ["ask", 2],
    ],
  );
});

test("the chips are the criteria used most, then in the rubric's order", () => {
  assert.deepEqual(
    mostUsed(CRITERIA, [aNote("a", { criteria: ["eco"] })], 2).map((each) => each.criterion),
    ["eco", "wait"],
  );
});

test("letters find a criterion by code, by any word, and without accents", () => {
  const found = (letters) => matching(CRITERIA, letters).map((each) => each.criterion);
  assert.deepEqual(found("1"), ["wait", "ask"]);
  assert.deepEqual(found("thi"), ["wait"]);
  assert.deepEqual(found("eco"), ["eco"]);
  assert.deepEqual(found("zzz"), []);
});

test("a chip tags a line and takes the tag back", () => {
  assert.deepEqual(toggled(["wait"], "ask"), ["wait", "ask"]);
  assert.deepEqual(toggled(["wait", "ask"], "wait"), ["ask"]);
});

test("a split line keeps its time, speaker and criteria in both halves", () => {
  const changes = split(aNote("a", { text: "Asks. Waits.", elapsed_ms: 5, speaker: "T", criteria: ["ask"] }), 5, "b");
  assert.deepEqual(Object.fromEntries(changes), {
    "note/a/text": "Asks.",
    "note/b/text": "Waits.",
    "note/b/elapsed_ms": 5,
    "note/b/criteria": ["ask"],
    "note/b/speaker": "T",
  });
  assert.deepEqual(split(aNote("a"), 0, "b"), []);
});

test("a joined line carries its criteria and its privacy to the line above", () => {
  const changes = join(
    aNote("a", { text: "Asks.", criteria: ["ask"] }),
    aNote("b", { text: "Waits.", criteria: ["wait"], private: true }),
  );
  assert.deepEqual(Object.fromEntries(changes), {
    "note/a/text": "Asks. Waits.",
    "note/a/criteria": ["ask", "wait"],
    "note/a/private": true,
    "note/b/deleted": true,
  });
});

test("the tray holds the lines without a criterion", () => {
  assert.deepEqual(
    untagged([aNote("a", { criteria: ["ask"] }), aNote("b")]).map((note) => note.id),
    ["b"],
  );
});
