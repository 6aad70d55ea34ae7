// Writes the words of a draft on the tablet: one transaction at a time, each as soon as the one before has ended.

const AGAIN = 2000;

/**
 * `keep(draft)` writes durably or fails; `tell(state)` hears "writing", "kept" or "failed". What comes while one is being
 * written is written next, whole; what could not be written is tried again.
 */
export function keeper({ keep, tell, later = (job, ms) => setTimeout(job, ms) }) {
  let next = null;
  let running = null;

  function write(draft) {
    next = { draft };
    tell("writing");
    running ??= work().finally(() => (running = null));
    return running;
  }

  async function work() {
    while (next) {
      const { draft } = next;
      next = null;
      const done = await keep(draft).then(
        () => true,
        () => false,
      );
      if (!done) return failed(draft);
    }
    tell("kept");
    return true;
  }

  // A tablet that is full has room again one day, and the page still holds the words.
  function failed(draft) {
    tell("failed");
    later(() => write(next?.draft ?? draft), AGAIN);
    return false;
  }

  return { write };
}
