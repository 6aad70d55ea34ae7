import assert from "node:assert/strict";
import test from "node:test";

import { createSaver } from "../../observe/static/js/saver.mjs";

function desk(answers = []) {
  const heard = [];
  const sent = [];
  const timers = [];
  const send = async (asked) => {
    sent.push(asked);
    return answers.shift() ?? true;
  };
  const later = (ms, work) => timers.push({ ms, work });
  const saver = createSaver({ send, told: (state) => heard.push(state), later, cancel: () => {} });
  return { saver, heard, sent, timers };
}

test("what is typed is sent a moment after the last letter", async () => {
  const { saver, heard, sent, timers } = desk();
  saver.changed();
  saver.changed();
  assert.deepEqual(sent, []);
  await timers.at(-1).work();
  assert.deepEqual(sent, [""]);
  assert.deepEqual(heard, ["waiting", "waiting", "saved"]);
});

test("nothing is sent where nothing was typed", async () => {
  const { saver, sent } = desk();
  await saver.flush();
  assert.deepEqual(sent, []);
});

test("what could not be sent waits, says so, and is tried again", async () => {
  const { saver, heard, sent, timers } = desk([false, true]);
  saver.changed();
  await saver.flush();
  assert.equal(heard.at(-1), "lost");
  assert.ok(saver.waits());
  await timers.at(-1).work();
  assert.equal(heard.at(-1), "saved");
  assert.equal(sent.length, 2);
});

test("a button sends what it asks for, after what is on its way", async () => {
  const { saver, sent } = desk();
  saver.changed();
  const first = saver.flush();
  const second = saver.flush("up 3");
  await Promise.all([first, second]);
  assert.deepEqual(sent, ["", "up 3"]);
});

test("letters typed while something is sent are still said to wait", async () => {
  let release;
  const heard = [];
  const saver = createSaver({ send: () => new Promise((resolve) => (release = resolve)), told: (state) => heard.push(state), later: () => 0, cancel: () => {} });
  saver.changed();
  const sending = saver.flush();
  await Promise.resolve();
  saver.changed();
  release(true);
  await sending;
  assert.equal(heard.at(-1), "waiting");
  assert.ok(saver.waits());
});
