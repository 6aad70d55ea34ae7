// One observer's record on this tablet: what was written is in the store first, then in the record, then on the page.

import { apply, differing, fold, operation, standing, stateHash, tooLarge, valueOf } from "./operations.mjs";

const RETRY = 2000;
const OUTSIDE = ["late", "rejected", "skipped"];

/** Whether an operation takes part in the record; late and refused ones stay outside. */
export const counts = (row) => !OUTSIDE.includes(row.verdict) && !row.refused;

/** Everything that the tablet holds of an observation: rows fetched from the server, then its own, which stand before them. */
export const heldOf = (observation) => async (store) => [
  ...(await store.by("fetched", "observation", observation)),
  ...(await store.by("operations", "observation", observation)),
];

export class Record {
  #pending = [];
  #writing = null;
  #listeners = [];
  #given;
  #drafted = false;
  #state = "saved";
  #shown = "saved";
  #draftKept;

  /** `given`: store, observation (id), rubric (address), now, elapsed (ms since Start), newId, later (timer). */
  constructor(given) {
    this.#given = given;
    this.rows = new Map();
    this.folded = fold([]);
    this.tooLong = new Map();
    this.#state = "saved";
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

  /** Brings what the store holds; a store that cannot be read leaves the record empty and says so. */
  async open() {
    try {
      const [rows, draft, known] = await this.#given.store.transact("readonly", (tx) => this.#held(tx));
      this.draft = draft ?? null;
      this.known = known ?? null;
      this.take(rows);
    } catch {
      this.#state = this.#shown = "failed";
    }
    return this;
  }

  async #held(tx) {
    const rows = await heldOf(this.observation)(tx);
    return [rows, await tx.get("kept", `draft/${this.observation}`), await tx.get("kept", `known/${this.observation}`)];
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  #tell(what = {}) {
    for (const listener of this.#listeners) listener(what);
  }

  /** Rows that came from the store, the server or another tab. */
  take(rows) {
    const ours = rows.filter((row) => row.op.observation_id === this.observation);
    for (const row of ours) this.rows.set(row.op.op_id, row);
    if (!ours.length) return;
    this.folded = fold([...this.rows.values()].filter(counts).map((row) => row.op));
    this.#tell();
  }

  /** Which line is being written; kept with the next write, so that it is there after a crash. */
  keepDraft(draft) {
    this.draft = draft;
    this.#drafted = this.keepsDraft;
    return this.flush();
  }

  /** What the page should show in a field: what waits to be written comes before what is written. */
  value(field) {
    const waiting = this.#pending.findLast((change) => change.field === field && change.kind === "set");
    return waiting ? waiting.value : valueOf(this.folded, field);
  }

  /** How often a counted criterion was tapped, less what was taken back. */
  count(field) {
    return standing(this.folded, field).length;
  }

  /** Gives a field a value. Typed text may rewrite its last operation while that has not left the tablet. */
  set(field, value, { typed = false } = {}) {
    return this.#add({ kind: "set", field, value, typed });
  }

  tally(field) {
    return this.#add({ kind: "tally", field });
  }

  /** Takes back the latest count of a field, if there is one. */
  untally(field) {
    const last = standing(this.folded, field)
      .filter((op) => !this.#pending.some((change) => change.value === op.op_id))
      .at(-1);
    return last ? this.#add({ kind: "untally", field, value: last.op_id }) : Promise.resolve();
  }

  /** open, seal, unseal or withdraw. */
  step(kind, value) {
    return this.#add({ kind, field: null, value });
  }

  /** The hash that a seal carries, once nothing waits to be written. */
  async hash() {
    await this.settled();
    return stateHash(this.folded);
  }

  /** Resolves when everything is in the store, or has failed to get there. */
  async settled() {
    while (this.#writing) await this.#writing;
  }

  /** Texts that are on the screen and not in the store, for copy and export. */
  get unsaved() {
    return [
      ...this.#pending.map((change) => change),
      ...[...this.tooLong].map(([field, value]) => ({ kind: "set", field, value })),
    ];
  }

  #add(parts) {
    const change = {
      value: null,
      ...parts,
      op_id: this.#given.newId(),
      at: this.#given.now(),
      elapsed_ms: this.#given.elapsed(),
    };
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
    const fits = tooLarge(this.#operation(change, { lamport: 0, previous: null })) === null;
    if (fits) this.tooLong.delete(change.field);
    else this.tooLong.set(change.field, change.value);
    return fits;
  }

  // Keystrokes that come while another write is on its way become one.
  #queue(change) {
    const last = this.#pending.findLastIndex((other) => other.field === change.field);
    if (change.typed && last >= 0 && this.#pending[last].typed)
      this.#pending[last] = { ...change, op_id: this.#pending[last].op_id };
    else this.#pending.push(change);
  }

  /** Writes what waits; at most one transaction is on its way. */
  flush() {
    this.#writing ??= this.#drain().finally(() => (this.#writing = null));
    return this.#writing;
  }

  // What one keystroke or tap changes is queued in one go, and goes into one transaction.
  async #drain() {
    await null;
    let written = true;
    while (written && (this.#pending.length || this.#drafted)) {
      this.#drafted = false;
      written = await this.#write(this.#pending.slice());
    }
    if (!written) this.#given.later(() => this.flush(), RETRY);
  }

  async #write(batch) {
    this.#state = "saving";
    const done = (await this.#tryWrite(batch)) || (batch.length > 1 && (await this.#oneByOne(batch)));
    const before = this.#shown;
    this.#state = done ? "saved" : "failed";
    this.#shown = this.saving;
    if (this.#shown !== before) this.#tell();
    return done;
  }

  // One change that cannot be kept must not hold up the others.
  async #oneByOne(batch) {
    let all = true;
    for (const change of batch) all = (await this.#tryWrite([change])) && all;
    return all;
  }

  async #tryWrite(batch) {
    const { draft } = this;
    try {
      const rows = await this.#given.store.transact("readwrite", (tx) => this.#keep(tx, batch));
      this.#draftKept = draft;
      this.#written(batch, rows);
      return true;
    } catch {
      return false;
    }
  }

  // A change that was typed over while it was written stays in the queue, with a new id.
  #written(batch, rows) {
    for (const row of rows) {
      this.rows.set(row.op.op_id, row);
      apply(this.folded, row.op);
    }
    this.#tell({ rows, typed: batch.every((change) => change.typed) });
    const newer = this.#pending.filter((change) => !batch.includes(change));
    this.#pending = newer.map((change) =>
      this.rows.has(change.op_id) ? { ...change, op_id: this.#given.newId() } : change,
    );
  }

  async #keep(tx, batch) {
    const rows = [];
    for (const change of batch) rows.push((await this.#again(tx, change)) ?? (await this.#fresh(tx, change, rows)));
    if (this.keepsDraft && this.draft !== this.#draftKept) tx.put("kept", this.draft, `draft/${this.observation}`);
    return rows;
  }

  // Typing rewrites its last operation while that has not left; a write that is tried again finds its own.
  async #again(tx, change) {
    const row = (await this.#typedBefore(tx, change)) ?? (await tx.by("operations", "op_id", change.op_id, 1))[0];
    if (!row) return null;
    if (row.sent) return row.op.op_id === change.op_id && row.op.value === change.value ? row : null;
    const newer = {
      ...row,
      op: { ...row.op, value: change.value, at: stamp(change.at), elapsed_ms: change.elapsed_ms },
    };
    tx.put("operations", newer);
    return newer;
  }

  async #typedBefore(tx, change) {
    const winner = change.typed && this.rows.get(this.folded.winners.get(change.field)?.op_id);
    const row = winner?.device_seq ? await tx.get("operations", winner.device_seq) : null;
    return row && !row.sent ? row : undefined;
  }

  async #fresh(tx, change, before) {
    const [[taken], last] = await Promise.all([
      tx.by("operations", "op_id", change.op_id, 1),
      tx.get("kept", "lamport"),
    ]);
    const op_id = taken ? this.#given.newId() : change.op_id;
    const lamport = (last ?? 0) + 1;
    tx.put("kept", lamport, "lamport");
    const op = this.#operation({ ...change, op_id }, { lamport, previous: this.#previous(change, before) });
    const row = { op, sent: false, waiting: 1, verdict: null };
    return { ...row, device_seq: await tx.add("operations", row) };
  }

  #previous({ kind, field }, before) {
    if (kind !== "set") return null;
    const earlier = before.findLast((row) => row.op.kind === "set" && row.op.field === field);
    return earlier?.op.op_id ?? this.folded.winners.get(field)?.op_id ?? null;
  }

  #operation({ op_id, kind, field, value, at, elapsed_ms }, { lamport, previous }) {
    const { observation, rubric } = this.#given;
    return operation({
      op_id,
      observation_id: observation,
      lamport,
      kind,
      field,
      value,
      previous,
      rubric,
      at: stamp(at),
      elapsed_ms,
    });
  }

  /** Whether the server has confirmed the operation that decides this field. */
  held(field) {
    return heldByServer(this.rows.get(this.folded.winners.get(field)?.op_id));
  }

  /** Rows that the server has not confirmed. */
  get waiting() {
    return [...this.rows.values()].filter((row) => row.waiting);
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

const stamp = (at) => new Date(at).toISOString();
