// This tablet: what it asks the server, when it sends, and which of its tabs does.

import { run } from "./jobs.mjs";
import { idsOf } from "./store.mjs";
import { cursorAfter } from "./told.mjs";

const PATIENCE = 15000;
const LETTING_GO = 1500;
const AFTER_SAVE = 1500;
const WHILE_TYPING = 8000;
const TICK = 30000;
const LONGEST = 300000;

/** Asks under /api/v1; `status` is 0 where no answer came, `body` null where it was not JSON. */
export function createApi({ fetch = (...asked) => globalThis.fetch(...asked), root = "/api/v1" } = {}) {
  const ask = async (method, path, { body, csrf } = {}) => {
    try {
      return await read(await fetch(root + path, asked(method, body, csrf)));
    } catch {
      return { status: 0, body: null, protocol: false };
    }
  };
  return {
    session: () => ask("GET", "/session"),
    register: (label, csrf) => ask("POST", "/devices", { body: { label }, csrf }),
    sync: (batch, csrf) => ask("POST", "/sync", { body: batch, csrf }),
    bootstrap: () => ask("GET", "/bootstrap"),
    rubric: (digits) => ask("GET", `/rubrics/${digits}`),
    changes: (cursor) => ask("GET", `/changes?cursor=${encodeURIComponent(cursor)}`),
  };
}

function asked(method, body, csrf) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (csrf) headers["X-CSRFToken"] = csrf;
  return {
    method,
    headers,
    body: body && JSON.stringify(body),
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  };
}

async function read(response) {
  const protocol = response.headers.get("X-Observe-Protocol") === "1";
  const body = await response.json().catch(() => null);
  return { status: response.status, body, protocol };
}

/** Brings what the server holds of this observation and this tablet does not; answers the new rows. */
export async function bring({ api, store, observation, whole = false }) {
  const [ids, cursor, [first]] = await store.transact("readonly", (tx) =>
    Promise.all([
      idsOf(tx, observation),
      tx.get("kept", `cursor/${observation}`),
      tx.by("operations", "observation", observation, 1),
    ]),
  );
  const since = (from) => changesSince(api, from, new Set(ids));
  const brought =
    cursor === undefined && !whole ? await firstTime(api, ids[0], first?.verdict && since) : await since(cursor ?? 0);
  return brought ? run(store, "keepFetched", [observation, brought]) : [];
}

// What was sent from here and is not among the open records was closed, and perhaps by another tablet that knew more.
async function firstTime(api, observation, since) {
  const { status, body } = await api.bootstrap();
  if (status !== 200) return null;
  const open = body?.records?.find((record) => record.observation_id === observation);
  if (!open) return since ? since(0) : null;
  return { operations: open.operations, cursor: cursorAfter(open.operations) };
}

async function changesSince(api, cursor, ids, before = []) {
  const { status, body } = await api.changes(cursor);
  if (status !== 200 || !Array.isArray(body?.operations)) return { cursor, operations: before };
  const operations = [...before, ...body.operations.filter((op) => ids.has(op.observation_id))];
  const more = body.operations.length && body.cursor !== cursor;
  return more ? changesSince(api, body.cursor, ids, operations) : { cursor: body.cursor ?? cursor, operations };
}

/** Runs a job while no other tab of this person runs its own. */
export const alone = (name, job, locks = globalThis.navigator?.locks) => (locks ? locks.request(name, job) : job());

/** Takes hold of a name for the life of this tab; false if another tab keeps it. One that was killed lets go of it soon. */
export function hold(name, { locks = globalThis.navigator?.locks, patience = LETTING_GO } = {}) {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const forLife = () => (resolve(true), new Promise(() => {}));
    locks.request(name, { signal: AbortSignal.timeout(patience) }, forLife).catch(() => resolve(false));
  });
}

/** How long to wait after so many failures in a row: full jitter, at most five minutes. */
export const pause = (failures, random) => Math.round(random() * Math.min(LONGEST, 1000 * 2 ** failures));

/** Whether asking is worth while: a tablet that says it has no network is believed, unless it was found wrong. */
export class Line {
  #given;
  #lostAt = 0;
  #believes = true;

  /** `given`: connected (what the tablet says), now. */
  constructor(given) {
    this.#given = given;
  }

  lost() {
    this.#lostAt = this.#given.now();
  }

  get likely() {
    return this.#given.connected() || !this.#believes || Math.abs(this.#given.now() - this.#lostAt) >= TICK;
  }

  /** Runs a sending where it is likely to arrive, or where the person asked for it. */
  async through(asked, send) {
    if (!asked && !this.likely) return "no network";
    const state = await send();
    if (!this.#given.connected()) this.#found(state);
    return state;
  }

  // On the server's own machine there is a way without any network.
  #found(state) {
    this.lost();
    if (!["no network", "idle"].includes(state)) this.#believes = false;
  }
}

export class Sender {
  #given;
  #failures = 0;
  #notBefore = 0;
  #timer = null;
  #waits = false;
  #since = 0;
  #running = null;
  #again = false;

  /** `given`: send (told whether the person asked; answers "sent" or a reason), now, random, timer {set, clear}, tell. */
  constructor(given) {
    this.#given = given;
  }

  /** After a save: once nothing was saved for a moment, and now and then while saving goes on; patience where it was asked. */
  soon() {
    const now = this.#given.now();
    if (!this.#waits) this.#since = now;
    this.#waits = true;
    const rest = Math.min(AFTER_SAVE, this.#since + WHILE_TYPING - now);
    this.#wake(Math.max(0, rest, this.#patience));
  }

  // A clock that jumps must not hold anything back for longer than a server may ask.
  get #patience() {
    return Math.min(LONGEST, this.#notBefore - this.#given.now());
  }

  /** Online again, visible again, or `asked` by the person: at once. */
  now({ asked = false } = {}) {
    this.#notBefore = 0;
    return this.#run(asked);
  }

  #wake(delay) {
    this.#sleep();
    this.#timer = this.#given.timer.set(() => this.#run(), delay);
  }

  #run(asked = false) {
    if (this.#running) this.#again = true;
    this.#running ??= this.#send(asked).finally(() => this.#rest());
    return this.#running;
  }

  async #send(asked) {
    this.#sleep();
    this.#again = this.#waits = false;
    this.#given.tell("sending");
    const state = await this.#given.send(asked).catch(() => "busy");
    this.#failures = ["sent", "idle"].includes(state) ? 0 : this.#failures + 1;
    this.#notBefore = this.#failures ? this.#given.now() + pause(this.#failures, this.#given.random) : 0;
    this.#given.tell(state);
    return state;
  }

  #sleep() {
    this.#given.timer.clear(this.#timer);
    this.#timer = null;
  }

  // Whatever happened, it is tried again: soon if something was saved meanwhile, else every half minute.
  #rest() {
    this.#running = null;
    this.#sleep();
    if (this.#again || this.#waits) this.soon();
    else this.#wake(this.#failures ? Math.max(AFTER_SAVE, this.#patience) : TICK);
  }
}
