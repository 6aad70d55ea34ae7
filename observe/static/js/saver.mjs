// Decides when what is typed is sent: a moment after the last letter, one sending at a time, and again after a failure.

const QUIET = 700;
const AGAIN = 5000;

/**
 * `send(asked)` sends the form and answers true once the server has it; `told(state)` hears "waiting", "saved" or "lost".
 */
export function createSaver({ send, told, later = (ms, work) => setTimeout(work, ms), cancel = clearTimeout }) {
  let timer = null;
  let typed = false;
  let sending = Promise.resolve();

  const plan = (ms) => {
    cancel(timer);
    timer = later(ms, () => flush());
  };

  const once = async (asked) => {
    if (!typed && !asked) return true;
    typed = false;
    const kept = await send(asked);
    if (!kept) {
      typed = true;
      plan(AGAIN);
    }
    told(kept ? (typed ? "waiting" : "saved") : "lost");
    return kept;
  };

  /** Sends what is typed now, after whatever is on its way; `asked` is what a button asks for beside. */
  function flush(asked = "") {
    cancel(timer);
    sending = sending.then(() => once(asked));
    return sending;
  }

  /** Says that something was typed. */
  function changed() {
    typed = true;
    told("waiting");
    plan(QUIET);
  }

  return { changed, flush, waits: () => typed };
}
