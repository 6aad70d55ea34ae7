// Decides when what was rated is sent: levels at once, words a moment after the last letter; each criterion by itself.

const QUIET = 700;
const AGAIN = 5000;

/**
 * `send(key)` sends one criterion and answers "saved", "lost" (try again) or "closed" (never again).
 * `told(state)` hears "waiting", or how the last sending ended once nothing waits.
 */
export function createSaving({ send, told, later = (ms, work) => setTimeout(work, ms), cancel = clearTimeout }) {
  const waiting = new Set();
  let timer = null;
  let sending = Promise.resolve(true);

  const plan = (ms) => {
    cancel(timer);
    timer = later(ms, () => flush());
  };

  const once = async () => {
    for (const key of [...waiting]) {
      waiting.delete(key);
      const state = await send(key);
      if (state === "saved") continue;
      if (state === "lost") {
        waiting.add(key);
        plan(AGAIN);
      }
      told(state);
      return false;
    }
    told(waiting.size ? "waiting" : "saved");
    return true;
  };

  /** Sends all that waits, after whatever is on its way; whether everything is saved then. */
  function flush() {
    cancel(timer);
    sending = sending.then(once);
    return sending;
  }

  /** Says that a criterion changed: a level is sent at once, words after a moment. */
  function changed(key, { atOnce }) {
    waiting.add(key);
    told("waiting");
    if (atOnce) flush();
    else plan(QUIET);
  }

  return { changed, flush, waits: () => waiting.size > 0 };
}
