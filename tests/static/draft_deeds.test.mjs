import assert from "node:assert/strict";
import { test } from "node:test";

import {
  added,
  joined,
  moved,
  placed,
  putInstead,
  removed,
  rested,
  reworded,
  split,
  unrested,
} from "../../observe/static/js/feedback/deeds.mjs";
import { keeper } from "../../observe/static/js/feedback/keeping.mjs";
import { pieces } from "../../observe/static/js/feedback/marks.mjs";
import { phrasesWith, withoutPlace } from "../../observe/static/js/feedback/phrases.mjs";
import { savingWords } from "../../observe/static/js/feedback/saving.mjs";
import { Steps } from "../../observe/static/js/feedback/steps.mjs";

const line = (key, text, more = {}) => ({
  ...{ key, part: "strength", text, notes: [], criterion: null, plan: null, was: "" },
  ...more,
});
const LINES = [
  line("1", "Thank you.", { part: "opening" }),
  line("2", "First. Then more.", { notes: ["a", "b"] }),
  line("3", "Second."),
  line("4", "Wait, Maisie.", { part: "next_step" }),
];
const keys = (lines) => lines.map(({ key }) => key).join("");

test("a line moves among the lines of its part, and no further", () => {
  assert.equal(keys(moved(LINES, "3", -1).lines), "1324");
  assert.equal(moved(LINES, "3", 1), null);
  assert.equal(moved(LINES, "4", -1), null);
});

const DEEDS = {
  moved: placed(LINES, "2", 1),
  removed: removed(LINES, "2"),
  added: added(LINES, "next_step"),
  rested: rested(LINES, "3", "c", "routines"),
  unrested: unrested(LINES, "2", "a"),
  reworded: reworded(LINES, "2", { text: "Other words." }),
  instead: putInstead(LINES, "4", "Maisie", "one pupil"),
  split: split(LINES, "2", 6),
  joined: joined(LINES, "3"),
};
const said = (lines) => lines.map(({ key, text, notes }) => ({ key, text, notes }));

for (const [name, { lines, back }] of Object.entries(DEEDS))
  test(`a deed is taken back, also after more was typed: ${name}`, () => {
    assert.deepEqual(said(back(lines)), said(LINES));
    const typed = lines.map((each) => (each.key === "1" ? { ...each, text: "Typed since." } : each));
    assert.equal(back(typed).find(({ key }) => key === "1").text, "Typed since.");
  });

test("words that were typed over others are not taken back with them", () => {
  const { lines, back } = DEEDS.reworded;
  const typed = lines.map((each) => (each.key === "2" ? { ...each, text: "Mine." } : each));
  assert.equal(back(typed)[1].text, "Mine.");
});

test("of a name that stands twice the one that was found is put otherwise", () => {
  const lines = [line("1", "Maisie asked. Then Maisie said why.")];
  const text = (start) => putInstead(lines, "1", "Maisie", "one pupil", start).lines[0].text;
  assert.equal(text(19), "Maisie asked. Then one pupil said why.");
  assert.equal(text(7), "one pupil asked. Then Maisie said why.");
  const target = line("2", "", { plan: { try: "Ask", when: "", see: "Maisie answers", due: null } });
  assert.equal(putInstead([target], "2", "Maisie", "a pupil").lines[0].plan.see, "a pupil answers");
});

test("a rewritten line keeps its evidence", () => {
  assert.deepEqual(DEEDS.reworded.lines[1].notes, ["a", "b"]);
  assert.deepEqual(DEEDS.joined.lines[1].notes, ["a", "b"]);
  assert.deepEqual(DEEDS.split.lines[2].notes, ["a", "b"]);
});

test("a new line never gets the key of one that was there before", () => {
  assert.equal(added(LINES, "question", {}, [line("9", "")]).made, "10");
});

test("deeds are taken back one by one, the last one first", () => {
  const steps = new Steps();
  const once = steps.did("leaving out", removed(LINES, "3"));
  const twice = steps.did("moving", rested(once, "2", "c"));
  const first = steps.undo(twice);
  assert.equal(first.name, "moving");
  assert.equal(steps.last, "leaving out");
  assert.equal(keys(steps.undo(first.lines).lines), "1234");
  assert.equal(steps.undo(LINES), null);
});

test("what was found is marked where it stands as a word", () => {
  const found = pieces("May is here. Maybe May.", [{ quote: "May" }]);
  assert.deepEqual(found.filter(({ finding }) => finding).map(({ text }) => text), ["May", "May"]);
  assert.equal(found.map(({ text }) => text).join(""), "May is here. Maybe May.");
  assert.equal(pieces("A long sentence goes on", [{ quote: "A long …" }])[0].text, "A long");
});

test("a phrase is found by the first letters of its words", () => {
  const phrases = [{ text: "Wait three seconds" }, { text: "Écoute, then choose" }];
  assert.deepEqual(phrasesWith("th wa", phrases), [phrases[0]]);
  assert.deepEqual(phrasesWith("eco", phrases), [phrases[1]]);
  assert.equal(phrasesWith(" ", phrases).length, 2);
  assert.equal(withoutPlace("It was calm: {evidence}."), "It was calm.");
});

test("keys that come while one is being written are written next, whole", async () => {
  const wrote = [];
  const told = [];
  const { write } = keeper({ keep: async (draft) => wrote.push(draft), tell: (state) => told.push(state) });
  await Promise.all(["w", "wa", "wai", "wait"].map(write));
  assert.deepEqual([wrote[0], wrote.at(-1), told.at(-1)], ["w", "wait", "kept"]);
  assert.ok(wrote.length <= 3);
});

test("a tablet that is full says so, and tries again", async () => {
  const again = [];
  let full = true;
  const keep = async () => {
    if (full) throw new Error("full");
  };
  const told = [];
  const { write } = keeper({ keep, tell: (state) => told.push(state), later: (job) => again.push(job) });
  assert.equal(await write("words"), false);
  assert.equal(told.at(-1), "failed");
  full = false;
  assert.equal(await again[0](), true);
  assert.equal(told.at(-1), "kept");
});

test("the state of saving is always said in words", () => {
  const now = { keeping: "kept", waits: true, since: 0, state: null, savedAt: "14:02", refused: null };
  const words = (more, at = 1000) => savingWords({ ...now, ...more }, at);
  assert.deepEqual(words({ waits: false }), { key: "saved", values: { time: "14:02" }, sign: "done" });
  assert.deepEqual([words({}).key, words({}).sign], ["here", "done"]);
  assert.equal(words({}, 9000).sign, "off");
  assert.equal(words({ state: "no network" }).sign, "off");
  assert.equal(words({ state: "sign in" }).more, "sign_in");
  assert.equal(words({ keeping: "failed" }).key, "not_saved");
  assert.equal(words({ keeping: "writing", written: 900 }), null);
  assert.equal(words({ keeping: "writing", written: 900 }, 5000).key, "writing");
  assert.equal(words({ state: "refused", refused: "Too long." }).key, "refused");
});
