import assert from "node:assert/strict";
import { test } from "node:test";

import { merge, sameLines } from "../../observe/static/js/merging.mjs";

const line = (key, text, more = {}) => ({
  ...{ key, part: "strength", text, notes: [], criterion: null, plan: null, was: "" },
  ...more,
});
const texts = ({ lines }) => lines.map(({ text }) => text);

test("what each of two changed stands", () => {
  const base = [line("1", "one"), line("2", "two")];
  const merged = merge(base, [line("1", "one here"), line("2", "two")], [line("1", "one"), line("2", "two there")]);
  assert.deepEqual(texts(merged), ["one here", "two there"]);
  assert.deepEqual(merged.others, {});
});

test("where both wrote other words, the words here stay and the others are kept beside them", () => {
  const merged = merge([line("1", "one")], [line("1", "here")], [line("1", "there")]);
  assert.deepEqual(texts(merged), ["here"]);
  assert.equal(merged.others["1"].text, "there");
});

test("spaces at an end are no change of anybody", () => {
  const merged = merge([line("1", "one")], [line("1", "one two ")], [line("1", "one two")]);
  assert.deepEqual(merged.others, {});
});

test("a line that was left out here and changed elsewhere stays", () => {
  assert.deepEqual(texts(merge([line("1", "one")], [], [line("1", "there")])), ["there"]);
  assert.deepEqual(texts(merge([line("1", "one")], [line("1", "here")], [])), ["here"]);
  assert.deepEqual(texts(merge([line("1", "one")], [], [line("1", "one")])), []);
});

test("two lines that were begun on two tablets under one key are two lines", () => {
  const merged = merge([], [line("7", "mine")], [line("7", "theirs")]);
  assert.deepEqual(texts(merged).sort(), ["mine", "theirs"]);
  assert.equal(new Set(merged.lines.map(({ key }) => key)).size, 2);
});

test("an order that was changed here stays, with what was added elsewhere in its place", () => {
  const base = ["1", "2", "3"].map((key) => line(key, key));
  const mine = ["3", "1", "2"].map((key) => line(key, key));
  const theirs = [...base.slice(0, 2), line("4", "4"), base[2]];
  assert.deepEqual(texts(merge(base, mine, theirs)), ["3", "1", "2", "4"]);
  assert.deepEqual(texts(merge(base, base, [...theirs].reverse())), ["3", "4", "2", "1"]);
});

test("notes that were added anywhere are added, and those taken away anywhere are gone", () => {
  const with_ = (...notes) => [line("1", "one", { notes })];
  assert.deepEqual(merge(with_("a", "b"), with_("b", "c"), with_("a", "b", "d")).lines[0].notes, ["b", "d", "c"]);
});

test("no word of two drafts is lost, however they were changed", () => {
  for (let seed = 1; seed < 400; seed += 1) {
    const random = chance(seed);
    const base = ["1", "2", "3"].map((key) => line(key, `base ${key}`));
    const [mine, theirs] = ["mine", "theirs"].map((who) => changed(base, who, random));
    const { lines, others } = merge(base, mine, theirs);
    const said = [...lines, ...Object.values(others)].map(({ text }) => text);
    const fresh = [...mine, ...theirs].map(({ text }) => text).filter((text) => !text.startsWith("base"));
    for (const text of fresh) assert.ok(said.includes(text), `${seed}: ${text} of ${JSON.stringify([mine, theirs])}`);
    assert.equal(new Set(lines.map(({ key }) => key)).size, lines.length);
    assert.ok(sameLines(merge(lines, lines, lines).lines, lines));
  }
});

function changed(base, who, random) {
  const lines = base.filter(() => random() > 0.2).map((each) => (random() > 0.5 ? { ...each, text: `${who} ${each.key}` } : each));
  if (random() > 0.5) lines.push(line("4", `${who} new`));
  return random() > 0.6 ? lines.reverse() : lines;
}

function chance(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}
