// What the server tells this tablet's person, kept for a day without a network.

import { keepFetched } from "./device.mjs";

const MOMENT = 60 * 1000;

/** Asks the server what this person needs and keeps it; `{person, lessons}`, or null if nothing came of it. Titles of rubrics can wait. */
export async function refresh({ api, store, now, titles = true }) {
  const asked = now();
  const { status, body, protocol } = await api.bootstrap();
  if (status !== 200 || !protocol || !body?.person?.id || !Array.isArray(body.lessons)) return null;
  if (store.person !== undefined && store.person !== body.person.id) return null;
  const rubrics = titles ? await newRubrics(api, store, body.rubrics ?? []) : [];
  const keep = (tx) => keepAll(tx, { ...body, read: rubrics }, asked);
  // A tablet that is full goes on with what it holds.
  const lessons = await store.transact("readwrite", keep).catch(() => null);
  return lessons && { person: body.person, lessons };
}

// What could not be fetched is asked for the next time.
async function newRubrics(api, store, digests) {
  const held = await store.transact("readonly", (tx) => tx.under("kept", "rubric/")).catch(() => []);
  const known = new Set(held.map(([, rubric]) => rubric.digest));
  const asked = digests.filter((digest) => !known.has(digest)).map((digest) => rubricOf(api, digest));
  return (await Promise.all(asked)).filter(Boolean);
}

async function rubricOf(api, digest) {
  const { status, body } = await api.rubric(digest.replace("sha256:", ""));
  if (status !== 200 || !body?.title) return null;
  const { rubric, version, language, title, kind } = body;
  return { digest, rubric, version, language, title, kind };
}

async function keepAll(tx, { person, schools, rubrics, precedents, lessons, records = [], read: titles }, at) {
  await tx.put("kept", { at, person, schools, rubrics, precedents }, "bootstrap");
  for (const rubric of titles) await tx.put("kept", rubric, `rubric/${rubric.digest}`);
  for (const record of records) await keepRecord(tx, record);
  for (const lesson of lessons) await keepState(tx, lesson, at);
  return keepLessons(tx, lessons);
}

async function keepRecord(tx, { observation_id: observation, operations = [] }) {
  const sequences = operations.map((op) => op.sequence ?? 0);
  await keepFetched(tx, observation, { operations, cursor: Math.max(0, ...sequences) });
}

// What the server said of a record after it was asked for lessons is newer than what it said of the lesson.
async function keepState(tx, { observation_id: observation, state }, at) {
  const known = await tx.get("kept", `known/${observation}`);
  const newer = known?.heard_at > at && known.heard_at - at < MOMENT;
  if (state && !newer)
    await tx.put("kept", { ...known, observation_id: observation, state, heard_at: at }, `known/${observation}`);
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
