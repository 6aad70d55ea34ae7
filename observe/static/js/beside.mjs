// A worker that writes for a page, where nothing that the page draws holds it up, and the page itself if that fails.

import { run } from "./jobs.mjs";
import { openStore } from "./store.mjs";

const PATIENCE = 10000;
const TIMER = { set: (job, delay) => setTimeout(job, delay), clear: (id) => clearTimeout(id) };

const opened = new Map();

/** A person's store for which a worker at this address writes, one for the page; without workers, the store alone. */
export function openStoreBeside(person, address) {
  if (!opened.has(person)) opened.set(person, begin(person, address));
  return opened.get(person);
}

function begin(person, address) {
  const store = openStore(person);
  if (!address || typeof Worker === "undefined") return store;
  const worker = new Worker(address, { type: "module" });
  worker.postMessage({ begin: { person } });
  return storeBeside({ store, worker });
}

/**
 * A store as `store`, with `run` (a job of jobs.mjs) and `scribe` (for a record) done by `worker`. Where that fails or
 * does not answer, the page does them: jobs may be done twice, and scribes hear `{lost: true}` and are given all again.
 */
export function storeBeside({ store, worker, timer = TIMER }) {
  const jobs = new Map();
  const scribes = new Map();
  const turns = new Map();
  let lost = false;
  let watch = null;
  let last = 0;

  function post(message) {
    worker.postMessage(message);
    watch ??= timer.set(takeOver, PATIENCE);
  }

  function heard({ data }) {
    timer.clear(watch);
    if (data.told) written(data.told);
    else end(data.ran);
    watch = jobs.size || turns.size ? timer.set(takeOver, PATIENCE) : null;
  }

  function written(told) {
    if (told.through >= turns.get(told.of)) turns.delete(told.of);
    scribes.get(told.of).tell(told);
  }

  function end({ job, answer, fault }) {
    const waiting = jobs.get(job);
    jobs.delete(job);
    if (fault) waiting?.reject(Object.assign(new Error(fault.message), { name: fault.name }));
    else waiting?.resolve(answer);
  }

  function takeOver() {
    if (lost) return;
    lost = true;
    timer.clear(watch);
    worker.terminate();
    for (const scribe of scribes.values()) scribe.move();
    for (const { name, facts, resolve, reject } of jobs.values()) run(store, name, facts).then(resolve, reject);
    jobs.clear();
  }

  function job(name, facts) {
    if (lost) return run(store, name, facts);
    return new Promise((resolve, reject) => {
      jobs.set((last += 1), { name, facts, resolve, reject });
      post({ run: { job: last, name, facts } });
    });
  }

  /** `here` makes a scribe in the page. */
  function scribe({ observation, rubric }, here, tell) {
    let inPage = lost ? here() : null;
    const move = () => {
      inPage = here();
      tell({ lost: true });
    };
    if (!lost) post({ scribe: { observation, rubric } });
    scribes.set(observation, { tell, move });
    const hand = (turn) => {
      turns.set(observation, turn.turn);
      post({ of: observation, turn });
    };
    return { take: (turn) => (inPage ? inPage.take(turn) : hand(turn)) };
  }

  worker.onmessage = heard;
  worker.onerror = takeOver;
  return { ...store, run: job, scribe };
}
