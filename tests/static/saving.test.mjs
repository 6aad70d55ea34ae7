import assert from "node:assert/strict";
import { test } from "node:test";
import { blankNote } from "../../observe/static/js/capture/notes.mjs";
import { exportOf } from "../../observe/static/js/capture/lesson_file.mjs";
import { banner } from "../../observe/static/js/capture/banners.mjs";
import { figuresOf, savingLine } from "../../observe/static/js/capture/saving.mjs";
import { stateHere } from "../../observe/static/js/capture/seal.mjs";
import { newId } from "../../observe/static/js/operations.mjs";
import { speaker } from "../../observe/static/js/page.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

const say = speaker(
  {
    here: { one: "{n} note on this tablet,", other: "{n} notes on this tablet," },
    there: "{n} on the server",
    others_wait: "· {n} waits",
    not_saved: "NOT SAVED",
    waits_since: "· waits since {since}",
  },
  "en",
);
const DAY = 24 * 60 * 60 * 1000;
const words = { say, day: (at) => `day ${at / DAY}` };
const note = (id) => ({ ...blankNote(id), text: "x" });

/** A sheet of which there is nothing to tell. */
const NOTHING = {
  record: { tooLong: new Map(), saving: "saved" },
  figures: { notes: 2, ratings: 1 },
  net: "sent",
  refused: 0,
  late: 0,
  shut: false,
  state: "draft",
  waited: 0,
  since: "",
  quiet: true,
  lesson: { rubric: "r" },
  rubric: "r",
  newer: false,
};
const tells = (about) => banner({ ...NOTHING, ...about })?.key ?? null;
const offers = (about) => banner({ ...NOTHING, ...about })?.actions ?? [];

const aRecord = (store = memoryStore()) =>
  new Record({ store, observation: "o", rubric: "r", now: () => 0, elapsed: () => 0, newId, later: () => {} }).open();

async function confirm(record) {
  await record.settled();
  record.take([...record.rows.values()].map(({ waiting: _, ...row }) => ({ ...row, verdict: "accepted", sent: true })));
}

test("the sheet says how many notes are here and how many the server has confirmed", async () => {
  const record = await aRecord();
  await record.set("note/a/text", "x");
  await confirm(record);
  await record.set("note/b/text", "x");
  const line = (now) => savingLine(record, figuresOf(record, [note("a"), note("b")], now), words);
  assert.deepEqual(line(6000), { words: "2 notes on this tablet, 1 on the server", sign: "off" });
  assert.equal(line(1000).sign, "done", "a line that is just on its way is no reason to worry");
  await confirm(record);
  assert.deepEqual(savingLine(record, figuresOf(record, [note("a"), note("b")], 0), words), {
    words: "2 notes on this tablet, 2 on the server",
    sign: "done",
  });
});

test("a note that was changed waits again, and a rating is told beside the notes", async () => {
  const record = await aRecord();
  await record.set("note/a/text", "x");
  await confirm(record);
  await record.set("note/a/mark", "+");
  assert.equal(figuresOf(record, [note("a")], 0).held, 0);
  await confirm(record);
  await record.set("rating/wait/whole", 3);
  assert.equal(
    savingLine(record, figuresOf(record, [note("a")], 0), words).words,
    "1 note on this tablet, 1 on the server · 1 waits",
  );
});

test("what could not be saved is said before anything else", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  store.failures = 9;
  await record.set("note/a/text", "x");
  assert.equal(savingLine(record, figuresOf(record, [], 0), words).words, "NOT SAVED");
  const told = banner({ ...NOTHING, record, net: "no network" });
  assert.deepEqual([told.key, told.actions], ["not_saved_more", ["copy", "export"]]);
});

