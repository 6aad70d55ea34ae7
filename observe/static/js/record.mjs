// One observer's record on this tablet: what was written is in the store first, then in the record, then on the page.

import { apply, differing, fold, operation, standing, stateHash, tooLarge, valueOf } from "./operations.mjs";
import { Scribe } from "./scribe.mjs";
import { idsOf, rowsOf } from "./store.mjs";

const OUTSIDE = ["late", "rejected", "skipped"];
const SURELY_FITS = 4000;

/** Whether an operation takes part in the record; late and refused ones stay outside. */
export const counts = (row) => !OUTSIDE.includes(row.verdict) && !row.refused;

/** Everything that the tablet holds under a record's ids: rows fetched from the server, then its own, which stand before them. */
const heldUnder = async (tx, ids) =>
  (await Promise.all(["fetched", "operations"].map((name) => rowsOf(tx, name, ids)))).flat();

/** Everything that the tablet holds of a record. */
export const heldOf = (observation) => async (tx) => heldUnder(tx, await idsOf(tx, observation));

export class Record {
  #given;
  #scribe;
  #pending = [];
  #turn = 0;
  #answered = 0;
  #handing = null;
  #waiters = [];
  #listeners = [];
  #waiting = new Map();
  #late = new Map();
  #ids;
  #state = "saved";
  #shown = "saved";
  #draftGiven;

  /**
   * `given`: store (which may have a worker that writes), observation (id), rubric (address), now,
   * elapsed (ms since Start), newId, later (timer).
   */
  constructor(given) {
    this.#given = given;
    this.#ids = new Set([given.observation]);
    this.#scribe = scribeOf(given, (told) => this.#hear(told));
    this.rows = new Map();
    this.folded = fold([]);
    this.tooLong = new Map();
    this.furthest = 0;
    this.draft = null;
    this.keepsDraft = true;
  }

  /** "saved", "saving", or "failed" as long as something is only on the screen. */
  get saving() {
    return this.tooLong.size ? "failed" : this.#state;
  }

  get observation() {
    return this.#given.observation;
  }

  /** Whether an id means this record: its own, or one that was folded into it. */
  is(observation) {
    return this.#ids.has(observation);
  }

  /** Brings what the store holds; a store that cannot be read leaves the record empty and says so. */
  async open() {
    try {
      const [ids, rows, draft, known] = await this.#given.store.transact("readonly", (tx) => this.#held(tx));
      this.draft = this.#draftGiven = draft ?? null;
      this.known = known ?? null;
      this.#ids = new Set([this.observation, ...ids]);
      this.take(rows);
    } catch {
      this.#state = this.#shown = "failed";
    }
    return this;
  }

  async #held(tx) {
    const ids = await idsOf(tx, this.observation);
    const kept = [`draft/${this.observation}`, `known/${ids[0]}`].map((key) => tx.get("kept", key));
    return Promise.all([ids, heldUnder(tx, ids), ...kept]);
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  #tell(what = {}) {
    for (const listener of this.#listeners) listener(what);
  }

  /** Rows that came from the store, the server or another tab. */
  take(rows) {
    const more = this.#learnIds(rows);
    const ours = rows.filter((row) => this.is(row.op.observation_id));
    if (!ours.length) return;
    const falls = ours.some((row) => !counts(row) && this.rows.has(row.op.op_id));
    for (const row of ours) this.#put(row);
    if (falls) this.folded = fold([...this.rows.values()].filter(counts).map((row) => row.op));
    this.#tell();
    if (more) this.#bringRest();
  }

