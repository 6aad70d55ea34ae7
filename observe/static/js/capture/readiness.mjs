// Whether this tablet is ready for lessons without a network, and what is to be said of work that waits.

import { WAITS_LONG, WAITS_TOO_LONG } from "./waiting.mjs";

const DAY = 24 * 60 * 60 * 1000;
const SIGNS = { ready: "done", getting_ready: "info" };

/**
 * The sentence that fits and its sign, as `{key, sign}`. `found` is filled in as it is learned, what is undefined is not known yet:
 * secure (https), stored (the tablet keeps records), worker (a release is kept; null: this browser keeps no pages),
 * fetched (the server told the lessons), told (what the worker answered: `{whole, missing}`, or null).
 */
export function readiness({ secure, stored, worker, fetched, told }) {
  const sentences = [
    [secure === false, "plain_http"],
    [stored === false, "keeps_nothing"],
    [worker === null, "keeps_no_pages"],
    [[secure, stored, worker, fetched, told].includes(undefined), "getting_ready"],
    [!fetched || !told?.whole || told.missing.length > 0, "not_all"],
  ];
  const [, key] = sentences.find(([holds]) => holds) ?? [true, "ready"];
  return { key, sign: SIGNS[key] ?? "warn" };
}

/** `badge`: a number for the app's icon once work waits for a day, else 0; `days` once it waits for five, else 0. */
export function reminder({ changes, age }) {
  if (!changes || age < WAITS_LONG) return { badge: 0, days: 0 };
  return { badge: changes, days: age < WAITS_TOO_LONG ? 0 : Math.floor(age / DAY) };
}
