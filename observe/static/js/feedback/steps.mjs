// What was done to a draft, deed by deed, so that each can be taken back whatever was typed since.

const MOST = 200;

export class Steps {
  #done = [];

  /** The name of the deed that would be taken back, or null. */
  get last() {
    return this.#done.at(-1)?.name ?? null;
  }

  /** Notes a deed by its name; answers its lines. */
  did(name, { lines, back }) {
    this.#done.push({ name, back });
    this.#done.splice(0, this.#done.length - MOST);
    return lines;
  }

  /** Takes the last deed back in these lines: `{name, lines}`, or null where there is none. */
  undo(lines) {
    const step = this.#done.pop();
    return step ? { name: step.name, lines: step.back(lines) } : null;
  }
}
