import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterCode,
  afterTap,
  asValue,
  byDigit,
  meaning,
  rated,
  ratedAt,
  readNumber,
  unrated,
} from "../../observe/static/js/capture/rating.mjs";

const RUBRIC = {
  occasions: { segments: 2, minutes: 15, samples: [4] },
  scales: { four: { type: "ordinal" }, count: { type: "count" } },
  criteria: [
    { criterion: "wait", domain: "d", scale: "four", occasion: "whole" },
    { criterion: "ask", domain: "d", scale: "four", occasion: "segment" },
    { criterion: "praise", domain: "d", scale: "count", occasion: "whole" },
  ],
};
const from = (values) => (field) => values[field] ?? null;
const LATE = 20 * 60000;

test("a second tap on a level takes it back", () => {
  assert.equal(afterTap(null, 3), 3);
  assert.equal(afterTap(2, 3), 3);
  assert.equal(afterTap(3, 3), null);
});

test("a level is a number, a word stays a word", () => {
  assert.equal(asValue("3", "ordinal"), 3);
  assert.equal(asValue("0", "binary"), 0);
  assert.equal(asValue("not_seen", "ordinal"), "not_seen");
  assert.equal(asValue("3", "nominal"), "3");
});

test("several codes stand in the rubric's order, and not beside not seen", () => {
  const codes = ["teacher", "pupil", "pair"];
  assert.deepEqual(afterCode(["pair"], "teacher", codes), ["teacher", "pair"]);
  assert.equal(afterCode(["pair"], "pair", codes), null);
  assert.equal(afterCode(["pair"], "not_seen", codes), "not_seen");
  assert.deepEqual(afterCode("not_seen", "pair", codes), ["pair"]);
});

test("a number may have a comma; what is no number is not kept", () => {
  assert.deepEqual(["27", " 2,5 ", "", "two"].map(readNumber), [27, 2.5, null, undefined]);
});

test("a criterion is open until each part of the lesson that has begun is rated", () => {
  const open = (values, elapsed) =>
    unrated(RUBRIC, from(values), elapsed).map((each) => [each.criterion, ...each.occasions]);
  assert.deepEqual(open({}, 0), [
    ["wait", "whole"],
    ["ask", "segment-1"],
  ]);
  assert.deepEqual(open({ "rating/wait/whole": "not_seen", "rating/ask/segment-1": 2 }, LATE), [["ask", "segment-2"]]);
});

test("counts are never missing and are not among those to rate", () => {
  const { all, domains } = rated(RUBRIC, from({ "rating/wait/whole": 3 }), 0);
  assert.deepEqual(all, { n: 1, of: 2 });
  assert.deepEqual(domains.get("d"), { n: 1, of: 2 });
});

test("an interval is asked for once it is over, so that none is missing while it runs", () => {
  const rubric = {
    occasions: { intervals: 2 },
    scales: { four: { type: "ordinal" } },
    criteria: [{ criterion: "at-work", domain: "d", scale: "four", occasion: "interval" }],
  };
  const open = (minutes) => unrated(rubric, from({ "rating/at-work/interval-1": 3 }), minutes * 60000);
  assert.deepEqual(open(3), []);
  assert.deepEqual(open(5)[0].occasions, ["interval-2"]);
});

test("how far one part of a lesson is rated is told for that part alone", () => {
  const value = from({ "rating/ask/segment-1": 2, "rating/wait/whole": 3 });
  assert.deepEqual(ratedAt(RUBRIC, value, "segment-1"), { n: 1, of: 1 });
  assert.deepEqual(ratedAt(RUBRIC, value, "segment-2"), { n: 0, of: 1 });
  assert.deepEqual(ratedAt(RUBRIC, value, "sample-1-4"), { n: 0, of: 0 });
});

test("a digit gives the level that is called so, or what stands in that place", () => {
  const levels = (...values) => values.map((value) => ({ value }));
  assert.equal(byDigit(3, { type: "ordinal", levels: levels(1, 2, 3, 4) }), 3);
  assert.equal(byDigit(0, { type: "ordinal", levels: levels(0, 1) }), 0);
  assert.equal(byDigit(5, { type: "ordinal", levels: levels(1, 2, 3, 4) }), undefined);
  assert.equal(byDigit(1, { type: "binary", levels: levels(0, 1) }), 0);
  assert.equal(byDigit(2, { type: "codes", codes: { b: "B", a: "A" }, order: ["b", "a"] }), "a");
  assert.equal(byDigit(1, { type: "text" }), undefined);
});

test("among the criteria letters lead on and back, digits rate, and Delete takes back", () => {
  assert.deepEqual(meaning("j"), { step: 1 });
  assert.deepEqual(meaning("K"), { step: -1 });
  assert.deepEqual(meaning("7"), { digit: 7 });
  assert.deepEqual(meaning("Delete"), { does: "take back" });
  assert.equal(Object.values(meaning("x")).find(Boolean), undefined);
});
