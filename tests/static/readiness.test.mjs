import assert from "node:assert/strict";
import test from "node:test";
import { readiness, reminder } from "../../observe/static/js/capture/readiness.mjs";
import { sheetsOf } from "../../observe/static/js/capture/sheets.mjs";

const DAY = 24 * 60 * 60 * 1000;
const ALL = { secure: true, stored: true, worker: {}, fetched: true, told: { whole: true, kept: ["/sheet/a"], missing: [] } };
const said = (other) => readiness({ ...ALL, ...other }).key;

test("a tablet is ready only when its lessons, the pages and every sheet are on it", () => {
  assert.deepEqual(readiness(ALL), { key: "ready", sign: "done" });
  for (const other of [
    { fetched: false },
    { told: null },
    { told: { whole: false, missing: [] } },
    { told: { whole: true, missing: ["/sheet/b"] } },
  ])
    assert.deepEqual(readiness({ ...ALL, ...other }), { key: "not_all", sign: "warn" });
});

test("nothing is promised before all is known", () => {
  for (const name of Object.keys(ALL)) assert.equal(said({ [name]: undefined }), "getting_ready", name);
});

test("what can never be is said at once, and what hurts most comes first", () => {
  assert.equal(said({ secure: false, worker: undefined, told: undefined }), "plain_http");
  assert.equal(said({ stored: false, worker: null, told: undefined }), "keeps_nothing");
  assert.equal(said({ worker: null, told: undefined }), "keeps_no_pages");
});

test("work that waits is on the icon after a day, and in a banner after five", () => {
  assert.deepEqual(reminder({ changes: 0, age: null }), { badge: 0, days: 0 });
  assert.deepEqual(reminder({ changes: 3, age: DAY - 1 }), { badge: 0, days: 0 });
  assert.deepEqual(reminder({ changes: 3, age: DAY }), { badge: 3, days: 0 });
  assert.deepEqual(reminder({ changes: 3, age: 5 * DAY - 1 }), { badge: 3, days: 0 });
  assert.deepEqual(reminder({ changes: 3, age: 6.5 * DAY }), { badge: 3, days: 6 });
});

test("the sheets of all rubrics are kept, those of the lessons first and each once", () => {
  const lessons = [{ rubric: "sha256:b" }, { rubric: null }, { rubric: "sha256:b" }];
  assert.deepEqual(sheetsOf(lessons, ["sha256:a", "sha256:b"]), ["/sheet/b", "/sheet/a"]);
});
