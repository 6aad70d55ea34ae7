// Writes what an observer changes into the tablet's store: one transaction at a time, each as short as it can be.

import { operation, order } from "./operations.mjs";

const RETRY = 2000;
const WRITTEN = ["operations", "kept"];

export class Scribe {
  #given;
  #queue = [];
  #draft;
  #turn = 0;
  #wrote = new Map();
  #writing = false;

  /**
   * `given`: store, observation, rubric, newId, later (timer), and tell, which hears `{rows, through, back}`:
   * what was written, up to which turn, and the op_ids of what could not be kept and is tried again.
   */
  constructor(given) {
    this.#given = given;
  }

  /** The changes of one turn, and the draft where it is another: all that waits goes into one transaction. */
  take({ turn, changes, draft }) {
    this.#turn = turn;
    for (const change of changes) this.#enter(change);
    if (draft !== undefined) this.#draft = { value: draft };
    this.#work();
  }

  // Keystrokes that come while another write is on its way become one.
  #enter(change) {
    const place = this.#queue.findLastIndex((other) => other.field === change.field);
    const last = this.#queue[place];
    if (change.typed && last?.typed) this.#queue[place] = { ...change, op_id: last.op_id, tried: last.tried };
    else this.#queue.push(change);
  }

  async #work() {
    if (this.#writing) return;
    let whole = (this.#writing = true);
    while (whole && (this.#queue.length || this.#draft)) whole = await this.#round();
    this.#writing = false;
  }

  async #round() {
    const [through, batch, draft] = [this.#turn, this.#queue.splice(0), this.#draft];
    this.#draft = undefined;
    const rows = await this.#tryWrite(batch, draft);
    const told = rows ? { rows, back: [] } : await this.#oneByOne(batch);
    if (!rows) this.#tryAgain(told.back, draft);
    this.#given.tell({ rows: told.rows, through, back: told.back.map((change) => change.op_id) });
    return Boolean(rows) || this.#queue.some((change) => !change.tried);
  }

  // One change that cannot be kept must not hold up the others.
  async #oneByOne(batch) {
    const [rows, back] = [[], []];
    for (const change of batch) {
      const written = batch.length > 1 && (await this.#tryWrite([change]));
      if (written) rows.push(...written);
      else back.push({ ...change, tried: true });
    }
    return { rows, back };
  }

  #tryAgain(changes, draft) {
    const newer = this.#queue.splice(0, Infinity, ...changes);
    for (const change of newer) this.#enter(change);
    this.#draft ??= draft;
    if (changes.length || draft) this.#given.later(() => this.#work(), RETRY);
  }

  async #tryWrite(batch, draft) {
    try {
      const rows = await this.#given.store.transact("readwrite", (tx) => this.#keep(tx, batch, draft), WRITTEN);
      return await Promise.all(rows.map((row) => this.#written(row)));
    } catch {
      return null;
    }
  }

  async #written({ row, key }) {
    const whole = key ? { ...row, device_seq: await key } : row;
    const { op, device_seq } = whole;
    if (op.kind === "set") this.#wrote.set(op.field, { op_id: op.op_id, lamport: op.lamport, device_seq });
    return whole;
  }

  // All that is asked of the store is asked at once, and then everything is written at once.
  async #keep(tx, batch, draft) {
    const [lamport, ...before] = await Promise.all([
      tx.get("kept", "lamport"),
      ...batch.map((change) => this.#before(tx, change)),
    ]);
    const book = { tx, lamport: lamport ?? 0, rows: [] };
    batch.forEach((change, place) => book.rows.push(this.#row(book, change, before[place])));
    if (book.lamport !== lamport) tx.put("kept", book.lamport, "lamport");
    if (draft) tx.put("kept", draft.value, `draft/${this.#given.observation}`);
    return book.rows;
  }

  /** The row that a change may be in already: the line as it was typed so far, or what an earlier try has written. */
  async #before(tx, change) {
    const mine = change.typed && this.#wrote.get(change.field);
    const row = mine && this.#deciding(change) === mine ? await tx.get("operations", mine.device_seq) : null;
    if (row && !row.sent) return row;
    return change.tried ? (await tx.by("operations", "op_id", change.op_id, 1))[0] : undefined;
  }

  /** What decides a field: what was written here last, unless the page knows of something later. */
  #deciding({ field, winner }) {
    const mine = this.#wrote.get(field);
    return mine && (!winner || order(mine, winner) >= 0) ? mine : (winner ?? null);
  }

  #row(book, change, before) {
    if (before && !before.sent) return this.#rewritten(book.tx, before, change);
    if (before && before.op.value === change.value) return { row: before };
    return this.#fresh(book, change, Boolean(before));
  }

  // Typing rewrites its last operation while that has not left the tablet.
  #rewritten(tx, before, { value, at, elapsed_ms }) {
    const row = { ...before, op: { ...before.op, value, at, elapsed_ms } };
    tx.put("operations", row);
    return { row };
  }

  #fresh(book, change, taken) {
    const { observation, rubric, newId } = this.#given;
    const { kind, field, value, at, elapsed_ms } = change;
    const op_id = taken || this.#wrote.get(field)?.op_id === change.op_id ? newId() : change.op_id;
    const previous = kind === "set" ? this.#previous(book, change) : null;
    const lamport = (book.lamport += 1);
    const parts = { op_id, observation_id: observation, lamport, kind, field, value, previous, rubric, at, elapsed_ms };
    const row = { op: operation(parts), sent: false, waiting: 1, verdict: null };
    const key = book.tx.add("operations", row);
    key.catch(() => {});
    return { row, key };
  }

  #previous(book, change) {
    const earlier = book.rows.findLast(({ row: { op } }) => op.kind === "set" && op.field === change.field);
    return (earlier?.row.op ?? this.#deciding(change))?.op_id ?? null;
  }
}
