// One observer's work on a record: when it begins, what may still change it, how it is closed and opened again.

import { openingOf } from "../lesson_here.mjs";
import { endMarks } from "./occasions.mjs";
import { firstBook } from "./samples.mjs";

export class Recording {
  #given;

  /** `given`: record, rubric, clock, lesson, undo, now, state (answers how the record stands). */
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
    const { record, rubric, now } = this.#given;
    this.#open();
    if (record.value("clock/started") === null) record.set("clock/started", new Date(now()).toISOString());
    const book = firstBook(record, rubric.kind);
    if (book) record.set(...book);
  }

  #open() {
    return this.#given.record.step("open", openingOf(this.#given.lesson));
  }

  /** Closes the record as it stands in the store; a stretch that has not run its length is marked first. */
  async seal() {
    const { record } = this.#given;
    this.#open();
    for (const [field, value] of endMarks(this.#given)) record.set(field, value);
    await record.step("seal", { state_hash: await record.hash() });
  }

  /** Opens it again, with what came late; the server refuses once a partner has sealed. */
  reopen() {
    return this.#given.record.step("unseal", { reason: "", include: true });
  }

  /** Takes the record out of the pair and the figures for good. */
  withdraw(reason) {
    this.#open();
    return this.#given.record.step("withdraw", { reason });
  }
}
