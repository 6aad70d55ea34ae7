import assert from "node:assert/strict";
import { test } from "node:test";
import { inParts, keepable, signBefore } from "../../observe/static/js/capture/long_text.mjs";
import {
  apart,
  blankNote,
  evidence,
  idsBehind,
  join,
  matching,
  mostUsed,
  notesOf,
  split,
  toggled,
  untagged,
} from "../../observe/static/js/capture/notes.mjs";
import { Tray } from "../../observe/static/js/capture/tray.mjs";
import { fold, newId, operation } from "../../observe/static/js/operations.mjs";

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

test("a line that is joined or cut stays a safeguarding concern", () => {
  const concern = aNote("b", { text: "Says. Shows.", safeguarding: true });
  const joined = Object.fromEntries(join(aNote("a", { text: "Asks." }), concern));
  assert.equal(joined["note/a/safeguarding"], true);
  assert.equal(Object.fromEntries(split(concern, 5, "c"))["note/c/safeguarding"], true);
});

test("the tray holds the lines without a criterion", () => {
  assert.deepEqual(
    untagged([aNote("a", { criteria: ["ask"] }), aNote("b")]).map((note) => note.id),
    ["b"],
  );
});

test("the tray goes from line to line, skips what is left without a criterion, and says how many are left", () => {
  const notes = ["a", "b", "c"].map((id) => aNote(id));
  const tray = new Tray();
  tray.start();
  assert.deepEqual([tray.after(null, notes), tray.left(notes)], ["a", 3]);
  notes[0].criteria = ["ask"];
  assert.deepEqual([tray.after("a", notes), tray.left(notes)], ["b", 2]);
  assert.deepEqual([tray.after("b", notes), tray.left(notes)], ["c", 1]);
  notes[2].criteria = ["ask"];
  assert.deepEqual([tray.after("c", notes), tray.left(notes), tray.skipped(notes)], [null, 0, 1]);
  tray.start();
  assert.deepEqual([tray.after(null, notes), tray.skipped(notes)], ["b", 0]);
});

test("a line is never cut in the middle of a sign", () => {
  const family = "👩‍👩‍👧‍👦";
  assert.equal(signBefore(`a${family}b`, 4), 1);
  const [[, first], [, second]] = split(aNote("a", { text: `a${family}b` }), 3, "b");
  assert.deepEqual([first, second], ["a", `${family}b`]);
});

test("half a sign, which no server could keep, is not in a text", () => {
  assert.equal(keepable("Asks \ud83d why \0 👍"), "Asks \ufffd why \ufffd 👍");
});

test("a line that is cut twice has its parts in their order, as lines of one time go by their ids", () => {
  const id = newId();
  const [third] = idsBehind(id, 1, [id]);
  const [second] = idsBehind(id, 1, [id, third]);
  assert.deepEqual([third, id, second].sort(), [id, second, third]);
  assert.match(second, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const many = idsBehind(id, 200, [id, third]);
  assert.equal(new Set(many).size, 200);
  assert.deepEqual([...many].sort(), many);
  assert.ok(many.every((one) => id < one && one < third));
});

test("where there is no room between two ids a new one is made", () => {
  const id = "0190b0c0-0000-7000-8000-00000000000a";
  const [other] = idsBehind(id, 1, [id, "0190b0c0-0000-7000-8000-00000000000b"]);
  assert.notEqual(other.slice(0, 24), id.slice(0, 24));
});

test("a book is put in lines that each hold 20 kB at most, and no word of it is lost", () => {
  const book = "She asks why. Nobody answers; then “four” does.\n".repeat(44_000);
  const lines = inParts(book);
  assert.equal(lines.join("\n"), book.trim());
  assert.ok(lines.every((line) => new TextEncoder().encode(JSON.stringify(line)).length <= 20 * 1024));
  assert.ok(lines.length < 130);
});

test("a text without an end of a sentence or a word is cut between two signs", () => {
  for (const text of ["👩‍👩‍👧‍👦".repeat(5000), "x".repeat(50_000), '"'.repeat(50_000), "a\u0301".repeat(20_000)])
    assert.equal(inParts(text).join(""), text);
  assert.deepEqual(inParts("   "), []);
});

test("all lines of a long text have the time and the speaker of the first", () => {
  const changes = apart(aNote("a", { elapsed_ms: 5, speaker: "P" }), ["One", "Two", "Three"], ["b", "c"]);
  assert.deepEqual(Object.fromEntries(changes), {
    "note/a/text": "One",
    "note/b/text": "Two",
    "note/b/elapsed_ms": 5,
    "note/b/speaker": "P",
    "note/c/text": "Three",
    "note/c/elapsed_ms": 5,
    "note/c/speaker": "P",
  });
});
