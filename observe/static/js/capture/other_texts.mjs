// Where a second tablet wrote other words in a line: they stand folded under it, and either text can be taken.

import { conflicts } from "../conflicts.mjs";
import { make } from "../page.mjs";
import { field } from "./notes.mjs";

const TEXT = /^note\/.+\/text$/;

export class OtherTexts {
  #given;
  #settled = new Set();
  #ways = new Map();
  #seen = 0;
  #found = new Map();
  #forked = false;

  /** `given`: record, store, change, say, redraw. */
  constructor(given) {
    this.#given = given;
    this.#open();
  }

  get #key() {
    return `settled/${this.#given.record.observation}`;
  }

  async #open() {
    const kept = await this.#given.store.transact("readonly", (tx) => tx.get("kept", this.#key)).catch(() => null);
    if (!kept?.length) return;
    this.#settled = new Set(kept);
    this.#seen = 0;
    this.#given.redraw();
  }

  /** The other texts of each line, by its id; looked for only when operations came. */
  all() {
    const { rows } = this.#given.record;
    if (rows.size === this.#seen) return this.#found;
    this.#look(rows);
    this.#seen = rows.size;
    if (this.#forked) this.#found = this.#conflicts(rows);
    return this.#found;
  }

  #look(rows) {
    let place = 0;
    for (const { op } of rows.values()) if ((place += 1) > this.#seen && TEXT.test(op.field)) this.#follow(op);
  }

  // Two operations that follow the same one: only then is there anything to look for.
  #follow(op) {
    const way = `${op.field} ${op.previous}`;
    this.#forked ||= this.#ways.has(way) && this.#ways.get(way) !== op.op_id;
    this.#ways.set(way, op.op_id);
  }

  #conflicts(rows) {
    const texts = [...rows.values()].filter((row) => TEXT.test(row.op.field));
    const found = conflicts(texts, this.#settled).map((each) => [each.field.split("/")[1], worded(each.others)]);
    return new Map(found.filter(([, others]) => others.length));
  }

  /** The other texts of a line as they stand under it; nothing where there are none. */
  view(id, readOnly) {
    return (this.#found.get(id) ?? []).map((op) => this.#other(id, op, readOnly));
  }

  #other(id, op, readOnly) {
    const { say } = this.#given;
    const take = () => this.#take(id, op);
    const keep = () => this.#settle(op);
    const buttons = readOnly ? [] : [button(say("take_other"), take), button(say("keep_this"), keep)];
    return make(
      "details",
      { className: "note-other" },
      make("summary", {}, say("other_text")),
      make("p", {}, op.value),
      make("div", { className: "row" }, ...buttons),
    );
  }

  #take(id, op) {
    this.#given.change((it) => {
      it.called("take", id);
      it.set(field(id, "text"), op.value);
    });
    this.#settle(op);
  }

  // Both texts stay in the log; this tablet only stops asking.
  #settle(op) {
    this.#settled.add(op.op_id);
    this.#seen = 0;
    const kept = [...this.#settled];
    this.#given.store.transact("readwrite", (tx) => void tx.put("kept", kept, this.#key)).catch(() => {});
    this.#given.redraw();
  }
}

const worded = (ops) => ops.filter((op) => typeof op.value === "string" && op.value.trim());

const button = (words, onclick) =>
  make("button", { type: "button", className: "button button-small button-quiet", onclick }, words);
