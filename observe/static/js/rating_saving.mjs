// Decides when what was rated is sent: levels at once, words a moment after the last letter; each criterion by itself.

import { createSaver } from "./saver.mjs";

/**
 * `send(key)` sends one criterion and answers "saved", "lost" (try again) or "closed" (never again).
 * `told(state)` hears "waiting", or how the last sending ended once nothing waits.
 */
export function createSaving({ send, told, ...timers }) {
  const waiting = new Set();
  let ended = "saved";

  const sendAll = async () => {
    ended = "saved";
    for (const key of [...waiting]) {
      waiting.delete(key);
      ended = await send(key);
      if (ended === "lost") waiting.add(key);
      if (ended !== "saved") break;
    }
    return ended !== "lost";
  };

  const saver = createSaver({ send: sendAll, told: (state) => told(state === "saved" ? ended : state), ...timers });

  /** Sends all that waits, after whatever is on its way; whether everything is saved then. */
  const flush = async () => (await saver.flush("all that waits")) && ended === "saved";

  /** Says that a criterion changed: a level is sent at once, words after a moment. */
  function changed(key, { atOnce }) {
    waiting.add(key);
    saver.changed();
    if (atOnce) flush();
  }

  return { changed, flush, waits: () => waiting.size > 0 };
}
