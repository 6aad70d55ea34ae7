// One observer's work on a record: when it begins, what may still change it, how it is closed and opened again.

import { openingOf } from "../tablet.mjs";

export class Recording {
  #given;

  /** `given`: record, lesson, undo, now, state (answers how the record stands). */
  constructor(given) {
    this.#given = given;
  }

  /** Changes the record as long as it is open; `job` gets it, and what it sets can be taken back. */
  change(job) {
    if (this.#given.state() !== "draft") return;
    this.begin();
    this.#given.undo.run(job);
  }

  /** The first change of any kind opens the record and starts the clock; looking at the sheet does neither. */
  begin() {
    const { record, now } = this.#given;
    this.#open();
    if (record.value("clock/started") === null) record.set("clock/started", new Date(now()).toISOString());
  }

  #open() {
    return this.#given.record.step("open", openingOf(this.#given.lesson));
  }

  /** Closes the record as it stands in the store. */
  async seal() {
    const { record } = this.#given;
    this.#open();
    await record.step("seal", { state_hash: await record.hash() });
  }

  /** Opens it again, with what came late; the server refuses once a partner has sealed. */
  reopen() {
    return this.#given.record.step("unseal", { reason: "", include: true });
  }
}
