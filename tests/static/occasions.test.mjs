import assert from "node:assert/strict";
import { test } from "node:test";
import { endWords, overEarlier } from "../../observe/static/js/capture/ends.mjs";
import {
  LATER,
  Occasions,
  PATIENCE,
  endMarks,
  following,
  lastSeen,
  wanted,
} from "../../observe/static/js/capture/occasions.mjs";

const MINUTE = 60000;
const SECOND = 1000;
const TWO = { segments: 2, minutes: 15, samples: [4, 9, 14] };
const EVERY_TWO = { intervals: 2 };
const open = () => true;
const done = () => false;

/** A sheet with one criterion for each kind of part, whose values are in `values`. */
function aLesson(occasions, minutes = 0) {
  const kinds = occasions.intervals ? ["interval"] : ["segment", "sample"];
  const criteria = kinds.map((kind) => ({ criterion: kind, scale: "four", occasion: kind }));
  const values = {};
  const clock = { startedAt: 0, ended: null, at: minutes * MINUTE, observed: () => clock.ended ?? clock.at };
  const record = { value: (field) => values[field] ?? null };
  const rubric = { occasions, scales: { four: { type: "ordinal" } }, criteria };
  const parts = new Occasions({ rubric, record, clock, may: () => true });
  const go = (later) => ((clock.at = later * MINUTE), parts.follow());
  return { parts, values, clock, record, rubric, go };
}

test("intervals advance with the clock", () => {
  const { parts, go } = aLesson(EVERY_TWO);
  assert.equal(parts.on("interval"), "interval-1");
  go(5);
  assert.equal(parts.on("interval"), "interval-3");
});

test("an interval stays for a moment under a thumb that is just coding it", () => {
  const { parts, go } = aLesson(EVERY_TWO, 1.98);
  parts.touched("interval");
  go(2.01);
  assert.equal(parts.on("interval"), "interval-1");
  go(2.1);
  assert.equal(parts.on("interval"), "interval-2");
});

test("whoever goes back to an earlier interval stays there until they come back", () => {
  const { parts, go } = aLesson(EVERY_TWO, 7);
  parts.go("interval", "interval-2");
  go(9);
  assert.equal(parts.on("interval"), "interval-2");
  assert.ok(parts.isElsewhere("interval"));
  parts.back("interval");
  assert.equal(parts.on("interval"), "interval-5");
});

test("a segment that is over stays until it is rated, and for some minutes at most", () => {
  const on = (minutes, isOpen) =>
    following("segment", TWO, minutes * MINUTE, { occasion: "segment-1", touched: -Infinity }, isOpen);
  assert.equal(on(16, open), "segment-1");
  assert.equal(on(16, done), "segment-2");
  assert.equal(on(15 + PATIENCE.segment / MINUTE, open), "segment-2");
});

test("a sheet that is loaded again just after a segment shows the one that waits to be rated", () => {
  assert.equal(following("segment", TWO, 16 * MINUTE, null, open), "segment-1");
  assert.equal(following("segment", TWO, 25 * MINUTE, null, open), "segment-2");
});

test("a sample is asked for from its minute until it is rated, and never before the lesson begins", () => {
  const asked = (minutes, isOpen) => wanted("sample", TWO, minutes * MINUTE, isOpen);
  assert.equal(asked(3.9, open), null);
  assert.equal(asked(4, open), "sample-1-4");
  assert.equal(asked(4, done), null);
  assert.equal(asked(10, open), "sample-1-9");
  assert.equal(asked(19, open), "sample-2-4");
});

test("a segment is asked for when it is over, an interval never", () => {
  assert.equal(wanted("segment", TWO, 14 * MINUTE, open), null);
  assert.equal(wanted("segment", TWO, 15 * MINUTE, open), "segment-1");
  assert.equal(wanted("segment", TWO, 45 * MINUTE, open), "segment-2");
  assert.equal(wanted("interval", EVERY_TWO, 45 * MINUTE, open), null);
});

