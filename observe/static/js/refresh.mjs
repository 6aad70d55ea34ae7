// What the server tells this tablet's person, kept for a day without a network.

import { run } from "./jobs.mjs";

/** Asks the server what this person needs and keeps it; `{person, lessons}`, or null if nothing came of it. Titles of rubrics can wait. */
export async function refresh({ api, store, now, titles = true }) {
  const asked = now();
  const { status, body, protocol } = await api.bootstrap();
  if (status !== 200 || !protocol || !body?.person?.id || !Array.isArray(body.lessons)) return null;
  if (store.person !== undefined && store.person !== body.person.id) return null;
  const rubrics = titles ? await newRubrics(api, store, body.rubrics ?? []) : [];
  // A tablet that is full goes on with what it holds.
  const lessons = await run(store, "keepTold", [{ ...body, read: rubrics }, asked]).catch(() => null);
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