test("what waits for a day is told with its day, and for five days in a banner with both ways out", async () => {
  const record = await aRecord();
  await record.set("note/a/text", "x");
  const line = (now) => savingLine(record, figuresOf(record, [note("a")], now), words).words;
  assert.equal(line(DAY - 1), "1 note on this tablet, 0 on the server");
  assert.equal(line(DAY), "1 note on this tablet, 0 on the server · waits since day 0");
  assert.equal(line(-9 * DAY), "1 note on this tablet, 0 on the server");
  assert.equal(tells({ waited: 5 * DAY - 1, net: "no network" }), "no_network");
  assert.equal(tells({ waited: 5 * DAY, net: "no network" }), "waits_too_long");
  assert.deepEqual(offers({ waited: 5 * DAY, net: "no network" }), ["send", "export"]);
  assert.deepEqual(offers({ waited: 5 * DAY, net: "sign in" }), ["sign_in", "export"]);
});

test("a new release is told and loaded only while nobody writes", () => {
  assert.equal(tells({ newer: true }), "newer");
  assert.equal(tells({ newer: true, quiet: false }), null);
  assert.equal(tells({ newer: true, net: "no network" }), "no_network");
  assert.deepEqual(offers({ net: "new version" }), ["load"]);
  assert.deepEqual(offers({ net: "new version", quiet: false }), []);
  assert.equal(tells({ net: "new version", quiet: false }), "new_version");
});

test("what came after the seal can be included until a partner has sealed", () => {
  assert.equal(tells({ late: 2, state: "draft" }), null);
  assert.deepEqual(offers({ late: 2, state: "sealed" }), ["include"]);
  assert.equal(tells({ late: 2, state: "sealed", shut: true }), "late_shut");
  assert.deepEqual(offers({ late: 2, here: true, state: "sealed" }), ["include"]);
  assert.equal(tells({ late: 2, here: true, state: "sealed" }), "late_here");
  assert.equal(tells({ late: 2, here: true, state: "sealed", shut: true }), "late_here_shut");
  assert.deepEqual(offers({ late: 2, state: "sealed", shut: true }), []);
});

test("a lesson that was cancelled or got another rubric meanwhile is told", () => {
  assert.equal(tells({ lesson: { rubric: "r", gone: true } }), "gone");
  assert.equal(tells({ lesson: { rubric: "r", gone: true }, state: "sealed" }), null);
  assert.equal(tells({ lesson: { rubric: "other" } }), "other_rubric");
  assert.deepEqual(offers({ lesson: { rubric: "other" } }), ["other_sheet"]);
  assert.deepEqual(offers({ lesson: { rubric: "other" }, quiet: false }), []);
});

test("each trouble on the way has its sentence and what to do", () => {
  assert.equal(tells({}), null);
  assert.deepEqual(offers({ net: "sign in" }), ["sign_in"]);
  assert.deepEqual(offers({ net: "busy" }), ["send"]);
  assert.deepEqual(offers({ net: "no network" }), ["send", "export"]);
  assert.equal(tells({ net: "wrong person", newer: true }), "wrong_person");
  assert.equal(tells({ refused: 1, net: "no network" }), "refused");
});

test("an export holds what the tablet wrote, also what could not be saved", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  await record.set("note/a/text", "kept");
  store.failures = 9;
  await record.set("note/b/text", "only on the screen");
  const file = exportOf({
    record,
    person: { id: "p" }, lesson: {}, rubric: "r",
    device: "d",
    quarantine: [],
    now: 0,
  });
  assert.deepEqual(
    file.operations.map((op) => [op.device_seq, op.value]),
    [[1, "kept"]],
  );
  assert.deepEqual(file.not_saved, [{ kind: "set", field: "note/b/text", value: "only on the screen" }]);
});

test("a record is closing until the server has its seal, and open again once it is to be", async () => {
  const record = await aRecord();
  assert.equal(stateHere(record, "draft"), "draft");
  await record.step("seal", { state_hash: await record.hash() });
  assert.equal(stateHere(record, "draft"), "closing");
  await confirm(record);
  assert.equal(stateHere(record, "sealed"), "sealed");
  await record.step("unseal", { reason: "", include: true });
  assert.equal(stateHere(record, "sealed"), "draft");
});
