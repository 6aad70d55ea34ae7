import assert from "node:assert/strict";
import { test } from "node:test";
import { arrive, recordIn } from "../../observe/static/js/capture/arrival.mjs";
import { signInAddress } from "../../observe/static/js/capture/acts.mjs";
import { lateRatings, ratingWords } from "../../observe/static/js/capture/late.mjs";
import { againWith, codeWords, headOf } from "../../observe/static/js/capture/lesson.mjs";
import { quietness } from "../../observe/static/js/capture/quiet.mjs";
import { Recording } from "../../observe/static/js/capture/recording.mjs";
import { stateHere } from "../../observe/static/js/capture/seal.mjs";
import { linesOf } from "../../observe/static/js/capture/views.mjs";
import { mayWithdraw } from "../../observe/static/js/capture/withdrawal.mjs";
import { notesOf } from "../../observe/static/js/capture/notes.mjs";
import { newId } from "../../observe/static/js/operations.mjs";
import { speaker } from "../../observe/static/js/page.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

const SION = { id: "sion", name: "Siôn" };
const O = "01a1e8e2-7e40-7ac8-b01b-97b3f0b8c117";
const LESSON = { lesson_id: "l", observation_id: O, title: "Year 5 Maths", rubric: "r", targets: [] };
const say = speaker(
  {
    room: "room {room}",
    beside: "beside {names}",
    pair_code: "The other observer types {code}",
    pair_other_rubric: "{name} looks by {title}",
    not_seen: "Not seen",
    taken_back: "taken back",
    segment_of: "Segment {number} of {of}",
  },
  "en",
);

const aRecord = (store = memoryStore()) =>
  new Record({ store, observation: O, rubric: "r", now: () => 0, elapsed: () => 0, newId, later: () => {} }).open();

function aServer({ status = 200, protocol = true, lessons = [LESSON] } = {}) {
  const body = { person: SION, lessons, records: [], rubrics: [], precedents: [], schools: [] };
  return { bootstrap: async () => ({ status, protocol, body: status === 200 ? body : null }) };
}

/** Comes to a sheet; `known` is who uses this tablet. */
async function coming({ known = null, store = memoryStore(SION.id), api = aServer(), observation = O, rubric = "r" }) {
  const remembered = [];
  const found = await arrive({
    observation,
    rubric,
    api,
    who: () => known,
    remember: (person) => remembered.push(person.id),
    now: () => 0,
    open: () => store,
  });
  return { ...found, remembered };
}

test("an address names its record behind the sign, and nothing else does", () => {
  assert.equal(recordIn(`#${O}`), O);
  assert.equal(recordIn("#seal"), null);
  assert.equal(recordIn(""), null);
});

test("the first time the server says whose tablet this is; later the tablet alone knows the lesson", async () => {
  const store = memoryStore(SION.id);
  const first = await coming({ store });
  assert.deepEqual([first.lesson.title, first.fresh, first.remembered], ["Year 5 Maths", true, ["sion"]]);
  const second = await coming({ store, known: SION, api: aServer({ status: 0 }) });
  assert.deepEqual([second.lesson.title, second.fresh], ["Year 5 Maths", undefined]);
});

test("a sheet without its lesson says why", async () => {
  assert.equal((await coming({ observation: null })).why, "no record");
  assert.equal((await coming({ api: aServer({ status: 401 }) })).why, "nobody");
  assert.equal((await coming({ api: aServer({ status: 0 }) })).why, "no network");
  assert.equal((await coming({ api: aServer({ protocol: false }) })).why, "no network");
  assert.equal((await coming({ api: aServer({ lessons: [] }) })).why, "not yours");
  assert.equal((await coming({ rubric: "other" })).why, "other rubric");
  const store = memoryStore(SION.id);
  store.failures = 9;
  assert.equal((await coming({ store })).why, "no store");
});

test("whoever signs in again comes back to the same record", () => {
  const address = signInAddress("/sign-in", { pathname: "/sheet/ab", hash: `#${O}` });
  assert.equal(new URLSearchParams(address.split("?")[1]).get("next"), `/sheet/ab#${O}`);
});

test("the head names the lesson, the teacher, the room and who observes beside", () => {
  const lesson = { ...LESSON, teacher: { name: "Catrin Morley" }, room: "7", pair: { partners: ["Ruth Adeyemi"] } };
  assert.deepEqual(headOf(lesson, say), {
    title: "Year 5 Maths",
    more: "Catrin Morley, room 7 · beside Ruth Adeyemi",
  });
  assert.equal(headOf({ ...LESSON, room: "the hall" }, say).more, "the hall");
});

