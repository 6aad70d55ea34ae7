import assert from "node:assert/strict";
import { test } from "node:test";
import { lessonHere, openingOf } from "../../observe/static/js/lesson_here.mjs";
import { newId, operation } from "../../observe/static/js/operations.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { refresh } from "../../observe/static/js/refresh.mjs";
import { exportAll, lessonsHere, makeUnplanned, prune, unsent } from "../../observe/static/js/tablet.mjs";
import { memoryStore } from "./memory.mjs";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 21, 9);
const now = () => NOW;
const SION = { id: "sion", name: "Siôn" };
const R = "sha256:aa";
const TALK = { rubric: "talk", version: 2, language: "en-GB", title: "Talk and questions", kind: "lesson" };

const aLesson = (id, more = {}) => ({
  lesson_id: `l-${id}`,
  observation_id: id,
  state: "planned",
  title: `Year ${id}`,
  starts_at: "2026-11-21T10:05:00+00:00",
  teacher: { id: "t", name: "Catrin" },
  rubric: R,
  targets: [],
  ...more,
});

function aServer({ person = SION, lessons = [], records = [], rubrics = [R], precedents = [] } = {}) {
  const server = { asked: [], lessons, records, person };
  const answer = (body) => ({ status: 200, body, protocol: true });
  server.bootstrap = async () =>
    answer({
      person: server.person,
      lessons: server.lessons,
      records: server.records,
      rubrics,
      precedents,
      schools: [],
    });
  server.rubric = async (digits) => {
    server.asked.push(digits);
    return answer({ ...TALK, criteria: ["not kept"] });
  };
  return server;
}

const op = (observation_id, lamport, field, value, more = {}) =>
  operation({ op_id: `${observation_id}-${lamport}`, observation_id, lamport, kind: "set", field, value, ...more });
const all = (store, name) => store.transact("readonly", (tx) => tx.all(name));
const kept = (store, key) => store.transact("readonly", (tx) => tx.get("kept", key));
const keep = (store, name, value, key) => store.transact("readwrite", (tx) => tx.put(name, value, key));
const ids = (lessons) => lessons.map((lesson) => lesson.observation_id);

function aRecord(store, observation) {
  const facts = { observation, rubric: R, now, elapsed: () => 0, newId, later: () => {} };
  return new Record({ store, ...facts }).open();
}

async function confirm(store, more = {}) {
  for (const { waiting: _, ...row } of await all(store, "operations"))
    await keep(store, "operations", { ...row, sent: true, verdict: "accepted", ...more });
}

test("what the server tells is on the tablet afterwards, and each rubric is asked for once", async () => {
  const store = memoryStore("sion");
  const api = aServer({
    lessons: [aLesson("a")],
    precedents: [
      { rubric: R, text: "x" },
      { rubric: "other", text: "y" },
    ],
  });
  const { person, lessons } = await refresh({ api, store, now });
  await refresh({ api, store, now });
  assert.deepEqual([person, ids(lessons)], [SION, ["a"]]);
  assert.deepEqual(api.asked, ["aa"]);
  assert.deepEqual(await kept(store, `rubric/${R}`), { digest: R, ...TALK });
  const here = await lessonHere(store, "a");
  assert.deepEqual([here.lesson.title, here.person, here.precedents], ["Year a", SION, [{ rubric: R, text: "x" }]]);
});

test("without network, signed out, or on a hotel's page, what is here stays", async () => {
  const store = memoryStore("sion");
  await refresh({ api: aServer({ lessons: [aLesson("a")] }), store, now });
  for (const answer of [
    { status: 0, body: null },
    { status: 401, body: { code: "sign_in" }, protocol: true },
    { status: 200, body: null, protocol: false },
    { status: 200, body: { person: SION, lessons: [] }, protocol: false },
  ])
    assert.equal(await refresh({ api: { bootstrap: async () => answer }, store, now }), null);
  assert.deepEqual(ids(await lessonsHere(store)), ["a"]);
});

