// What the server told, kept on the tablet beside what was written here.

import { idsOf, rowsOf } from "./store.mjs";

const MOMENT = 60 * 1000;

/** Keeps what the server told of a record beside what is here; answers the rows that are new or got another verdict. */
export async function keepFetched(tx, observation, { cursor, operations }) {
  const [real] = await idsOf(tx, observation);
  const ids = new Set([real, ...operations.map((op) => op.observation_id)]);
  const here = await rowsHere(tx, ids);
  const rows = operations.map((op) => news(asRow(op, real), here.get(op.op_id))).filter(Boolean);
  for (const row of rows) await tx.put(row.device_seq ? "operations" : "fetched", row);
  for (const id of ids) if (id !== real) await tx.put("kept", real, `alias/${id}`);
  const last = (await tx.get("kept", "lamport")) ?? 0;
  await tx.put("kept", highest(last, rows), "lamport");
  await tx.put("kept", cursor, `cursor/${observation}`);
  return [...rows, ...(await joinAll(tx, rows))];
}

// A row that this tablet wrote stands before the same one as the server tells it.
async function rowsHere(tx, observations) {
  const here = new Map();
  for (const name of ["fetched", "operations"])
    for (const id of observations) for (const row of await tx.by(name, "observation", id)) here.set(row.op.op_id, row);
  return here;
}

// What came late may have joined since, by another tablet's wish; what waits here is judged by its own answer.
function news(row, here) {
  if (!here) return row;
  const told = here.verdict !== row.verdict && !here.waiting && ["accepted", "late"].includes(here.verdict);
  return told ? { ...here, verdict: row.verdict } : null;
}

const highest = (lamport, rows) => rows.reduce((most, row) => Math.max(most, row.op.lamport), lamport);

const asRow = ({ status, sequence, conflicts_with: conflicts, ...op }, real) => ({
  op,
  verdict: status === "late" ? "late" : "accepted",
  sequence,
  conflicts,
  ...(op.observation_id !== real && { same_as: real }),
});

const opensAgain = ({ op, verdict }) => verdict === "accepted" && op.kind === "unseal" && op.value?.include === true;

/** Late rows that take part from now on, because their record was opened again to include them. */
export async function joinAll(tx, rows) {
  const joined = [];
  for (const { op, sequence } of rows.filter(opensAgain)) joined.push(...(await includeLate(tx, op, sequence)));
  return joined;
}

async function includeLate(tx, { observation_id: observation }, sequence) {
  const joined = [];
  const ids = await idsOf(tx, observation);
  for (const name of ["operations", "fetched"]) {
    const rows = await rowsOf(tx, name, ids);
    const late = rows.filter((row) => row.verdict === "late" && !(row.sequence > sequence));
    for (const row of late) tx.put(name, { ...row, verdict: "accepted" });
    joined.push(...late.map((row) => ({ ...row, verdict: "accepted" })));
  }
  return joined;
}

/** Keeps an answer of bootstrap, with titles of rubrics (`read`), as it was asked for at a moment; answers the lessons here. */
export async function keepTold(tx, { person, schools, rubrics, precedents, lessons, records = [], read: titles }, at) {
  await tx.put("kept", { at, person, schools, rubrics, precedents }, "bootstrap");
  for (const rubric of titles) await tx.put("kept", rubric, `rubric/${rubric.digest}`);
  for (const record of records) await keepRecord(tx, record);
  await keepStates(tx, lessons, at);
  return keepLessons(tx, lessons);
}

async function keepRecord(tx, { observation_id: observation, operations = [] }) {
  await keepFetched(tx, observation, { operations, cursor: cursorAfter(operations) });
}

/** Where the changes begin that come after these operations. */
export const cursorAfter = (operations) => Math.max(0, ...operations.map((op) => op.sequence ?? 0));

// What the server said of a record after it was asked for lessons is newer than what it said of the lesson.
async function keepStates(tx, lessons, at) {
  const known = new Map((await tx.under("kept", "known/")).map(([, each]) => [each.observation_id, each]));
  const newer = (before) => before?.heard_at > at && before.heard_at - at < MOMENT;
  for (const { observation_id: observation, state } of lessons) {
    const before = known.get(observation);
    const now = { ...before, observation_id: observation, state, heard_at: at };
    if (state && !newer(before)) await tx.put("kept", now, `known/${observation}`);
  }
}

// Nothing leaves the tablet's list that was made here or written to here.
async function keepLessons(tx, lessons) {
  const told = new Map(lessons.map((lesson) => [lesson.observation_id, lesson]));
  const before = new Map((await tx.under("kept", "lesson/")).map(([, lesson]) => [lesson.observation_id, lesson]));
  const untold = [...before.values()].filter((lesson) => !told.has(lesson.observation_id));
  const here = await Promise.all(untold.map((lesson) => stillHere(tx, lesson)));
  const gone = untold.filter((_, place) => !here[place]);
  const kept = [...[...told.values()].map((lesson) => withCode(lesson, before)), ...here.filter(Boolean)];
  for (const { observation_id: observation } of gone) await tx.remove("kept", `lesson/${observation}`);
  for (const lesson of kept) await tx.put("kept", lesson, `lesson/${lesson.observation_id}`);
  return kept;
}

async function stillHere(tx, lesson) {
  if (await tx.get("kept", `alias/${lesson.observation_id}`)) return null;
  if (lesson.unplanned) return lesson;
  return (await holds(tx, lesson.observation_id)) ? { ...lesson, gone: true } : null;
}

async function holds(tx, observation) {
  const found = ["operations", "fetched"].map((name) => tx.by(name, "observation", observation, 1));
  return (await Promise.all(found)).some((rows) => rows.length);
}

function withCode(lesson, before) {
  const code = before.get(lesson.observation_id)?.pair_code;
  return code ? { ...lesson, pair_code: code } : lesson;
}