test("what is asked for can be put off, and is asked for again", () => {
  const { parts, go, values } = aLesson(TWO, 4);
  assert.equal(parts.wanted("sample"), "sample-1-4");
  parts.later("sample");
  assert.equal(parts.wanted("sample"), null);
  go(4 + LATER / MINUTE);
  assert.equal(parts.wanted("sample"), "sample-1-4");
  values["rating/sample/sample-1-4"] = 3;
  assert.equal(parts.wanted("sample"), null);
});

test("each segment is rated apart, and one sees which are done", () => {
  const { parts, values } = aLesson(TWO, 16);
  values["rating/segment/segment-1"] = "not_seen";
  assert.deepEqual(
    parts.all("segment").map((segment) => parts.isOpen(segment)),
    [false, true],
  );
});

test("a lesson that ends early marks the stretch that it cut, and says how much of it there was", () => {
  const marks = (occasions, at) => endMarks({ record: { value: () => null }, rubric: { occasions }, clock: clockAt(at) });
  assert.deepEqual(marks(EVERY_TWO, 40 * MINUTE + 40 * SECOND), [
    ["context/ended", 40 * MINUTE + 40 * SECOND],
    ["context/partial", "interval-21"],
  ]);
  assert.deepEqual(marks(TWO, 22 * MINUTE)[1], ["context/partial", "segment-2"]);
  assert.deepEqual(marks(TWO, 31 * MINUTE), []);
  assert.deepEqual(marks({ whole: true }, 31 * MINUTE), []);
});

const clockAt = (at, ended = null) => ({ startedAt: 0, ended, observed: () => ended ?? at });

test("sealing again says nothing twice, and takes back what is no longer so", () => {
  const kept = { "context/ended": 22 * MINUTE, "context/partial": "segment-2" };
  const record = { value: (field) => kept[field] ?? null };
  const marks = (clock) => endMarks({ record, rubric: { occasions: TWO }, clock });
  assert.deepEqual(marks(clockAt(50 * MINUTE, 22 * MINUTE)), []);
  assert.deepEqual(marks(clockAt(50 * MINUTE)), [
    ["context/ended", null],
    ["context/partial", null],
  ]);
});

test("a record that was never begun has no end", () => {
  const clock = { startedAt: null, ended: null, observed: () => 0 };
  assert.deepEqual(endMarks({ record: { value: () => null }, rubric: { occasions: EVERY_TWO }, clock }), []);
});

test("before sealing the sheet says how long the last stretch ran", () => {
  const say = (key, values) => [key, ...Object.values(values)].join(" ");
  assert.equal(endWords({ occasions: EVERY_TWO, elapsed: 40 * MINUTE + 40 * SECOND, say }), "ended_interval 21 40 120");
  assert.equal(endWords({ occasions: TWO, elapsed: 22 * MINUTE, say }), "ended_segment 2 7 15");
  assert.equal(endWords({ occasions: TWO, elapsed: 30 * MINUTE, say }), "");
});

test("whoever seals long after the lesson is asked whether it was over at the last thing written", () => {
  const asked = (seen, elapsed) => overEarlier({ occasions: EVERY_TWO, elapsed: elapsed * MINUTE, seen: seen * MINUTE });
  assert.equal(asked(41, 65), 41 * MINUTE);
  assert.equal(asked(64.5, 65), null);
  assert.equal(asked(0, 65), null);
  assert.equal(overEarlier({ occasions: TWO, elapsed: 65 * MINUTE, seen: 20 * MINUTE }), null);
});

test("the last thing written is a line, a rating or a count, whichever was begun last", () => {
  const op = (field, elapsed_ms, value = 3) => [field, { field, elapsed_ms, value }];
  const winners = new Map([
    op("rating/a/whole", 5000),
    op("note/n/elapsed_ms", 90000, 7000),
    op("context/ended", 99000),
    op("note/n/criteria", 95000, []),
  ]);
  assert.equal(lastSeen({ winners, tallies: new Map() }), 7000);
  const tallies = new Map([["rating/b/whole", new Map([["t", { elapsed_ms: 8000 }]])]]);
  assert.equal(lastSeen({ winners, tallies }), 8000);
  assert.equal(lastSeen({ winners: new Map(), tallies: new Map() }), 0);
});
