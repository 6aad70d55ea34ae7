import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { canonical, digest } from "../../observe/static/js/canonical.mjs";
import { newId } from "../../observe/static/js/operations.mjs";

const spelled = JSON.parse(readFileSync(new URL("spelling.json", import.meta.url)));

test("the tablet and the server spell a value alike", async () => {
  for (const { value, sha256 } of spelled) assert.equal(await digest(value), sha256, JSON.stringify(value));
});

test("keys stand in one order and letters in one form", () => {
  assert.equal(canonical({ b: 1, a: "Zoe\u0308" }), '{"a":"Zoë","b":1}');
});

test("half a letter cannot be kept", () => {
  assert.throws(() => canonical("\ud83d"), TypeError);
  assert.throws(() => canonical([Number.NaN]), TypeError);
});

test("an id carries its time and is never used twice", () => {
  const at = Date.UTC(2026, 10, 21, 10, 15);
  const id = newId(at);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), at);
  assert.equal(new Set(Array.from({ length: 1000 }, () => newId(at))).size, 1000);
});
