import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { speaker } from "../../observe/static/js/page.mjs";

const here = (path) => new URL(path, import.meta.url);
const words = readdirSync(here("../../observe/web/capture")).filter((name) => name.endsWith("words.py"));
const catalogue = new Set(
  words.flatMap((name) =>
    [...readFileSync(here(`../../observe/web/capture/${name}`), "utf8").matchAll(/"(\w+)": /g)].map(([, key]) => key),
  ),
);
const scripts = readdirSync(here("../../observe/static/js/capture"))
  .map((name) => readFileSync(here(`../../observe/static/js/capture/${name}`), "utf8"))
  .join("\n");

test("every sentence that the sheet says is in the catalogue", () => {
  const said = [...scripts.matchAll(/say\("(\w+)"/g), ...scripts.matchAll(/key: "(\w+)"/g)].map(([, key]) => key);
  const begun = [...scripts.matchAll(/key: "(\w+)"/g)].map(([, key]) => `${key}_b`);
  const acts = [...scripts.matchAll(/actions: \[([^\]]*)\]/g)]
    .flatMap(([, list]) => list.match(/\w+/g))
    .map((name) => `act_${name}`);
  assert.ok(said.length > 30);
  assert.deepEqual(
    [...said, ...begun, ...acts].filter((key) => !catalogue.has(key)),
    [],
  );
});

test("a language with more plurals than English has each of them", () => {
  const say = speaker({ notes: { zero: "dim nodyn", one: "un nodyn", two: "dau nodyn", other: "{n} nodyn" } }, "cy");
  assert.deepEqual(
    [0, 1, 2, 9].map((n) => say("notes", { n })),
    ["dim nodyn", "un nodyn", "dau nodyn", "9 nodyn"],
  );
});
