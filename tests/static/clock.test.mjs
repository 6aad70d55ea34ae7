import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Clock,
  cutShort,
  occasionAt,
  occasionsOf,
  occasionsUpTo,
  running,
  samples,
  stretchOf,
} from "../../observe/static/js/capture/clock.mjs";

const MINUTE = 60000;
const START = "2026-11-21T10:00:00.000Z";
const TWO = { segments: 2, minutes: 15, samples: [4, 9, 14] };

const YEARS = 3 * 365 * 24 * 60 * MINUTE;

function aClock({ wall = Date.parse(START), started = START, ended = null, furthest = 0 } = {}) {
  const time = { wall, steady: 0 };
  const clock = new Clock({
    started: () => started,
    ended: () => ended,
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

for (const [way, jump] of [
  ["ahead", YEARS],
  ["back", -YEARS],
])
  test(`a tablet's clock that jumps ${way} by years moves no lesson`, () => {
    const { clock, time } = aClock();
    clock.elapsed();
    time.wall += jump;
    time.steady += MINUTE;
    assert.equal(clock.elapsed(), MINUTE);
    clock.wake();
    assert.equal(clock.elapsed(), MINUTE);
  });

test("after a reload with a clock that is wrong by years the lesson goes on from the last thing written", () => {
  for (const wall of [Date.parse(START) + YEARS, Date.parse(START) - YEARS]) {
    const { clock, time } = aClock({ wall, furthest: 7 * MINUTE });
    assert.equal(clock.elapsed(), 7 * MINUTE);
    time.steady += MINUTE;
    assert.equal(clock.elapsed(), 8 * MINUTE);
  }
});

test("a tablet whose clock is wrong by years still knows how long it slept", () => {
  const { clock, time } = aClock({ wall: Date.parse(START) + YEARS, furthest: 7 * MINUTE });
  clock.elapsed();
  time.wall += 20 * MINUTE;
  time.steady += MINUTE;
  clock.wake();
  assert.equal(clock.elapsed(), 27 * MINUTE);
});

test("however the clocks behave, time never runs backwards", () => {
  const { clock, time } = aClock({ furthest: 3 * MINUTE });
  let before = 0;
  for (const jump of [MINUTE, -YEARS, 2 * MINUTE, YEARS, -MINUTE, 30 * MINUTE, -30 * MINUTE]) {
    time.wall += jump;
    time.steady += 10;
    clock.wake();
    assert.ok(clock.elapsed() >= before);
    before = clock.elapsed();
  }
});

test("what comes after the end of a lesson is not part of it", () => {
  const { clock, time } = aClock({ ended: 22 * MINUTE });
  clock.elapsed();
  time.steady += 40 * MINUTE;
  assert.equal(clock.observed(), 22 * MINUTE);
  assert.ok(clock.elapsed() > 22 * MINUTE);
  assert.equal(aClock({ wall: Date.parse(START) + MINUTE }).clock.observed(), MINUTE);
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

test("a stretch has its minutes, a sample its moment", () => {
  assert.deepEqual(stretchOf("interval-7", { intervals: 2 }), { from: 12 * MINUTE, to: 14 * MINUTE });
  assert.deepEqual(stretchOf("segment-2", TWO), { from: 15 * MINUTE, to: 30 * MINUTE });
  assert.deepEqual(stretchOf("sample-2-4", TWO), { from: 19 * MINUTE, to: 19 * MINUTE });
});

test("a lesson that ends early cuts its stretch short, one that ends on the minute or later does not", () => {
  assert.equal(cutShort({ intervals: 2 }, 40 * MINUTE + 40000).occasion, "interval-21");
  assert.equal(cutShort(TWO, 22 * MINUTE).occasion, "segment-2");
  assert.deepEqual(
    [
      [{ intervals: 2 }, 40],
      [TWO, 30],
      [TWO, 45],
      [{ whole: true }, 7],
    ].map(([occasions, minutes]) => cutShort(occasions, minutes * MINUTE)),
    [null, null, null, null],
  );
});
