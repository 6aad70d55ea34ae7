// The tray of lines without a criterion: which comes next, which were skipped, how many are left.

import { untagged } from "./notes.mjs";

export class Tray {
  #skipped = new Set();

  isOn = false;

  start() {
    this.isOn = true;
    this.#skipped.clear();
  }

  stop() {
    this.isOn = false;
  }

  /** The id of the line that comes after `from` (an id, or null at the beginning), or null at the end; what has no criterion by then is skipped. */
  after(from, notes) {
    const place = notes.findIndex((note) => note.id === from);
    if (untagged(notes).some((note) => note.id === from)) this.#skipped.add(from);
    const left = this.#left(notes);
    const later = left.find((note) => notes.indexOf(note) > place);
    return (later ?? left[0])?.id ?? null;
  }

  /** How many lines are left, with the one on show if it has no criterion yet. */
  left(notes) {
    return this.#left(notes).length;
  }

  /** How many were skipped and still have none. */
  skipped(notes) {
    return untagged(notes).filter((note) => this.#skipped.has(note.id)).length;
  }

  #left(notes) {
    return untagged(notes).filter((note) => !this.#skipped.has(note.id));
  }
}