test("a lesson that was moved is told anew, and one that was cancelled goes", async () => {
  const store = memoryStore("sion");
  const api = aServer({ lessons: [aLesson("a"), aLesson("b")] });
  await refresh({ api, store, now });
  api.lessons = [aLesson("b", { room: "Hall" })];
  await refresh({ api, store, now });
  const lessons = await lessonsHere(store);
  assert.deepEqual([ids(lessons), lessons[0].room], [["b"], "Hall"]);
});

test("a cancelled lesson with work on this tablet stays, and says that it is gone", async () => {
  const store = memoryStore("sion");
  const api = aServer({ lessons: [aLesson("a")] });
  await refresh({ api, store, now });
  await (await aRecord(store, "a")).set("note/1/text", "Waits.");
  api.lessons = [];
  await refresh({ api, store, now });
  const [lesson] = await lessonsHere(store);
  assert.deepEqual([lesson.title, lesson.gone, lesson.unsent], ["Year a", true, 1]);
  api.lessons = [aLesson("a")];
  await refresh({ api, store, now });
  assert.equal((await lessonsHere(store))[0].gone, false);
});

test("what is told of somebody else is not kept in this person's store", async () => {
  const store = memoryStore("sion");
  const api = aServer({ person: { id: "ruth", name: "Ruth" }, lessons: [aLesson("hers")] });
  assert.equal(await refresh({ api, store, now }), null);
  assert.deepEqual(await lessonsHere(store), []);
});

test("own open records of another tablet are here, late ones marked, and counted once", async () => {
  const store = memoryStore("sion");
  const operations = [
    { ...op("a", 7, "note/1/text", "Waits."), status: "accepted", sequence: 3 },
    { ...op("a", 8, "note/2/text", "Late."), status: "late", sequence: 4 },
  ];
  const lessons = [aLesson("a", { state: "draft" })];
  const api = aServer({ lessons, records: [{ observation_id: "a", operations }] });
  await refresh({ api, store, now });
  await refresh({ api, store, now });
  const [lesson] = await lessonsHere(store);
  assert.deepEqual(
    [lesson.state, lesson.here, lesson.server],
    ["draft", { notes: 1, ratings: 0 }, { notes: 1, ratings: 0 }],
  );
  assert.deepEqual([await kept(store, "cursor/a"), await kept(store, "lamport")], [4, 8]);
});

test("what came late on this tablet and was taken in by another counts here too", async () => {
  const store = memoryStore("sion");
  const record = await aRecord(store, "a");
  await record.set("note/1/text", "After the bell.");
  await confirm(store, { verdict: "late" });
  const [{ op: mine }] = await all(store, "operations");
  const told = { observation_id: "a", operations: [{ ...mine, status: "accepted", sequence: 5 }] };
  await refresh({ api: aServer({ lessons: [aLesson("a")], records: [told] }), store, now });
  assert.equal((await all(store, "operations"))[0].verdict, "accepted");
  assert.deepEqual(await all(store, "fetched"), []);
});

test("a record that another tablet wrote under a second id is one record", async () => {
  const store = memoryStore("sion");
  const operations = [
    { ...op("a", 1, "note/1/text", "Here."), status: "accepted", sequence: 1 },
    { ...op("second", 2, "note/2/text", "There."), status: "accepted", sequence: 2 },
  ];
  await refresh({
    api: aServer({ lessons: [aLesson("a")], records: [{ observation_id: "a", operations }] }),
    store,
    now,
  });
  const lessons = await lessonsHere(store);
  assert.deepEqual([ids(lessons), lessons[0].here.notes], [["a"], 2]);
  assert.equal((await lessonHere(store, "second")).lesson.observation_id, "a");
});

