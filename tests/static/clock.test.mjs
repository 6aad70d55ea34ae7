import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Clock,
  occasionAt,
  occasionsOf,
  occasionsUpTo,
  running,
  samples,
} from "../../observe/static/js/capture/clock.mjs";

const MINUTE = 60000;
const START = "2026-11-21T10:00:00.000Z";
const TWO = { segments: 2, minutes: 15, samples: [4, 9, 14] };

function aClock({ wall = Date.parse(START), started = START, furthest = 0 } = {}) {
  const time = { wall, steady: 0 };
  const clock = new Clock({
    started: () => started,
    wall: () => time.wall,
    steady: () => time.steady,
    furthest: () => furthest,
  });
  return { clock, time };
}

test("time is counted from the observer's Start, and stands at 0 before it", () => {
  const { clock, time } = aClock();
  clock.elapsed();
  time.steady += 1234.6;
  assert.equal(clock.elapsed(), 1235);
  assert.equal(aClock({ started: null }).clock.elapsed(), 0);
});

test("within a lesson the tablet's clock may jump by years", () => {
  const { clock, time } = aClock();
  clock.elapsed();
  time.wall += 3 * 365 * 24 * 60 * MINUTE;
  time.steady += MINUTE;
  assert.equal(clock.elapsed(), MINUTE);
  clock.wake();
  assert.equal(clock.elapsed(), MINUTE);
});

test("after a reload time goes on, and never backwards", () => {
  assert.equal(aClock({ wall: Date.parse(START) + 5 * MINUTE }).clock.elapsed(), 5 * MINUTE);
  assert.equal(aClock({ wall: Date.parse(START) - 5 * MINUTE, furthest: 7 * MINUTE }).clock.elapsed(), 7 * MINUTE);
});

test("a tablet that slept knows how long", () => {
  const { clock, time } = aClock();
  clock.elapsed();
  time.wall += 10 * MINUTE;
  clock.wake();
  assert.equal(clock.elapsed(), 10 * MINUTE);
});

test("segments follow each other, and the last goes on", () => {
  assert.deepEqual(
    [0, 14.9, 15, 40].map((minutes) => occasionAt("segment", TWO, minutes * MINUTE)),
    ["segment-1", "segment-1", "segment-2", "segment-2"],
  );
  assert.deepEqual(occasionsUpTo("segment", TWO, 0), ["segment-1"]);
});

test("samples are due at their minutes of each segment", () => {
  assert.equal(occasionAt("sample", TWO, 0), "sample-1-4");
  assert.equal(occasionAt("sample", TWO, 9 * MINUTE), "sample-1-9");
  assert.equal(occasionAt("sample", TWO, 19 * MINUTE), "sample-2-4");
  assert.deepEqual(occasionsUpTo("sample", TWO, 5 * MINUTE), ["sample-1-4"]);
  assert.equal(samples(TWO).at(-1).at, 29 * MINUTE);
});

test("intervals go on to the end of the lesson", () => {
  assert.deepEqual(occasionsOf("interval", { intervals: 2 }, 5 * MINUTE), ["interval-1", "interval-2", "interval-3"]);
  assert.equal(occasionAt("interval", { intervals: 2 }, 5 * MINUTE), "interval-3");
});

test("the ring shows what is left of a segment, and nothing after the last", () => {
  assert.deepEqual(running(TWO, 18 * MINUTE), {
    ...{ kind: "segment", number: 2, of: 2, length: 15 * MINUTE },
    ...{ gone: 3 * MINUTE, left: 12 * MINUTE, share: 0.2 },
  });
  assert.equal(running(TWO, 31 * MINUTE), null);
  assert.equal(running({ whole: true }, 0), null);
});
