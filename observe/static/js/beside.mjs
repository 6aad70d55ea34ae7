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
 * A store as `store`, with `run` (a job of jobs.mjs) and `scribe` (for a record) done by `worker` from when it says that
 * it is ready. Until then, and if it fails or does not answer, the page does them: jobs may be done twice, and scribes
 * hear `{lost: true}` and are given again whatever was not confirmed.
 */
export function storeBeside({ store, worker, timer = TIMER }) {
  const jobs = new Map();
  const desks = new Map();
  let ready = false;
  let watch = null;
  let last = 0;

  function post(message) {
    worker.postMessage(message);
    watch ??= timer.set(takeOver, PATIENCE);
  }

  function heard({ data }) {
    timer.clear(watch);
    if (data.ready) ready = true;
    if (data.told) desks.get(data.told.of).hear(data.told);
    if (data.ran) end(data.ran);
    const waits = jobs.size || [...desks.values()].some((desk) => desk.waits);
    watch = waits ? timer.set(takeOver, PATIENCE) : null;
  }

  function end({ job, answer, fault }) {
    const waiting = jobs.get(job);
    jobs.delete(job);
    if (fault) waiting?.reject(Object.assign(new Error(fault.message), { name: fault.name }));
    else waiting?.resolve(answer);
  }

  function takeOver() {
    timer.clear(watch);
    worker.terminate();
    if (!ready) return;
    ready = false;
    for (const desk of desks.values()) desk.lose();
    for (const { name, facts, resolve, reject } of jobs.values()) run(store, name, facts).then(resolve, reject);
    jobs.clear();
  }

  function job(name, facts) {
    if (!ready) return run(store, name, facts);
    return new Promise((resolve, reject) => {
      jobs.set((last += 1), { name, facts, resolve, reject });
      post({ run: { job: last, name, facts } });
    });
  }

  function scribe({ observation, rubric }, here, tell) {
    const there = {
      begin: () => post({ scribe: { observation, rubric } }),
      take: (turn) => post({ of: observation, turn }),
    };
    const desk = new Desk({ here, there, tell, ready: () => ready });
    desks.set(observation, desk);
    return desk;
  }

  worker.onmessage = heard;
  worker.onerror = takeOver;
  return { ...store, run: job, scribe };
}

/** Hands a record's turns to the page's scribe or the worker's: to one at a time, so that they keep their order. */
class Desk {
  #given;
  #page = null;
  #there = false;
  #turn = 0;
  #through = 0;
  #back = false;

  /** `given`: here (makes a scribe in the page that tells a function), there (the worker's), tell, ready. */
  constructor(given) {
    this.#given = given;
  }

  /** Whether the worker has still to answer. */
  get waits() {
    return this.#there && this.#through < this.#turn;
  }

  take(turn) {
    const { here, there, ready } = this.#given;
    if (ready() && !this.#there && this.#through >= this.#turn && !this.#back) {
      this.#there = true;
      there.begin();
    }
    this.#turn = turn.turn;
    if (this.#there) return there.take(turn);
    this.#page ??= here((told) => this.hear(told));
    return this.#page.take(turn);
  }

  hear(told) {
    this.#through = told.through;
    this.#back = told.back.length > 0;
    this.#given.tell(told);
  }

  lose() {
    if (!this.#there) return;
    this.#there = false;
    this.#given.tell({ lost: true });
  }
}
