import assert from "node:assert/strict";
import { test } from "node:test";

import { reflection } from "../../observe/static/js/calibration/reflection.mjs";

const UNTOUCHED = [{ value: "", defaultValue: "" }];

function desk(answers, fields = UNTOUCHED) {
  const heard = {};
  const revision = { value: "0" };
  const form = {
    sent: 0,
    elements: Object.assign([...fields], { namedItem: () => revision }),
    addEventListener: (name, work) => (heard[name] = work),
    requestSubmit: () => ((form.sent += 1), heard.submit()),
  };
  const within = { textContent: "" };
  const words = { waiting: "Not saved yet", lost: "No connection" };
  const saving = { classList: { toggle: () => {} } };
  const timers = [];
  const given = { words, within, later: (ms, work) => timers.push({ ms, work }), cancel: () => {} };
  const work = reflection(form, saving, { post: async () => answers.shift()(), ...given });
  return { work, form, within, revision, timers, type: () => heard.input() };
}

const kept = (revision) => () => ({ ok: true, status: 200, json: async () => ({ saved: "Saved at 10:14.", revision }) });
const gone = () => {
  throw new TypeError("no network");
};

test("a reflection is saved a moment after the last letter, under the revision that the server gave", async () => {
  const { work, within, revision, timers, type } = desk([kept(3)]);
  type();
  assert.equal(within.textContent, "Not saved yet");
  assert.equal(timers.length, 1);
  await work.flush();
  assert.equal(within.textContent, "Saved at 10:14.");
  assert.equal(revision.value, 3);
  assert.equal(work.unsaved(), false);
});

test("what was typed before the script of the page had come is saved like the rest", async () => {
  const { work, within } = desk([kept(1)], [{ value: "2", defaultValue: "2" }, { value: "I looked", defaultValue: "" }]);
  assert.equal(within.textContent, "Not saved yet");
  await work.flush();
  assert.equal(within.textContent, "Saved at 10:14.");
});

test("without a connection the words wait on the page and go again", async () => {
  const { work, within, timers, type } = desk([gone, kept(1)]);
  type();
  await work.flush();
  assert.equal(within.textContent, "No connection");
  assert.equal(work.unsaved(), true);
  await timers.at(-1).work();
  assert.equal(work.unsaved(), false);
});

test("words that were kept from another page meanwhile are shown beside those typed here", async () => {
  const { work, form, type } = desk([() => ({ ok: false, status: 412 })]);
  type();
  await work.flush();
  assert.equal(form.sent, 1);
  assert.equal(work.unsaved(), false);
});
