// The state of saving, in words.

import { WAITS_LONG } from "./waiting.mjs";

// A line is on its way for a moment after each word; only what stays behind is worth a sign.
const ON_ITS_WAY = 5000;

/** How many lines and other changes are here, how many of the lines the server has confirmed, and how long the oldest waits (ms). */
export function figuresOf(record, notes, now) {
  const { waiting } = record;
  const touched = new Set(waiting.map((row) => row.op.field?.split("/")[1]));
  const elsewhere = waiting.filter((row) => !row.op.field?.startsWith("note/") && row.op.kind !== "open");
  return {
    notes: notes.length,
    held: notes.filter((note) => !touched.has(note.id)).length,
    others: elsewhere.length,
    ratings: ratingsIn(record.folded),
    ...waitingSince(waiting, now),
  };
}

const ratingsIn = ({ winners, tallies }) =>
  [...winners].filter(([name, op]) => name.startsWith("rating/") && op.value !== null).length + tallies.size;

function waitingSince(waiting, now) {
  const moments = waiting.map((row) => Date.parse(row.op.at)).filter(Number.isFinite);
  const oldest = moments.length ? Math.min(...moments) : null;
  return { oldest, waited: oldest === null ? 0 : Math.max(0, now - oldest) };
}

/** The line beside the clock: {words, sign}. `day` says a moment (ms) as a day. */
export function savingLine(record, { notes, held, others, oldest, waited }, { say, day }) {
  if (record.saving === "failed") return { words: say("not_saved"), sign: "bad" };
  const words = [say("here", { n: notes }), say("there", { n: held })];
  if (held === notes && others) words.push(say("others_wait", { n: others }));
  if (waited >= WAITS_LONG) words.push(say("waits_since", { since: day(oldest) }));
  return { words: words.join(" "), sign: waited >= ON_ITS_WAY ? "off" : "done" };
}
