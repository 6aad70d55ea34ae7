// When this tab sends, one tab at a time, and how the tabs of a person tell each other.

const AFTER_SAVE = 1500;
const TICK = 30000;
const LONGEST = 300000;

/** Runs a job while no other tab of this person runs its own. */
export const alone = (name, job, locks = globalThis.navigator?.locks) => (locks ? locks.request(name, job) : job());

/** Takes hold of a name for the life of this tab; false if another tab has it. */
export function hold(name, locks = globalThis.navigator?.locks) {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise(() => {});
    });
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
    return this.#given.connected() || !this.#believes || this.#given.now() - this.#lostAt >= TICK;
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
  #due = 0;
  #running = null;
  #again = false;

  /** `given`: send (told whether the person asked; answers "sent" or a reason), now, random, timer {set, clear}, tell. */
  constructor(given) {
    this.#given = given;
  }

  /** After a save: soon, unless the server asked for patience. */
  soon() {
    this.#wake(Math.max(AFTER_SAVE, this.#notBefore - this.#given.now()));
  }

  /** Online again, visible again, or `asked` by the person: at once. */
  now({ asked = false } = {}) {
    this.#notBefore = 0;
    return this.#run(asked);
  }

  #wake(delay) {
    const due = this.#given.now() + delay;
    if (this.#timer && this.#due <= due) return;
    this.#sleep();
    this.#due = due;
    this.#timer = this.#given.timer.set(() => this.#run(), delay);
  }

  #run(asked = false) {
    if (this.#running) this.#again = true;
    this.#running ??= this.#send(asked).finally(() => this.#rest());
    return this.#running;
  }

  async #send(asked) {
    this.#sleep();
    this.#again = false;
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
    if (this.#again) this.soon();
    else this.#wake(this.#failures ? Math.max(AFTER_SAVE, this.#notBefore - this.#given.now()) : TICK);
  }
}
