import assert from "node:assert/strict";
import { test } from "node:test";
import { Countdown, timeLeft } from "../../observe/static/js/calibration/countdown.mjs";
import { shelf } from "../../observe/static/js/calibration/keep.mjs";

const MINUTE = 60_000;
const at = (minutes) => minutes * MINUTE;

test("the face shows minutes and seconds that are left", () => {
  assert.deepEqual(timeLeft(at(5) + 40_000, at(15)), { face: "9:20", share: (at(9) + 20_000) / at(15), over: false });
});

test("after the time is over the face counts on", () => {
  assert.equal(timeLeft(at(16), at(15)).face, "1:00");
  assert.equal(timeLeft(at(16), at(15)).over, true);
  assert.equal(timeLeft(at(16), at(15)).share, 0);
});

test("each criterion has its own time, which goes on where it was", () => {
  let now = 0;
  const countdown = new Countdown({ minutes: 15, now: () => now });
  countdown.turnTo("c-1a");
  now = at(4);
  countdown.turnTo("c-2b");
  now = at(10);
  countdown.turnTo("c-1a");
  now = at(11);
  assert.equal(countdown.left().face, "10:00");
});

test("a reload loses no time", () => {
  let now = 0;
  const before = new Countdown({ minutes: 15, now: () => now });
  before.turnTo("c-1a");
  now = at(3);
  const after = new Countdown({ minutes: 15, now: () => now, kept: before.toKeep() });
  after.turnTo("c-1a");
  assert.equal(after.left().face, "12:00");
});

test("a storage that is forbidden keeps nothing and breaks nothing", () => {
  const forbidden = {
    getItem() {
      throw new Error("forbidden");
    },
    setItem() {
      throw new Error("forbidden");
    },
  };
  shelf(forbidden).put("timer", { a: 1 });
  assert.deepEqual(shelf(forbidden).get("timer"), {});
});

test("without a limit the face shows how long one has talked", () => {
  assert.deepEqual(timeLeft(at(5) + 40_000, 0), { face: "5:40", share: 0, over: false });
  const countdown = new Countdown({ minutes: 15, now: () => at(3) });
  countdown.allow(0);
  countdown.turnTo("3a");
  assert.equal(countdown.left().face, "0:00");
});
