import assert from "node:assert/strict";
import { test } from "node:test";
import { forget, remember, who } from "../../observe/static/js/person.mjs";

function aShelf() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

test("a tablet knows who uses it until they sign out", () => {
  const shelf = aShelf();
  assert.equal(who(shelf), null);
  remember({ id: "p", name: "Siôn Prydderch", email: "not kept" }, shelf);
  assert.deepEqual(who(shelf), { id: "p", name: "Siôn Prydderch" });
  forget(shelf);
  assert.equal(who(shelf), null);
});

test("a browser that keeps nothing, or something else, knows nobody and breaks nothing", () => {
  assert.equal(who(undefined), null);
  assert.equal(remember({ id: "p", name: "" }, undefined), false);
  forget(undefined);
  assert.equal(who({ getItem: () => "{half" }), null);
  assert.equal(who({ getItem: () => '{"name": "no id"}' }), null);
});