test("each lesson says what is here, what the server holds, and since when something waits", async () => {
  const store = memoryStore("sion");
  await refresh({ api: aServer({ lessons: [aLesson("a"), aLesson("b")] }), store, now });
  const record = await aRecord(store, "a");
  await record.set("note/1/text", "Waits.");
  await record.set("rating/wait/whole", 3);
  await record.tally("rating/praise/whole");
  await confirm(store);
  await record.set("note/2/text", "And asks.");
  await record.set("note/1/mark", "+");
  await record.set("note/3/text", "Gone.");
  await record.set("note/3/deleted", true);
  const [a, b] = await lessonsHere(store);
  assert.deepEqual(
    [a.here, a.server],
    [
      { notes: 2, ratings: 2 },
      { notes: 0, ratings: 2 },
    ],
  );
  assert.deepEqual([a.state, a.unsent, a.oldest], ["draft", 4, NOW]);
  assert.deepEqual([b.state, b.unsent, b.oldest, b.here.notes], ["planned", 0, null, 0]);
  assert.deepEqual(await unsent(store, NOW + 26), { changes: 4, notes: 3, oldest: NOW, age: 26 });
});

test("a record is closing until the server has its seal, and then as the server says", async () => {
  const store = memoryStore("sion");
  const api = aServer({ lessons: [aLesson("a", { state: "draft" })] });
  await refresh({ api, store, now });
  const record = await aRecord(store, "a");
  await record.step("seal", { state_hash: "x" });
  assert.equal((await lessonsHere(store))[0].state, "closing");
  await confirm(store);
  await keep(store, "kept", { observation_id: "a", state: "sealed", heard_at: NOW + 1 }, "known/a");
  await refresh({ api, store, now });
  assert.equal((await lessonsHere(store))[0].state, "sealed");
});

test("many lessons are counted in one reading, and no operation is read twice", async () => {
  const store = memoryStore("sion");
  for (let place = 1; place <= 1200; place += 1)
    await store.transact("readwrite", (tx) =>
      tx.add("operations", { op: op(`o${place % 30}`, place, `note/${place}/text`, "x"), waiting: 1, verdict: null }),
    );
  let read = 0;
  const { transact } = store;
  const counting = (tx) => ({
    ...tx,
    after: async (...asked) => tx.after(...asked).then((rows) => ((read += rows.length), rows)),
  });
  store.transact = (mode, job) => transact(mode, (tx) => job(counting(tx)));
  const lessons = await lessonsHere(store);
  assert.deepEqual([lessons.length, read], [30, 1200]);
  assert.ok(lessons.every((lesson) => lesson.here.notes === 40 && lesson.gone));
});

const unplanned = (store, more = {}) =>
  makeUnplanned(
    { store, newId, now },
    {
      school: { id: "s", name: "Bryn" },
      teacher: { id: "t", name: "Catrin" },
      class: { id: "c", name: "Year 5" },
      rubric: R,
      kind: "lesson",
      pair_code: "BCDFGH",
      ...more,
    },
  );

test("a lesson can be made without network, and stays until the server tells it", async () => {
  const store = memoryStore("sion");
  const api = aServer({ lessons: [aLesson("a", { targets: [{ id: "1", text: "Wait" }] })] });
  await refresh({ api, store, now });
  const made = await unplanned(store);
  await refresh({ api, store, now });
  assert.deepEqual(new Set(ids(await lessonsHere(store))), new Set(["a", made.observation_id]));
  assert.deepEqual([made.title, made.targets.length], ["Year 5", 1]);
  api.lessons = [aLesson(made.observation_id, { state: "draft" })];
  await refresh({ api, store, now });
  const { lesson } = await lessonHere(store, made.observation_id);
  assert.deepEqual([lesson.unplanned, lesson.pair_code, lesson.state], [undefined, "BCDFGH", "draft"]);
});

test("a lesson without a class is called as its rubric", async () => {
  const store = memoryStore("sion");
  await refresh({ api: aServer(), store, now });
  assert.equal((await unplanned(store, { class: null })).title, "Talk and questions");
});

