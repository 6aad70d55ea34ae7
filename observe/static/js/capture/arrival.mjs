// Coming to a sheet: whose tablet this is, which record the address names, and what is known of its lesson.

import { lessonHere } from "../lesson_here.mjs";
import { refresh } from "../refresh.mjs";
import { openStore } from "../store.mjs";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The record that an address names behind its `#`, or null. */
export const recordIn = (hash) => (ID.test(hash.slice(1)) ? hash.slice(1) : null);

/**
 * `{person, store, lesson, precedents, fresh}` (`fresh` if the server was asked just now), or `{why}`: "no record", "nobody", "no network", "no store" (this tablet keeps
 * nothing), "not yours" or "other rubric". `given`: observation (id or null), rubric (digest of the page), api, who,
 * remember, now, open (a person's store).
 */
export async function arrive({ observation, rubric, open = openStore, ...given }) {
  if (!observation) return { why: "no record" };
  const found = (await fromTablet(observation, open, given)) ?? (await fromServer(observation, open, given));
  return found.lesson && found.lesson.rubric !== rubric ? { ...found, why: "other rubric" } : found;
}

async function fromTablet(observation, open, { who }) {
  const person = who();
  if (!person) return null;
  const store = open(person.id);
  const here = await lessonHere(store, observation).catch(() => null);
  return here && { person, store, ...here };
}

// The first time of all: the server says whose tablet this is and what the lesson is.
async function fromServer(observation, open, { api, remember, now }) {
  const answer = await api.bootstrap();
  if (answer.status === 401) return { why: "nobody" };
  if (answer.status !== 200 || !answer.protocol || !answer.body?.person?.id) return { why: "no network" };
  const { person } = answer.body;
  const store = open(person.id);
  remember(person);
  const kept = await refresh({ api: { bootstrap: async () => answer }, store, now, titles: false }).catch(() => null);
  if (!kept) return { why: "no store" };
  const here = await lessonHere(store, observation);
  return here ? { person, store, fresh: true, ...here } : { why: "not yours" };
}
