// What this tablet holds for its person: lessons, what still waits, and everything as one file.

import { apply, blank, standing, stateAfter } from "./operations.mjs";
import { counts } from "./record.mjs";
import { aliasesIn } from "./store.mjs";

const DAY = 24 * 60 * 60 * 1000;
const KEPT = 14 * DAY;
const PAGE = 500;
const LARGEST_EXPORT = 20000;
const CLOSED = ["sealed", "withdrawn"];

/**
 * Every lesson on this tablet, the earliest first: as the server told it, with
 * `state` (planned, waiting, draft, closing, sealed, withdrawn), `here` and `server` ({notes, ratings}),
 * `unsent` (changes), `oldest` (the oldest unsent, ms since 1970, or null) and `gone` (the server tells it no more).
 */
export async function lessonsHere(store) {
  const { lessons, known, books } = await store.transact("readonly", read);
  const byId = new Map(lessons.map(([, lesson]) => [lesson.observation_id, lesson]));
  const states = new Map(known.map(([, each]) => [each.observation_id, each.state]));
  const all = new Set([...byId.keys(), ...books.keys()]);
  return [...all]
    .map((id) => told(byId.get(id) ?? nameless(id, books.get(id)), books.get(id) ?? aBook(), states.get(id)))
    .sort((one, other) => ((one.starts_at ?? "") < (other.starts_at ?? "") ? -1 : 1));
}

async function read(tx) {
  const { lessons, known, first } = await named(tx);
  const books = new Map();
  for (const name of ["operations", "fetched"]) await eachRow(tx, name, (row) => enter(books, first, row));
  return { lessons: lessons.filter(([, lesson]) => !first.has(lesson.observation_id)), known, books };
}

// `first`: the observation that a second id was folded into.
async function named(tx) {
  const told = ["lesson/", "known/"].map((prefix) => tx.under("kept", prefix));
  const [lessons, known, first] = await Promise.all([...told, aliasesIn(tx)]);
  return { lessons, known, first };
}

/** Goes through a store once, some hundred rows at a time. */
async function eachRow(tx, name, job) {
  const keyOf = name === "operations" ? (row) => row.device_seq : (row) => row.op.op_id;
  for (let rows = await tx.after(name, null, PAGE); rows.length;) {
    rows.forEach(job);
    rows = rows.length < PAGE ? [] : await tx.after(name, keyOf(rows.at(-1)), PAGE);
  }
}

const aBook = () => ({ folded: blank(), waiting: [], rubric: null });

function enter(books, first, row) {
  const observation = first.get(row.op.observation_id) ?? row.op.observation_id;
  if (!books.has(observation)) books.set(observation, aBook());
  const book = books.get(observation);
  book.rubric ??= row.op.rubric;
  if (counts(row)) apply(book.folded, row.op);
  if (row.waiting) book.waiting.push(row.op);
}

// Work whose lesson is not known here any more is shown all the same.
const nameless = (observation, { rubric }) => ({
  lesson_id: null,
  observation_id: observation,
  kind: null,
  title: "",
  starts_at: null,
  teacher: null,
  class: null,
  school: null,
  rubric,
  pair: null,
  targets: [],
  gone: true,
});

function told(lesson, { folded, waiting }, known) {
  const noteIds = notesIn(folded);
  const rated = ratedIn(folded);
  const unsentNotes = new Set(waiting.map(noteOf));
  const unsentFields = new Set(waiting.map((op) => op.field));
  return {
    ...lesson,
    gone: lesson.gone ?? false,
    state: stateHere(folded, waiting, known ?? lesson.state ?? "planned"),
    here: { notes: noteIds.length, ratings: rated.length },
    server: {
      notes: noteIds.filter((id) => !unsentNotes.has(id)).length,
      ratings: rated.filter((field) => !unsentFields.has(field)).length,
    },
    unsent: waiting.length,
    oldest: oldestOf(waiting),
  };
}

function stateHere(folded, waiting, known) {
  const begun = folded.steps.size + folded.winners.size + folded.tallies.size > 0;
  const told = begun && ["planned", "waiting"].includes(known) ? "draft" : known;
  return stateAfter(waiting) ?? told;
}

const noteOf = ({ field }) => (field?.startsWith("note/") ? field.split("/")[1] : undefined);

/** Lines that hold words and were not deleted. */
function notesIn({ winners }) {
  const texts = [...winners].filter(([field, op]) => /^note\/.*\/text$/.test(field) && op.value);
  return texts.map(([, op]) => noteOf(op)).filter((id) => winners.get(`note/${id}/deleted`)?.value !== true);
}

function ratedIn(folded) {
  const given = [...folded.winners].filter(([field, op]) => field.startsWith("rating/") && op.value !== null);
  const counted = [...folded.tallies.keys()].filter((field) => standing(folded, field).length);
  return [...given.map(([field]) => field), ...counted];
}

const momentOf = (op) => Date.parse(op.at) || 0;
const oldestOf = (waiting) => (waiting.length ? Math.min(...waiting.map(momentOf)) : null);

