// What the observer did, step by step, so that each step can be taken back and done again.
// Nothing leaves the log: taking back is a change like any other.

import { newId } from "../operations.mjs";

const MOST = 500;

export class Undo {
  #record;
  #makeId;
  #done = [];
  #undone = [];
  #typing = false;

  /** `record` as record.mjs has it; the line that is being written in it is no step until it is ended. */
  constructor(record, makeId = newId) {
    this.#record = record;
    this.#makeId = makeId;
  }

  /** The step that would be taken back, or null. */
  get last() {
    return this.#done.at(-1) ?? null;
  }

  /** The step that would be done again, or null. */
  get next() {
    return this.#undone.at(-1) ?? null;
  }

  /** Does a job and notes how to take back what it changed; typing on in one field is one step. */
  run(job) {
    const noted = { name: null, line: null, changes: [] };
    job(noting(this.#record, noted, this.#makeId));
    const changes = realised(this.#record, noted.changes);
    if (changes.length) this.#push({ ...noted, changes, did: changes });
  }

  /** The line that was being written is one step from now on, with all that was told about it. */
  ended(line) {
    this.#done = this.#done.filter((step) => !step.changes.every((change) => lineOf(change.field) === line));
    const changes = [existence(line, this.#record.value(textOf(line)))];
    this.#push({ name: "line", line, changes, did: changes });
    this.rest();
  }

  /** What is typed from now on is another step. */
  rest() {
    this.#typing = false;
  }

  #push(step) {
    this.#undone = [];
    if (!this.#typedOn(step)) this.#done.push(step);
    this.#typing = step.changes.every((change) => change.typed);
    if (!isChange(this.last.changes)) this.#done.pop();
    this.#done.splice(0, this.#done.length - MOST);
  }

  #typedOn({ changes: [change, ...more] }) {
    const [before] = this.last?.changes ?? [];
    if (!this.#typing || more.length || !change.typed || before?.field !== change.field) return false;
    before.after = change.after;
    return true;
  }

  /** Takes the last step back: `{step, kept}`, where `kept` says that it stands, for it was changed elsewhere since; or null. */
  undo() {
    return this.#turn(this.#done, this.#undone);
  }

  /** Does again what was taken back last; as `undo`. */
  redo() {
    return this.#turn(this.#undone, this.#done);
  }

  // A step is taken back whole or not at all, so that half of a split line is never lost.
  #turn(from, to) {
    this.rest();
    const step = from.pop();
    if (!step) return null;
    if (!step.changes.every((change) => stillSo(this.#record, change))) return { step, kept: true };
    to.push({ ...step, changes: step.changes.map((change) => this.#turned(change)).reverse() });
    return { step, kept: false };
  }

  #turned({ field, tally, taken, before, after, text }) {
    if (tally) this.#record.untally(field, tally);
    if (tally) return { field, taken: tally };
    if (taken) return this.#counted(field, taken);
    this.#record.set(field, before ?? nothingIn(field));
    return { field, before: after, after: before, text };
  }

  // A count that was taken back comes again as another one: steps that speak of the first mean this one from now on.
  #counted(field, taken) {
    const tally = this.#makeId();
    this.#record.tally(field, tally);
    for (const change of [...this.#done, ...this.#undone].flatMap((step) => step.changes))
      if (change.tally === taken) change.tally = tally;
    return { field, tally };
  }
}

/** The record with eyes: what is set through it is noted, and `called` gives the step a name and its line. */
const noting = (record, noted, makeId) => ({
  value: (field) => record.value(field),
  count: (field) => record.count(field),
  called: (name, line) => Object.assign(noted, { name, line }),
  set(field, value, how = {}) {
    noted.changes.push({ field, before: record.value(field), after: value, typed: Boolean(how.typed) });
    return record.set(field, value, how);
  },
  tally(field) {
    const tally = makeId();
    noted.changes.push({ field, tally });
    return record.tally(field, tally);
  },
  untally(field) {
    const taken = record.latest(field);
    if (taken) noted.changes.push({ field, taken });
    return record.untally(field, taken);
  },
});

// Not the words that are just being written, nor what was too long to be kept; a new line is one change.
function realised(record, changes) {
  const kept = changes.filter(({ field }) => !isBeingWritten(record, field) && !record.tooLong?.has(field));
  const fresh = kept.filter(({ field, before }) => field === textOf(lineOf(field)) && before === null);
  const lines = fresh.map(({ field }) => lineOf(field));
  const others = kept.filter(({ field }) => !lines.includes(lineOf(field)) && !field.endsWith("/elapsed_ms"));
  return [...others, ...fresh.map(({ field, after }) => existence(lineOf(field), after))];
}

function isBeingWritten(record, field) {
  const line = record.draft?.note;
  return Boolean(line) && [textOf(line), `note/${line}/elapsed_ms`].includes(field);
}

/** A line that was not there before: taken back by deleting it, as long as it has these words. */
const existence = (line, text) => ({ field: `note/${line}/deleted`, before: true, after: false, text });

const textOf = (line) => `note/${line}/text`;
const lineOf = (field) => (field.startsWith("note/") ? field.split("/")[1] : null);

function stillSo(record, { field, tally, taken, after, text }) {
  if (tally) return record.stands(field, tally);
  if (taken) return true;
  const here = text === undefined || record.value(textOf(lineOf(field))) === text;
  return here && same(record.value(field), after);
}

const isChange = (changes) => changes.some(({ tally, taken, before, after }) => tally || taken || !same(before, after));

const same = (one, other) => JSON.stringify(something(one)) === JSON.stringify(something(other));
const something = (value) => (value === false || value?.length === 0 ? null : (value ?? null));

/** What the log has for nothing: sync/1 knows no null for these. */
function nothingIn(field) {
  if (/^lookfor\/|\/(private|safeguarding|deleted)$/.test(field)) return false;
  if (/\/criteria$/.test(field)) return [];
  return /^note\/.*\/text$/.test(field) ? "" : null;
}
