// What the observer did, step by step, so that each step can be taken back and done again.
// Nothing leaves the log: taking back is a change like any other.

const MOST = 500;

/** `record`; nothing of the line that is being written counts as a step until it is ended. */
export class Undo {
  #record;
  #done = [];
  #undone = [];

  constructor(record) {
    this.#record = record;
  }

  /** Does a job and notes how to take back what it changed; typing on in one field is one step. */
  run(job) {
    const changes = [];
    job(noting(this.#record, changes));
    if (!changes.length) return;
    this.#undone = [];
    if (!typedOn(this.#done.at(-1), changes)) this.#done.push(changes);
    this.#done.splice(0, this.#done.length - MOST);
  }

  /** The step that would be taken back, as its changes, or null. */
  get last() {
    return this.#done.findLast((step) => !this.#isBeingWritten(step)) ?? null;
  }

  /** Whether something that was taken back can be done again. */
  get canRedo() {
    return this.#undone.length > 0;
  }

  #isBeingWritten(step) {
    const line = this.#record.draft?.note;
    return Boolean(line) && step.some((change) => change.field === `note/${line}/text`);
  }

  /** Takes the last step back; `{step, kept}`, where `kept` counts what somebody changed since, or null. */
  undo() {
    const step = this.last;
    if (!step) return null;
    this.#done.splice(this.#done.lastIndexOf(step), 1);
    this.#undone.push(step);
    return { step, kept: this.#apply(backwards(step)) };
  }

  /** Does again what was taken back last; as `undo`. */
  redo() {
    const step = this.#undone.pop();
    if (!step) return null;
    this.#done.push(step);
    return { step, kept: this.#apply(forwards(step)) };
  }

  #apply(changes) {
    const kept = changes.filter((change) => !this.#set(change));
    return kept.length;
  }

  // What another tablet wrote meanwhile stands.
  #set({ field, from, to, times }) {
    const record = this.#record;
    if (times) return Boolean(times > 0 ? record.tally(field) : record.untally(field));
    if (!same(record.value(field), from)) return false;
    record.set(field, to ?? emptied(field));
    return true;
  }
}

// How each part of a line says that nothing is in it.
const EMPTY = { criteria: [], private: false, deleted: false };
const emptied = (field) => (field.startsWith("note/") ? (EMPTY[field.split("/")[2]] ?? null) : null);

/** The record with eyes: what is set through it is noted in `changes`. */
const noting = (record, changes) => ({
  value: (field) => record.value(field),
  set(field, value, how = {}) {
    changes.push({ field, from: record.value(field), to: value, typed: how.typed });
    return record.set(field, value, how);
  },
  tally(field) {
    changes.push({ field, times: 1 });
    return record.tally(field);
  },
  untally(field) {
    if (record.count(field)) changes.push({ field, times: -1 });
    return record.untally(field);
  },
});

// One step as long as the same fields are typed in.
function typedOn(step, changes) {
  const joins =
    step && changes.every((change) => change.typed && step.some((before) => before.field === change.field));
  if (!joins) return false;
  for (const change of changes) step.find((before) => before.field === change.field).to = change.to;
  return true;
}

/** A line that was not there before is taken back by deleting it; everything else gets its value back. */
function backwards(step) {
  const fresh = freshLines(step);
  const old = step.filter((change) => !fresh.includes(lineOf(change.field))).toReversed();
  return [
    ...old.map(({ field, from, to, times }) => (times ? { field, times: -times } : { field, from: to, to: from })),
    ...fresh.map((line) => ({ field: `note/${line}/deleted`, from: null, to: true })),
  ];
}

function forwards(step) {
  const fresh = freshLines(step);
  const old = step.filter((change) => !fresh.includes(lineOf(change.field)));
  return [...old, ...fresh.map((line) => ({ field: `note/${line}/deleted`, from: true, to: false }))];
}

const lineOf = (field) => (field.startsWith("note/") ? field.split("/")[1] : undefined);

const freshLines = (step) =>
  step.filter(({ field, from }) => field.endsWith("/text") && (from ?? null) === null).map(({ field }) => lineOf(field));

const same = (one, other) => JSON.stringify(nothing(one)) === JSON.stringify(nothing(other));
const nothing = (value) => (value === false || value?.length === 0 ? null : (value ?? null));

const KINDS = [
  [/^note\/.*\/deleted$/, "line_deleted"],
  [/^note\/.*\/text$/, "line"],
  [/^note\/.*\/criteria$/, "tag"],
  [/^note\//, "mark"],
  [/^lookfor\//, "lookfor"],
  [/^target\//, "target"],
  [/^context\/sample/, "sample"],
  [/^rating\//, "rating"],
];

/** What a step was, as the name of a sentence: `{key, criterion}`. */
export function whatWas(step) {
  const { field, times } = step.find((change) => /\/deleted$/.test(change.field)) ?? step.at(-1);
  const [, key] = KINDS.find(([sign]) => sign.test(field)) ?? [null, "change"];
  return { key: times ? "count" : key, criterion: /^(rating|lookfor)\//.test(field) ? field.split("/")[1] : null };
}

/** The button that takes back, and the keys Ctrl+Z and Ctrl+Shift+Z outside of text. `given`: undo, button, aloud, criteria, say, may (whether the record can be changed), done. */
export function undoButton({ undo, button, aloud, criteria, say, may, done }) {
  const words = (step) => {
    const { key, criterion } = whatWas(step);
    const code = criteria.find((each) => each.criterion === criterion)?.code ?? "";
    return say(`undo_${key}`, { code });
  };

  function told(way, { step, kept } = {}) {
    if (!step) return;
    aloud.textContent = kept ? say("undo_kept") : say(`did_${way}`, { what: words(step) });
    done();
  }

  const take = (way) => may() && told(way, undo[way]() ?? undefined);

  function key(event) {
    const typing = event.target.matches("textarea, input:not([type]), input[type='text'], input[type='search']");
    if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    take(event.shiftKey ? "redo" : "undo");
  }

  button.addEventListener("click", () => take("undo"));
  document.addEventListener("keydown", key);
  return {
    draw() {
      const step = may() ? undo.last : null;
      button.hidden = !step;
      const what = step ? words(step) : "";
      if (button.title === what) return;
      button.title = what;
      button.querySelector("[data-what]").textContent = what;
    },
  };
}