  // A second id was folded into this record: what was written under it is part of it.
  #learnIds(rows) {
    const before = this.#ids.size;
    for (const { op, same_as } of rows)
      if (same_as && (this.is(op.observation_id) || this.is(same_as))) this.#ids.add(op.observation_id).add(same_as);
    return this.#ids.size > before;
  }

  async #bringRest() {
    const job = heldOf(this.observation);
    this.take(await this.#given.store.transact("readonly", job).catch(() => []));
  }

  #put(row) {
    const { op_id, elapsed_ms } = row.op;
    this.rows.set(op_id, row);
    if (row.waiting) this.#waiting.set(op_id, row);
    else this.#waiting.delete(op_id);
    if (row.verdict === "late") this.#late.set(op_id, row);
    else this.#late.delete(op_id);
    this.furthest = Math.max(this.furthest, elapsed_ms ?? 0);
    if (counts(row)) apply(this.folded, row.op);
  }

  /** Which line is being written; kept with the next write, so that it is there after a crash. */
  keepDraft(draft) {
    this.draft = draft;
    return this.flush();
  }

  /** What the page should show in a field: what waits to be written comes before what is written. */
  value(field) {
    const waiting = this.#pending.findLast((change) => change.field === field && change.kind === "set");
    return waiting ? waiting.value : valueOf(this.folded, field);
  }

  /** How often a counted criterion was tapped, less what was taken back. */
  count(field) {
    return this.#counts(field).length;
  }

  /** Gives a field a value. Typed text may rewrite its last operation while that has not left the tablet. */
  set(field, value, { typed = false } = {}) {
    return this.#add({ kind: "set", field, value, typed });
  }

  /** Counts once more; the count has the id `tally`. */
  tally(field, tally = this.#given.newId()) {
    return this.#add({ kind: "tally", field, op_id: tally });
  }

  /** Takes back a count, the latest one unless another is named. */
  untally(field, tally = this.latest(field)) {
    return tally ? this.#add({ kind: "untally", field, value: tally }) : Promise.resolve();
  }

  /** The id of the latest count of a field that stands, or null. */
  latest(field) {
    return this.#counts(field).at(-1) ?? null;
  }

  /** Whether a count stands: it is here, and nobody has taken it back. */
  stands(field, tally) {
    return this.#counts(field).includes(tally);
  }

  #counts(field) {
    const waiting = this.#pending.filter((change) => change.field === field);
    const made = waiting.filter((change) => change.kind === "tally").map((change) => change.op_id);
    const taken = waiting.filter((change) => change.kind === "untally").map((change) => change.value);
    const ids = [...standing(this.folded, field).map((op) => op.op_id), ...made];
    return ids.filter((id) => !taken.includes(id));
  }

  /** open (once), seal, unseal or withdraw. */
  step(kind, value) {
    return kind === "open" && this.#opened ? this.flush() : this.#add({ kind, field: null, value });
  }

  get #opened() {
    return [...this.folded.steps.values(), ...this.#pending].some((step) => step.kind === "open");
  }

  /** The hash that a seal carries, once nothing waits to be written. */
  async hash() {
    await this.settled();
    return stateHash(this.folded);
  }

  /** Resolves when everything is in the store, or has failed to get there. */
  settled() {
    if (!this.#handing && this.#answered >= this.#turn) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Texts that are on the screen and not in the store, for copy and export. */
  get unsaved() {
    return [...this.#pending, ...[...this.tooLong].map(([field, value]) => ({ kind: "set", field, value }))];
  }

  #add(parts) {
    const { newId, now, elapsed } = this.#given;
    const change = { value: null, op_id: newId(), ...parts, at: stamp(now()), elapsed_ms: elapsed(), turn: null };
    if (!this.#fits(change)) return this.#refuse();
    this.#queue(change);
    return this.flush();
  }

  #refuse() {
    this.#shown = "failed";
    this.#tell();
    return Promise.resolve();
  }

  #fits(change) {
    const { observation, rubric } = this.#given;
    const fits =
      change.value?.length < SURELY_FITS ||
      tooLarge(operation({ ...change, observation_id: observation, rubric, lamport: 0 })) === null;
    if (fits) this.tooLong.delete(change.field);
    else this.tooLong.set(change.field, change.value);
    return fits;
  }

  // Until a keystroke is in the store, the next one in its field takes its place.
  #queue(change) {
    const last = this.#pending.findLastIndex((other) => other.field === change.field);
    if (change.typed && this.#pending[last]?.typed)
      this.#pending[last] = { ...change, op_id: this.#pending[last].op_id };
    else this.#pending.push(change);
  }

  /** Gives the scribe what waits; what one keystroke or tap changes goes in one turn. */
  flush() {
    this.#handing ??= Promise.resolve().then(() => this.#hand());
    return this.settled();
  }

  #hand() {
    this.#handing = null;
    const changes = this.#pending.filter((change) => change.turn === null);
    const drafted = this.keepsDraft && this.draft !== this.#draftGiven;
    if (!changes.length && !drafted) return this.#rest();
    this.#turn += 1;
    for (const change of changes) change.turn = this.#turn;
    if (drafted) this.#draftGiven = this.draft;
    this.#state = "saving";
    const known = changes.map((change) => ({ ...change, winner: this.#winner(change) }));
    this.#scribe.take({ turn: this.#turn, changes: known, draft: drafted ? this.draft : undefined });
  }

  #winner({ kind, field }) {
    const op = kind === "set" ? this.folded.winners.get(field) : null;
    return op ? { op_id: op.op_id, lamport: op.lamport } : null;
  }

  /** What the scribe has written, and what it could not write and tries again. */
  #hear({ rows = [], through, back = [], lost = false }) {
    if (lost) return this.#giveAgain();
    const done = this.#pending.filter(
      (change) => change.turn && change.turn <= through && !back.includes(change.op_id),
    );
    this.#pending = this.#pending.filter((change) => !done.includes(change));
    for (const row of rows) if (!this.rows.get(row.op.op_id)?.sent) this.#put(row);
    this.#answered = through;
    this.#say(back.length ? "failed" : through < this.#turn ? "saving" : "saved");
    if (rows.length) this.#tell({ rows, typed: done.every((change) => change.typed) });
    this.#rest();
  }

  #say(state) {
    const before = this.#shown;
    this.#state = state;
    if (state !== "saving") this.#shown = this.saving;
    if (this.#shown !== before) this.#tell();
  }

  #rest() {
    if (this.#answered < this.#turn || this.#handing) return;
    for (const resolve of this.#waiters.splice(0)) resolve();
  }

  // Another scribe writes from now on; what the first one may have written is looked for.
  #giveAgain() {
    for (const change of this.#pending) Object.assign(change, { turn: null, tried: true });
    this.#draftGiven = undefined;
    this.flush();
  }

  /** Whether the server has confirmed the operation that decides this field. */
  held(field) {
    return heldByServer(this.rows.get(this.folded.winners.get(field)?.op_id));
  }

  /** Rows that the server has not confirmed. */
  get waiting() {
    return [...this.#waiting.values()];
  }

  /** Rows that came after the seal. */
  get late() {
    return [...this.#late.values()];
  }

  /** The record as it would be with what came after the seal. */
  get withLate() {
    return fold([...this.rows.values()].filter((row) => counts(row) || row.verdict === "late").map((row) => row.op));
  }

  /** Own rows of the fields on which the server sees something else, to be sent again. */
  rowsToRepair(theirs) {
    const fields = differing(this.folded, theirs);
    return [...this.rows.values()].filter((row) => row.device_seq && fields.includes(row.op.field));
  }
}

/** Whether the server has said that it holds this row. */
export const heldByServer = (row) => Boolean(row) && (!row.device_seq || (row.verdict !== null && !row.waiting));

function scribeOf(given, tell) {
  const here = (hear) => new Scribe({ ...given, tell: hear });
  return given.store.scribe?.(given, here, tell) ?? here(tell);
}

const stamp = (at) => new Date(at).toISOString();
