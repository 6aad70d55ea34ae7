import assert from "node:assert/strict";
import { test } from "node:test";

import { isTouched } from "../../observe/static/js/page.mjs";

const AS_IT_CAME = [
  { value: "7f", defaultValue: "7f" },
  { value: "3", defaultValue: "3", checked: true, defaultChecked: true },
  { value: "autumn", checked: undefined },
];

test("a form as it came is untouched, with words, a level or a choice in it", () => {
  assert.equal(isTouched({ elements: AS_IT_CAME }), false);
});

test("words or a level from before the script had come are found", () => {
  const typed = { value: "I looked", defaultValue: "" };
  const rated = { value: "2", defaultValue: "2", checked: true, defaultChecked: false };
  assert.equal(isTouched({ elements: [...AS_IT_CAME, typed] }), true);
  assert.equal(isTouched({ elements: [...AS_IT_CAME, rated] }), true);
});