/** What the server does not hold yet: `changes`, `notes` they touch, `oldest` (ms since 1970) and its `age` in ms. */
export async function unsent(store, now) {
  const rows = await store.transact("readonly", (tx) => tx.by("operations", "waiting", 1));
  const waiting = rows.map((row) => row.op);
  const notes = new Set(waiting.map(noteOf).filter(Boolean));
  const oldest = oldestOf(waiting);
  return { changes: rows.length, notes: notes.size, oldest, age: oldest === null ? null : Math.max(0, now - oldest) };
}

/**
 * Removes closed records of which the server confirmed everything more than 14 days ago; answers how many operations.
 * Both the tablet's clock and the server's must say so: a clock that is wrong by years removes nothing early.
 */
export function prune(store, now) {
  return store.transact("readwrite", async (tx) => {
    const heard = (await tx.get("kept", "server_time")) ?? 0;
    const { lessons, known, first } = await named(tx);
    const held = await rowsByRecord(tx, first);
    const closed = new Set(
      known.filter(([, { state }]) => CLOSED.includes(state)).map(([, each]) => each.observation_id),
    );
    const old = [...held].filter(([id, rows]) => closed.has(id) && rows.every((row) => isOld(row, now, heard)));
    for (const [id, rows] of old) await removeRecord(tx, id, rows, first);
    for (const [key, lesson] of lessons) if (isUseless(lesson, held, now)) await tx.remove("kept", key);
    return old.flatMap(([, rows]) => rows.filter((row) => row.device_seq)).length;
  });
}

async function rowsByRecord(tx, first) {
  const held = new Map();
  const enterRow = (row) => {
    const id = first.get(row.op.observation_id) ?? row.op.observation_id;
    held.set(id, [...(held.get(id) ?? []), { ...row, op: { op_id: row.op.op_id } }]);
  };
  for (const name of ["operations", "fetched"]) await eachRow(tx, name, enterRow);
  return held;
}

const isOld = (row, now, heard) =>
  !row.device_seq || (!row.waiting && now - row.confirmed_at > KEPT && heard - row.server_time > KEPT);

async function removeRecord(tx, id, rows, first) {
  for (const row of rows)
    await (row.device_seq ? tx.remove("operations", row.device_seq) : tx.remove("fetched", row.op.op_id));
  const aliases = [...first].filter(([, real]) => real === id).map(([second]) => `alias/${second}`);
  for (const key of [`cursor/${id}`, `draft/${id}`, ...aliases]) await tx.remove("kept", key);
  const lesson = await tx.get("kept", `lesson/${id}`);
  if (!lesson || lesson.gone) for (const name of ["lesson", "known"]) await tx.remove("kept", `${name}/${id}`);
}

// A lesson that was made here and never begun.
const isUseless = (lesson, held, now) =>
  lesson.unplanned && !held.has(lesson.observation_id) && Math.abs(now - Date.parse(lesson.starts_at)) > KEPT;

/** Makes a lesson on this tablet alone; `school`, `teacher`, `class` (or null) are `{id, name}`, `rubric` an address. */
export async function makeUnplanned(
  { store, newId, now },
  { school, teacher, class: taught, rubric, kind, pair_code },
) {
  const made = { lesson_id: newId(), observation_id: newId(), starts_at: new Date(now()).toISOString() };
  return store.transact("readwrite", async (tx) => {
    const title = taught?.name || (await tx.get("kept", `rubric/${rubric}`))?.title || "";
    const lesson = {
      ...made,
      ...{ capacity: null, state: "planned", kind, title, minutes: null, subject: "", room: "" },
      ...{ school, teacher, class: taught ?? null, rubric, pair: null, unplanned: true, pair_code: pair_code ?? null },
      targets: await targetsOf(tx, teacher),
    };
    await tx.put("kept", lesson, `lesson/${lesson.observation_id}`);
    return lesson;
  });
}

// What was agreed with a teacher is known from any of their lessons.
async function targetsOf(tx, teacher) {
  const lessons = (await tx.under("kept", "lesson/")).map(([, lesson]) => lesson);
  return lessons.find((lesson) => lesson.teacher?.id === teacher.id)?.targets ?? [];
}

/** Everything that this tablet holds of `person` ({id, name}), as one file that another tablet can send. */
export function exportAll({ store, person, now }) {
  return store.transact("readonly", async (tx) => {
    const [own, elsewhere, quarantine, lessons, device] = await Promise.all([
      tx.all("operations"),
      tx.all("fetched"),
      tx.all("quarantine"),
      tx.under("kept", "lesson/"),
      tx.get("kept", "device"),
    ]);
    return {
      format: "observe-export/1",
      exported_at: new Date(now()).toISOString(),
      person_id: person.id,
      person: person.name,
      device_id: device ?? null,
      lessons: lessons.map(([, lesson]) => lesson),
      operations: toBring(own),
      from_elsewhere: elsewhere.map((row) => row.op),
      confirmed: own.filter((row) => row.verdict && !row.waiting).map((row) => row.op.op_id),
      quarantine,
    };
  });
}

// What the server could not read as an operation would make it refuse the whole file; it is in the quarantine.
function toBring(rows) {
  const readable = rows.filter((row) => row.verdict !== "skipped");
  const first = [...readable.filter((row) => row.waiting), ...readable.filter((row) => !row.waiting).reverse()];
  const some = new Set(first.slice(0, LARGEST_EXPORT));
  return readable.filter((row) => some.has(row)).map((row) => ({ ...row.op, device_seq: row.device_seq }));
}
