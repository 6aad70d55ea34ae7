import assert from "node:assert/strict";
import { test } from "node:test";
import { asker, Asking, AT_MOST, changes, isTyped, USUALLY } from "../../observe/static/js/calibration/talk_news.mjs";
import { turnOf } from "../../observe/static/js/calibration/talk_group.mjs";

const saved = (place, mark, more = {}) => ({ place, mark, mine: false, words: `Ruth saved ${place}.`, ...more });
const answered = (status, { etag = '"1"', news = [], ok = status < 400, redirected = false } = {}) => ({
  status, ok, redirected, headers: new Map([["ETag", etag]]), json: async () => ({ news }),
});

/** A clock that one turns by hand, and what was asked for on it. */
function desk(answers) {
  const waits = [];
  const heard = [];
  const ask = async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next ?? null;
  };
  const wait = (does, pause) => waits.push({ does, pause });
  const asking = new Asking({ ask, heard: (news) => heard.push(news), wait, forget: () => waits.splice(0) });
  return { asking, heard, waits };
}

test("what a partner saved is told once, and what one saved oneself is not", () => {
  const marks = new Map([["c-routines", "0"], ["c-behaviour", "0"], ["finish", ""]]);
  const news = [saved("c-routines", "1"), saved("c-behaviour", "1", { mine: true }), saved("finish", "")];
  assert.deepEqual(changes(marks, news).map(({ place }) => place), ["c-routines"]);
  marks.set("c-routines", "1");
  assert.deepEqual(changes(marks, news), []);
});

test("a place that the page does not have is not told", () => {
  assert.deepEqual(changes(new Map(), [saved("c-routines", "1")]), []);
});

test("a form in which something was chosen or written is not replaced", () => {
  const untouched = { type: "radio", checked: false, defaultChecked: false };
  assert.equal(isTyped([untouched, { type: "text", value: "", defaultValue: "" }]), false);
  assert.equal(isTyped([untouched, { type: "text", value: "Names", defaultValue: "" }]), true);
  assert.equal(isTyped([{ ...untouched, checked: true }]), true);
  assert.equal(isTyped([{ type: "hidden", value: "2", defaultValue: "1" }]), false);
  assert.equal(isTyped([{ type: "select-one", options: [{ selected: true, defaultSelected: false }] }]), true);
});

test("the page asks every few seconds while it is seen, and not at all while it is hidden", async () => {
  const { asking, heard, waits } = desk([["first"], ["second"]]);
  await asking.begin();
  assert.deepEqual(waits.map(({ pause }) => pause), [USUALLY]);
  await waits.pop().does();
  assert.deepEqual(heard, [["first"], ["second"]]);
  asking.rest();
  assert.equal(waits.length, 0);
});

test("a page that is hidden while an answer is on its way asks no more", async () => {
  const { asking, waits } = desk([["first"]]);
  const begun = asking.begin();
  asking.rest();
  await begun;
  assert.equal(waits.length, 0);
});

test("a page that is hidden and seen again while an answer is on its way goes on asking", async () => {
  const { asking, waits } = desk([["first"]]);
  const begun = asking.begin();
  asking.rest();
  await asking.begin();
  await begun;
  assert.equal(waits.length, 1);
});

test("without network it asks less and less often, and as before once there is an answer", async () => {
  const { asking, waits } = desk([...Array(6).fill(new Error("no network")), ["back"]]);
  await asking.begin();
  const pauses = [];
  while (pauses.length < 6) {
    const { does, pause } = waits.pop();
    pauses.push(pause);
    await does();
  }
  assert.deepEqual(pauses, [8000, 16_000, 32_000, AT_MOST, AT_MOST, AT_MOST]);
  assert.equal(waits.pop().pause, USUALLY);
});

test("who is signed out is not asked for again", async () => {
  const { asking, waits } = desk(["over"]);
  await asking.begin();
  await asking.begin();
  assert.equal(waits.length, 0);
});

test("what has not changed is not sent again", async () => {
  const asked = [];
  const answers = [answered(200, { news: ["a"] }), answered(304), answered(500), answered(403)];
  const ask = asker("/news", async (url, headers) => (asked.push(headers), answers.shift()));
  assert.deepEqual(await ask(), ["a"]);
  assert.equal(await ask(), null);
  await assert.rejects(ask());
  assert.equal(await ask(), "over");
  assert.deepEqual(asked.slice(0, 2), [{}, { "If-None-Match": '"1"' }]);
});

test("before a group the arrows and a presenter's buttons turn, but not while one writes", () => {
  assert.equal(turnOf("ArrowRight"), "next");
  assert.equal(turnOf("PageUp"), "prev");
  assert.equal(turnOf("Escape"), "up");
  assert.equal(turnOf("a"), null);
  assert.equal(turnOf("ArrowRight", { typing: true }), null);
  assert.equal(turnOf("ArrowLeft", { held: true }), null);
});
