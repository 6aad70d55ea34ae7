import assert from "node:assert/strict";
import { test } from "node:test";
import { expanded, Shortcuts, wrongWith } from "../../observe/static/js/capture/shortcuts.mjs";
import { memoryStore } from "./memory.mjs";

const MINE = { tq: "Teacher asks: ", wb: "whiteboards", "q&a": "questions and answers" };
const written = (text, caret = text.length) => {
  const found = expanded(text, caret, MINE);
  return found && text.slice(0, found.start) + found.long + text.slice(caret);
};

test("a short form and a space become the words, with one space behind them", () => {
  assert.equal(written("tq "), "Teacher asks: ");
  assert.equal(written("Books out. tq "), "Books out. Teacher asks: ");
  assert.equal(written("All on wb at once", 10), "All on whiteboards at once");
  assert.equal(expanded("tq ", 3, MINE).short, "tq ");
});

test("nothing is expanded inside of a longer word, or without a space", () => {
  for (const text of ["atq ", "tqs ", "tq", "x-tq ", "don’ttq ", "5tq ", "étq ", "tq", " ", ""]) assert.equal(written(text), null);
});

test("a bracket or a quotation mark may stand before it", () => {
  assert.equal(written("(tq "), "(Teacher asks: ");
  assert.equal(written("“tq "), "“Teacher asks: ");
  assert.equal(written("q&a "), "questions and answers ");
});

test("at the beginning of a sentence the tablet writes a capital letter, and so do we", () => {
  assert.equal(written("Tq "), "Teacher asks: ");
  assert.equal(written("Wb "), "Whiteboards ");
  assert.equal(written("WB "), "whiteboards ");
});

test("what every object knows is no short form", () => {
  assert.equal(written("constructor "), null);
  assert.equal(written("__proto__ "), null);
});

test("a short form is one word and stands for some", () => {
  assert.equal(wrongWith("", "Teacher asks"), "shortcut_one_word");
  assert.equal(wrongWith("t q", "Teacher asks"), "shortcut_one_word");
  assert.equal(wrongWith("tq", " "), "shortcut_long");
  assert.equal(wrongWith("tq", "x".repeat(201)), "shortcut_long");
  assert.equal(wrongWith("tq", "Teacher asks"), null);
});

test("short forms are there again when the sheet is opened the next time", async () => {
  const store = memoryStore();
  const first = new Shortcuts(store);
  await first.put("TQ", "Teacher asks: ");
  const again = await new Shortcuts(store).open();
  assert.deepEqual(again.all, { tq: "Teacher asks:" });
  await again.put("ta", "Teacher asks:", "tq");
  assert.deepEqual((await new Shortcuts(store).open()).all, { ta: "Teacher asks:" });
  await again.remove("ta");
  assert.deepEqual((await new Shortcuts(store).open()).all, {});
});

test("a short form that could not be kept is not said to be there", async () => {
  const store = memoryStore();
  const mine = await new Shortcuts(store).open();
  store.failures = 1;
  await assert.rejects(mine.put("tq", "Teacher asks:"));
  assert.deepEqual(mine.all, {});
});