test("the record of an unplanned lesson begins with the lesson and its code", async () => {
  const made = await unplanned(memoryStore("sion"));
  const { lesson_id, starts_at } = made;
  assert.deepEqual(openingOf(made), {
    lesson: {
      lesson_id,
      kind: "lesson",
      school: { id: "s", name: "Bryn" },
      teacher: { id: "t", name: "Catrin" },
      class: { id: "c", name: "Year 5" },
      starts_at,
      rubric: R,
    },
    pair_code: "BCDFGH",
  });
  assert.deepEqual(openingOf(aLesson("a")), { lesson_id: "l-a" });
});

async function aClosedRecord(store, confirmed = {}) {
  const record = await aRecord(store, "a");
  await record.set("note/1/text", "Waits.");
  await confirm(store, { confirmed_at: NOW, server_time: NOW, ...confirmed });
  await keep(store, "kept", { observation_id: "a", state: "sealed" }, "known/a");
  await keep(store, "kept", NOW + 15 * DAY, "server_time");
}

test("a closed record goes from the tablet 14 days after the server confirmed it", async () => {
  const store = memoryStore("sion");
  await aClosedRecord(store);
  await keep(store, "kept", { ...aLesson("a"), gone: true }, "lesson/a");
  assert.equal(await prune(store, NOW + 13 * DAY), 0);
  assert.equal(await prune(store, NOW + 15 * DAY), 1);
  assert.deepEqual([await all(store, "operations"), await lessonsHere(store)], [[], []]);
});

test("a clock that is wrong by years removes nothing", async () => {
  const store = memoryStore("sion");
  await aClosedRecord(store);
  await keep(store, "kept", NOW + DAY, "server_time");
  assert.equal(await prune(store, NOW + 3000 * DAY), 0);
});

test("what waits, what is still open and what came after stay, however old", async () => {
  for (const state of ["draft", "waiting"]) {
    const store = memoryStore("sion");
    await aClosedRecord(store);
    await keep(store, "kept", { observation_id: "a", state }, "known/a");
    assert.equal(await prune(store, NOW + 15 * DAY), 0);
  }
  const store = memoryStore("sion");
  await aClosedRecord(store);
  await (await aRecord(store, "a")).set("note/2/text", "Later.");
  assert.equal(await prune(store, NOW + 15 * DAY), 0);
});

test("an unplanned lesson that was never begun goes after 14 days", async () => {
  const store = memoryStore("sion");
  await unplanned(store);
  await prune(store, NOW + 13 * DAY);
  assert.equal((await lessonsHere(store)).length, 1);
  await prune(store, NOW + 15 * DAY);
  assert.equal((await lessonsHere(store)).length, 0);
});

test("everything is one file, and an operation that nobody could read does not spoil it", async () => {
  const store = memoryStore("sion");
  const record = await aRecord(store, "a");
  await record.set("note/1/text", "Kept.");
  await record.set("note/2/text", "Broken.");
  const [, broken] = await all(store, "operations");
  await keep(store, "operations", { ...broken, verdict: "skipped", waiting: undefined });
  await keep(store, "quarantine", { op: broken.op, device_seq: 2, code: "malformed" });
  await keep(store, "kept", "d", "device");
  const file = await exportAll({ store, person: SION, now });
  assert.deepEqual([file.format, file.person_id, file.device_id], ["observe-export/1", "sion", "d"]);
  assert.deepEqual(
    file.operations.map((each) => [each.device_seq, each.value]),
    [[1, "Kept."]],
  );
  assert.deepEqual(
    file.quarantine.map((each) => each.op.value),
    ["Broken."],
  );
});

test("two people on one tablet have nothing of each other's", async () => {
  const [hers, his] = [memoryStore("ruth"), memoryStore("sion")];
  await refresh({ api: aServer({ lessons: [aLesson("a")] }), store: his, now });
  await (await aRecord(his, "a")).set("note/1/text", "His.");
  assert.deepEqual([await lessonsHere(hers), (await unsent(hers, NOW)).changes], [[], 0]);
});
