import assert from "node:assert/strict";
import { test } from "node:test";

import { ask } from "../../observe/static/js/calibration/exercise_room.mjs";
import { createSaving } from "../../observe/static/js/rating_saving.mjs";

function desk(answers = []) {
  const sent = [];
  const heard = [];
  const timers = [];
  const saving = createSaving({
    send: async (key) => {
      sent.push(key);
      return answers.shift() ?? "saved";
    },
    told: (state) => heard.push(state),
    later: (ms, work) => timers.push({ ms, work }),
    cancel: () => timers.splice(0),
  });
  return { saving, sent, heard, timers };
}

test("a level is sent at once, words after the last letter", async () => {
  const { saving, sent, heard, timers } = desk();
  saving.changed("routines", { atOnce: false });
  assert.deepEqual(sent, []);
  assert.equal(timers.length, 1);
  saving.changed("questioning", { atOnce: true });
  await saving.flush();
  assert.deepEqual(sent, ["routines", "questioning"]);
  assert.equal(heard.at(-1), "saved");
  assert.equal(saving.waits(), false);
});

test("what could not be sent waits and is tried again", async () => {
  const { saving, sent, heard, timers } = desk(["lost"]);
  saving.changed("routines", { atOnce: true });
  assert.equal(await saving.flush(), true);
  assert.deepEqual(sent, ["routines", "routines"]);
  const again = desk(["lost"]);
  again.saving.changed("routines", { atOnce: false });
  assert.equal(await again.saving.flush(), false);
  assert.equal(again.saving.waits(), true);
  assert.equal(again.heard.at(-1), "lost");
  assert.equal(again.timers[0].ms, 5000);
  assert.ok(heard.includes("lost"));
  assert.ok(timers.length >= 0);
});

test("what may not be changed any more is not sent for ever", async () => {
  const { saving, heard } = desk(["closed"]);
  saving.changed("routines", { atOnce: false });
  assert.equal(await saving.flush(), false);
  assert.equal(saving.waits(), false);
  assert.equal(heard.at(-1), "closed");
});

test("what waits beside what may not be changed any more is still sent", async () => {
  const { saving, sent } = desk(["closed"]);
  saving.changed("routines", { atOnce: false });
  saving.changed("questioning", { atOnce: false });
  assert.equal(await saving.flush(), false);
  assert.equal(await saving.flush(), true);
  assert.deepEqual(sent, ["routines", "questioning"]);
});

test("the room's number is written, and stays without a connection", async () => {
  const element = { dataset: { count: "/count" }, textContent: "5 of 8 have sealed" };
  const answer = { ok: true, json: async () => ({ words: "6 of 8 have sealed" }) };
  await ask(element, { get: async () => answer });
  assert.equal(element.textContent, "6 of 8 have sealed");
  await ask(element, {
    get: async () => {
      throw new TypeError("no connection");
    },
  });
  assert.equal(element.textContent, "6 of 8 have sealed");
});
