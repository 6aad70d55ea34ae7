import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../observe/${path}`, import.meta.url), "utf8");
const keysOf = (names) =>
  new Set(names.flatMap((name) => [...read(`web/capture/${name}.py`).matchAll(/"(\w+)": /g)].map(([, key]) => key)));
const OF_THE_STORE = new Set(["last_sent"]);

/** Everything in a script that looks like the key of a sentence. */
const named = (script) =>
  [...read(`static/js/capture/${script}.mjs`).matchAll(/"([a-z]+(?:_[a-z]+)+)"/g)]
    .map(([, key]) => key)
    .filter((key) => !OF_THE_STORE.has(key));

const PAGES = {
  tablet_words: [
    ...["here", "lesson_cards", "notice", "pair_code", "unplanned_form", "waiting", "on_tablet"],
    ...["device_page", "kept_facts", "refused"],
  ],
  check_words: ["check", "checks"],
};

for (const [catalogue, scripts] of Object.entries(PAGES))
  for (const script of scripts)
    test(`${script} says only what is in ${catalogue}`, () => {
      const known = keysOf([catalogue]);
      assert.deepEqual(
        named(script).filter((key) => !known.has(key)),
        [],
      );
    });

test("each thing that is tried has a name, and each state and helper its word", () => {
  const known = keysOf(["check_words"]);
  const tried = [...read("static/js/capture/checks.mjs").matchAll(/export async function (\w+)/g)].map(
    ([, name]) => name,
  );
  const needed = [
    ...tried.map((name) => `name_${name === "privateWindow" ? "private" : name}`),
    ...["fine", "look", "broken", "waiting"].map((state) => `state_${state}`),
    ...["you", "technician", "keeper"].map((who) => `who_${who}`),
    ...["good", "careful", "stop"].map((verdict) => `verdict_${verdict}`),
  ];
  assert.ok(tried.length > 10);
  assert.deepEqual(
    needed.filter((key) => !known.has(key)),
    [],
  );
});
