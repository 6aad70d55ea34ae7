import assert from "node:assert/strict";
import { test } from "node:test";
import { Letters } from "../../observe/static/js/capture/letters.mjs";
import { newId } from "../../observe/static/js/operations.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

const SION = { id: "sion", name: "Siôn" };
const LESSON = { lesson_id: "l", observation_id: "o", title: "Maths", rubric: "r", state: "draft", targets: [] };

/** Letters of a record, with a server that tells `lesson` and a way that sends nothing. */
async function letters({ lesson = LESSON, tells = lesson, likely = true } = {}) {
  const store = memoryStore(SION.id);
  const given = { store, observation: "o", rubric: "r", now: () => 0, elapsed: () => 0, newId, later: () => {} };
  const record = await new Record(given).open();
  const body = { person: SION, lessons: [tells].flat(), records: [], rubrics: [], precedents: [], schools: [] };
  const posted = [];
  const heard = {};
  const way = (told) => {
    Object.assign(heard, told);
    return { likely: () => likely, post: (rows) => posted.push(...rows), soon: () => {}, start: () => {}, now: () => {} };
  };
  const drawn = [];
  const made = new Letters({
    ...{ person: SION, store, record, lesson, way },
    api: {
      bootstrap: async () => ({ status: 200, protocol: true, body }),
      changes: async () => ({ status: 200, body: { cursor: 0, operations: [] } }),
    },
    seal: () => {},
    tell: () => {},
    told: (newer) => drawn.push(newer),
  });
  return { made, record, heard, posted, drawn, store };
}

test("the sheet learns who joined, another room and that another tablet has sealed", async () => {
  const pair = { state: "under way", partners: ["Ruth"], partner_sealed: false };
  const { made, drawn } = await letters({ tells: { ...LESSON, room: "9", pair, state: "sealed" } });
  assert.equal(made.state, "draft");
  await made.news();
  assert.deepEqual([made.pair.partners, made.lesson.room, made.state, drawn.length], [["Ruth"], "9", "sealed", 1]);
});

test("without a network nothing is asked, and the sheet goes on with what it knows", async () => {
  const { made, drawn } = await letters({ tells: { ...LESSON, room: "9" }, likely: false });
  await made.news();
  assert.deepEqual([made.lesson.room, drawn], [undefined, []]);
});

test("news are awaited for a partner who has not joined or not sealed, and for nothing else", async () => {
  const awaits = async (lesson) => (await letters({ lesson: { ...LESSON, ...lesson } })).made.awaits;
  assert.equal(await awaits({}), false);
  assert.equal(await awaits({ unplanned: true, pair_code: "BCDFGH" }), true);
  assert.equal(await awaits({ pair_code: "BCDFGH", pair: { state: "under way", partners: ["Ruth"] } }), false);
  assert.equal(await awaits({ state: "sealed" }), false);
  assert.equal(await awaits({ state: "sealed", pair: { state: "under way", partners: ["Ruth"] } }), true);
  assert.equal(await awaits({ state: "sealed", pair: { state: "revealed", partners: ["Ruth"] } }), false);
});

test("a record stays shut once a partner has sealed, whether the server told it or refused to open it", async () => {
  const told = await letters({ lesson: { ...LESSON, pair: { partners: ["Ruth"], partner_sealed: true } } });
  assert.equal(told.made.shut, true);
  const { made, store, heard } = await letters();
  assert.equal(made.shut, false);
  const refused = { op: { op_id: "x", observation_id: "o", kind: "unseal" }, code: "partner_sealed" };
  const other = { op: { op_id: "y", observation_id: "o", kind: "set", field: "rating/a/whole" }, code: "bad_value" };
  await store.transact("readwrite", (tx) => (tx.put("quarantine", refused), tx.put("quarantine", other)));
  await heard.tell("sent");
  assert.deepEqual([made.shut, made.refused, made.net], [true, 1, "sent"]);
});

test("what is written goes to the other tabs, and what they write comes into the record", async () => {
  const { record, posted, heard, made } = await letters();
  await record.set("note/a/text", "Here");
  assert.equal(posted.at(-1).op.value, "Here");
  const op = { op_id: "t", observation_id: "o", kind: "set", field: "note/b/text", value: "There", lamport: 9 };
  heard.changed({ data: { rows: [{ op, device_seq: 2, waiting: 1, verdict: null }], known: "sealed" } });
  assert.deepEqual([record.value("note/b/text"), made.known], ["There", "sealed"]);
});

test("the verdicts of the server settle the record and say how it stands", async () => {
  const { record, heard, made } = await letters();
  await record.set("note/a/text", "Here");
  const rows = record.waiting.map(({ waiting: _, ...row }) => ({ ...row, verdict: "accepted", sent: true }));
  heard.heard({ rows, records: [{ observation_id: "o", state: "sealed", state_hash: await record.hash() }] });
  assert.deepEqual([record.waiting.length, made.state], [0, "sealed"]);
});
