// What still waits to be sent, in words: a line, and why it waits.

const DAY = 24 * 60 * 60 * 1000;

/** How long something may wait on the tablet before a line or the icon says so, and before a banner does (ms). */
export const WAITS_LONG = DAY;
export const WAITS_TOO_LONG = 5 * DAY;

const WHY = {
  "no network": "why_no_network",
  "sign in": "why_sign_in",
  "wrong person": "why_wrong_person",
  "new version": "why_new_version",
  busy: "why_busy",
};

/** The line about saving: {words, sign}. `waits` as `unsent` of tablet.mjs tells it; `lastSent` in ms or null. */
export function savingWords({ waits, lastSent }, { say, told }) {
  if (waits.changes) return { words: say("kept_and_waits", { what: whatWaits(waits, say) }), sign: "off" };
  if (!lastSent) return { words: say("nothing_waits"), sign: "done" };
  return { words: say("all_sent", { when: told.when(lastSent) }), sign: "done" };
}

/** `3 notes and 2 other changes`; notes are lines that hold words, the rest are ratings and marks. */
export function whatWaits({ changes, notes }, say) {
  if (!notes) return say("count_changes", { n: changes });
  return say("count_notes", { n: notes });
}

/** Why it waits, after a sending that ended so; empty while it is under way or was not tried. */
export const whyWords = (state, say) => (WHY[state] ? say(WHY[state]) : "");