test("the letters for the other tablet are shown until somebody has joined", () => {
  const made = { ...LESSON, unplanned: true, pair_code: "BCDFGH" };
  assert.equal(codeWords(made, say), "The other observer types BCD\u00a0FGH");
  assert.equal(codeWords({ ...made, pair: { partners: ["Ruth"] } }, say), "");
  assert.equal(codeWords(LESSON, say), "");
});

test("whoever used the letters with another rubric is named, and one can begin again with that rubric", () => {
  const other = { name: "Ruth", title: "Ways of looking", rubric: "sha256:2" };
  const made = { ...LESSON, pair_code: "BCDFGH", other_rubric: other };
  assert.equal(codeWords(made, say), "Ruth looks by Ways of looking");
  assert.equal(againWith(made), "/tablet?code=BCDFGH&rubric=sha256%3A2#unplanned");
  assert.equal(codeWords({ ...made, pair: { partners: ["Omar"] } }, say), "");
});

test("somebody writes until ten seconds after the last letter", () => {
  let [now, typed] = [0, null];
  const quiet = quietness({ root: { addEventListener: (_, job) => (typed = job) }, now: () => now });
  assert.equal(quiet(), true);
  typed();
  now = 9999;
  assert.equal(quiet(), false);
  now = 10000;
  assert.equal(quiet(), true);
});

const RUBRIC = {
  kind: "lesson",
  occasions: { whole: true, segments: 3, minutes: 20 },
  scales: { s: { type: "ordinal", levels: [{ value: 4, label: "Strong" }] }, c: { type: "codes", codes: { g: "Group" } } },
  criteria: [
    { criterion: "ask", code: "3a", title: "Questioning", scale: "s", occasion: "whole" },
    { criterion: "how", code: "4a", title: "How", scale: "c", occasion: "segment" },
  ],
};

test("ratings that came after the seal are listed in words", async () => {
  const record = await aRecord();
  await record.set("rating/ask/whole", 4);
  await record.set("rating/how/segment-2", ["g"]);
  await record.set("note/a/text", "late words");
  record.take([...record.rows.values()].map(({ waiting: _, ...row }) => ({ ...row, sent: true, verdict: "late" })));
  assert.deepEqual(
    lateRatings(record).map((each) => ratingWords(each, { rubric: RUBRIC, say })),
    ["3a Questioning: 4 Strong", "4a How, Segment 2 of 3: Group"],
  );
  const { lines, late } = linesOf(record, notesOf(record.folded));
  assert.deepEqual([lines.map((line) => line.text), [...late]], [["late words"], ["a"]]);
});

test("looking at a sheet begins nothing; the first change opens the record and starts the clock", async () => {
  const record = await aRecord();
  let state = "draft";
  const undo = { run: (job) => job(record) };
  const clock = { startedAt: null, ended: null, elapsed: () => 0, observed: () => 0 };
  const given = { record, rubric: RUBRIC, clock, lesson: LESSON, undo, now: () => 0, state: () => state };
  const recording = new Recording(given);
  assert.equal(record.rows.size, 0);
  recording.change((it) => it.set("rating/ask/whole", 4));
  await record.settled();
  assert.deepEqual(
    [...record.rows.values()].map(({ op }) => op.kind + (op.field ? ` ${op.field}` : "")),
    ["open", "set clock/started", "set rating/ask/whole"],
  );
  await recording.seal();
  state = "sealed";
  recording.change((it) => it.set("rating/ask/whole", 1));
  await record.settled();
  assert.equal(record.value("rating/ask/whole"), 4);
});

test("a record is withdrawn for good as long as nobody has seen it beside another", async () => {
  const record = await aRecord();
  const begun = (state, pair = null) => mayWithdraw(record, { state, pair });
  assert.equal(begun("draft"), false);
  const recording = new Recording({ record, lesson: LESSON, state: () => "draft" });
  await record.set("note/a/text", "The wrong class");
  assert.deepEqual(
    [begun("draft"), begun("sealed", { state: "under way" }), begun("sealed", { state: "revealed" }), begun("closing")],
    [true, true, false, false],
  );
  await recording.withdraw("The wrong class");
  assert.equal(stateHere(record, "draft"), "withdrawn");
  assert.deepEqual([...record.rows.values()].at(-1).op.value, { reason: "The wrong class" });
});
