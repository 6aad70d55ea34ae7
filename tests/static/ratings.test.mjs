import assert from "node:assert/strict";
import { test } from "node:test";
import { afterCode, afterTap, asValue, rated, readNumber, unrated } from "../../observe/static/js/capture/rating.mjs";

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
