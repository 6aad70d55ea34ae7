import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, fill, filledIn } from "../../observe/static/js/programme/answer.mjs";

test("of an answer only what was chosen or written is kept in the window", () => {
  const fields = [
    ["csrf_token", "x"],
    ["level-listens", "2"],
    ["words-keep", ""],
    ["words-change", "Ask before"],
  ];
  const pairs = filledIn(fields);
  assert.deepEqual(pairs, [fields[1], fields[3]]);
  assert.equal(chosen(pairs), 1);
});

test("what was kept stands in the form again, and what the form no longer has is left out", () => {
  const level = (value) => ({ name: "level-listens", type: "radio", value, checked: false });
  const words = { name: "words-keep", type: "textarea", value: "" };
  const form = [level("1"), level("2"), words, { name: "csrf_token", type: "hidden", value: "own" }];
  fill(form, [["level-listens", "2"], ["words-keep", "Be in lessons"], ["level-gone", "3"]]);
  assert.deepEqual([form[0].checked, form[1].checked, words.value, form[3].value], [false, true, "Be in lessons", "own"]);
});
