// Changing one line in its place: its words, what one tells about it, cutting, joining and deleting it.

import { write } from "../page.mjs";
import { LineField } from "./line_field.mjs";
import { apart, field, idsBehind, join, noteFrom, split } from "./notes.mjs";
import { Tools } from "./tools.mjs";

/**
 * The form of one line. `given`: id, form, record, rubric, change, undo, say, time, shortcuts, notes (all lines), moved
 * (hears a move with its changes and where one goes on), done, words (what its button says, and above it, in the tray).
 */
export class LineForm {
  #given;
  #area;
  #field;
  #tools;

  constructor(given) {
    this.#given = given;
    this.#area = given.form.querySelector("[data-text]");
    this.#tools = this.#makeTools();
    this.#field = this.#makeField();
    this.refresh();
    given.form.addEventListener("submit", (event) => this.#done(event));
    given.form.addEventListener("keydown", (event) => this.#key(event));
    given.form.addEventListener("click", ({ target }) => this.#move(target.closest("[data-move]")?.dataset.move));
    given.form.querySelector("[data-move='join']").disabled = !this.#above;
  }

  #makeTools() {
    const { form } = this.#given;
    return new Tools({
      ...this.#given,
      root: form.querySelector("[data-tools]"),
      read: () => this.#note,
      set: (part, value) => this.#given.change((it) => it.set(field(this.#given.id, part), value)),
      back: () => (this.#given.tray ? form : this.#area).focus(),
    });
  }

  #makeField() {
    const { form, record, change, id } = this.#given;
    const text = field(id, "text");
    return new LineField({
      ...this.#given,
      area: this.#area,
      help: form.querySelector("[data-too-long]"),
      typed: (words) => change((it) => it.set(text, words, { typed: true })),
      end: () => this.#end(this.#given.done),
      kept: () => this.#note.text,
      isTooLong: () => this.#isTooLong,
      cut: (parts) => this.#cut(parts),
    });
  }

  get #isTooLong() {
    return this.#given.record.tooLong.has(field(this.#given.id, "text"));
  }

  // What was too long to be kept is still there when the line is opened again.
  get #words() {
    return this.#given.record.tooLong.get(field(this.#given.id, "text")) ?? this.#note.text;
  }

  get #note() {
    return noteFrom(this.#given.record, this.#given.id);
  }

  get #above() {
    const notes = this.#given.notes();
    return notes[notes.findIndex((each) => each.id === this.#given.id) - 1];
  }

  /** Puts the cursor at a place in the words, or to their end; on glass the keyboard comes when the words are tapped. */
  focus({ byKey = true, at = this.#area.value.length } = {}) {
    if (!byKey || this.#given.tray) return this.#given.form.focus({ preventScroll: true });
    this.#area.focus({ preventScroll: true });
    return this.#area.setSelectionRange(at, at);
  }

  /** Shows the words as the record has them. */
  refresh() {
    this.#field.put(this.#words);
    this.draw();
  }

  /** Shows what was told about the line. Words that nobody is changing here follow the record. */
  draw() {
    if (document.activeElement !== this.#area && this.#field.text !== this.#words) this.#field.put(this.#words);
    this.#tools.draw();
    if (this.#given.tray) this.#drawTray();
  }

  #drawTray() {
    const { form, say, time, left } = this.#given;
    const { text, criteria, elapsed_ms: at } = this.#note;
    const n = left();
    form.setAttribute("aria-label", `${time(at)} ${text}`);
    write(form.querySelector("[data-left]"), n ? say("lines_left", { n }) : say("tray_last"));
    write(form.querySelector("[data-done]"), say(criteria.length ? "tray_next" : "tray_skip"));
  }

  #done(event) {
    event.preventDefault();
    this.#end(this.#given.done);
  }

  // A line with more than can be kept is not closed: first one says what becomes of it.
  #end(job) {
    if (this.#isTooLong) this.#given.form.querySelector("[data-too-long] button").focus();
    else job();
  }

  #key(event) {
    if (event.isComposing || this.#tools.key(event)) return;
    if (event.key === "Escape") this.#escape(event);
    else if (this.#given.tray) this.#trayKey(event);
  }

  #escape(event) {
    event.preventDefault();
    this.#end(this.#given.tray ? this.#given.leave : this.#given.done);
  }

  // In the tray letters and digits look for a criterion: "3a", Enter, Enter.
  #trayKey(event) {
    const { form, done } = this.#given;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.target.matches("textarea, input") || !plain) return;
    if (event.key === "Enter" && event.target === form) {
      event.preventDefault();
      done();
    } else if (event.key.length === 1 && event.key !== " ") this.#tools.find();
  }

  #move(name) {
    if (name === "delete") this.#delete();
    else if (name) this.#end(() => (name === "split" ? this.#split() : this.#join()));
  }

  #delete() {
    const { id, record, moved } = this.#given;
    record.tooLong.delete(field(id, "text"));
    moved({ name: "delete", id, changes: [[field(id, "deleted"), true]] });
  }

  #split() {
    const { id, form, say, moved } = this.#given;
    const [second] = idsBehind(id, 1, this.#given.notes().map((note) => note.id));
    const changes = split(this.#note, this.#area.selectionStart, second);
    if (changes.length) return moved({ name: "split", id, changes, next: second, at: 0 });
    write(form.querySelector("[data-hint]"), say("split_where"));
    return this.#area.focus();
  }

  #join() {
    const above = this.#above;
    const at = above.text.trimEnd().length;
    const changes = join(above, this.#note);
    this.#given.moved({ name: "join", id: this.#given.id, changes, next: above.id, at });
  }

  #cut(parts) {
    const { id, notes } = this.#given;
    const ids = idsBehind(id, parts.length - 1, notes().map((note) => note.id));
    this.#given.moved({ name: "apart", id, n: parts.length, changes: apart(this.#note, parts, ids) });
  }
}
