// How the saving of a draft stands, as a key of the page's words, what fills it, and a sign.

const ON_ITS_WAY = 4000;
const WRITING = 1000;
const WHY = {
  "sign in": "sign_in",
  "wrong person": "wrong_person",
  "with reader": "with_reader",
  "not yours": "not_yours",
  refused: "refused",
};

/**
 * `now`: {keeping ("kept", "writing", "failed"), written (ms, since when it is being written), waits, since (ms), state
 * (of the last sending), savedAt, refused}. Null while a word is on its way to the tablet: what was said stands.
 */
export function savingWords({ keeping, written, waits, since, state, savedAt, refused }, at) {
  if (keeping === "failed") return { key: "not_saved", sign: "bad" };
  if (keeping === "writing") return at - written > WRITING ? { key: "writing", sign: "off" } : null;
  if (!waits) return savedAt ? { key: "saved", values: { time: savedAt }, sign: "done" } : { key: "all_saved", sign: "done" };
  const key = state === "refused" && refused ? "refused" : "here";
  const calm = !WHY[state] && state !== "no network" && at - (since ?? at) < ON_ITS_WAY;
  return { key, values: { why: refused ?? "" }, sign: calm ? "done" : "off", more: state === "refused" ? null : (WHY[state] ?? null) };
}
