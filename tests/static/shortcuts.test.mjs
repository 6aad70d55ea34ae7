import assert from "node:assert/strict";
import { test } from "node:test";
import { expanded, Shortcuts, wrongWith } from "../../observe/static/js/capture/shortcuts.mjs";
import { memoryStore } from "./memory.mjs";

const MINE = { tq: "Teacher asks: ", wb: "whiteboards" };

test("a shortcut and a space become the words", () => {
  assert.deepEqual(expanded("tq ", 3, MINE), { text: "Teacher asks: ", caret: 14, from: { text: "tq ", caret: 3 } });
});

test("words without a space at their end get one, and what follows stays", () => {
  assert.equal(expanded("All on wb at once", 10, MINE).text, "All on whiteboards at once");
});

test("nothing is expanded inside of a longer word, or without a space", () => {
  assert.equal(expanded("atq ", 4, MINE), null);
  assert.equal(expanded("tq", 2, MINE), null);
});

test("capital letters at the beginning of a sentence do not matter", () => {
  assert.equal(expanded("Tq ", 3, MINE).text, "Teacher asks: ");
});

test("a shortcut is one word and stands for some", () => {
  assert.equal(wrongWith("", "Teacher asks"), "shortcut_one_word");
  assert.equal(wrongWith("t q", "Teacher asks"), "shortcut_one_word");
  assert.equal(wrongWith("tq", " "), "shortcut_long");
  assert.equal(wrongWith("tq", "Teacher asks"), null);
});

test("shortcuts are there again when the sheet is opened the next time", async () => {
  const store = memoryStore();
  await new Shortcuts(store).put("TQ", "Teacher asks: ");
  const again = await new Shortcuts(store).open();
  assert.deepEqual(again.all, { tq: "Teacher asks: " });
  await again.remove("tq");
  assert.deepEqual((await new Shortcuts(store).open()).all, {});
});
