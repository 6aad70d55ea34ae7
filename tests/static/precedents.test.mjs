import assert from "node:assert/strict";
import { test } from "node:test";
import { rulesBeside } from "../../observe/static/js/capture/lesson.mjs";
import { lessonHere } from "../../observe/static/js/lesson_here.mjs";
import { refresh } from "../../observe/static/js/refresh.mjs";
import { memoryStore } from "./memory.mjs";

const R = "sha256:aa";
const rule = (text, criterion = "talk") => ({ rubric: R, criterion, text, source: "From a talk in November 2025" });
const texts = (rules) => rules.map(({ text }) => text);

test("beside a criterion stand its newest rules, and the older ones in a fold", () => {
  const rules = [rule("5"), rule("x", "routines"), rule("4"), rule("3"), rule("2"), rule("1")];
  const [shown, older] = rulesBeside(rules, "talk");
  assert.deepEqual([texts(shown), texts(older)], [["5", "4", "3"], ["2", "1"]]);
  assert.deepEqual(rulesBeside(rules, "routines").map(texts), [["x"], []]);
  assert.deepEqual(rulesBeside(rules, "questioning"), [[], []]);
});

test("of a count, which has no words below it, all rules are in the fold", () => {
  assert.deepEqual(rulesBeside([rule("2"), rule("1")], "talk", 0).map(texts), [[], ["2", "1"]]);
});

test("rules are on the tablet without a network, with where they came from", async () => {
  const store = memoryStore("sion");
  const lesson = { lesson_id: "l", observation_id: "o", rubric: R, targets: [] };
  const told = { person: { id: "sion" }, lessons: [lesson], records: [], rubrics: [], schools: [], precedents: [rule("1")] };
  const api = { bootstrap: async () => ({ status: 200, protocol: true, body: told }) };
  await refresh({ api, store, now: () => 0, titles: false });
  const away = { bootstrap: async () => ({ status: 0, body: null }) };
  await refresh({ api: away, store, now: () => 0, titles: false });
  const { precedents } = await lessonHere(store, "o");
  assert.deepEqual(precedents, [rule("1")]);
});
