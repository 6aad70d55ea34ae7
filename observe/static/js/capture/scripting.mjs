// The note line: the line being written, from its first letter to its end.

import { write } from "../page.mjs";
import { LineField } from "./line_field.mjs";
import { apart, blankNote, field, idsBehind, noteFrom } from "./notes.mjs";
import { Tools } from "./tools.mjs";

/** The line being written. `given`: form, rubric, record, clock, change, undo, newId, say, time, shortcuts, notes, ended, aloud. */
export class Composer {
  #given;
  #area;
  #field;
  #tools;

  constructor(given) {
    this.#given = given;
    this.#area = given.form.querySelector("textarea");
    this.#tools = this.#makeTools();
    this.#field = this.#makeField();
    given.form.addEventListener("submit", (event) => this.#submit(event));
    given.form.addEventListener("keydown", (event) => this.#key(event));
    this.#field.put(this.note.text);
    this.draw();
  }

  #makeTools() {
    return new Tools({
      ...this.#given,
      root: this.#given.form.querySelector("[data-tools]"),
      read: () => this.note,
      set: (part, value) => this.#set(part, value),
      back: () => this.#area.focus(),
    });
  }

  #makeField() {
    const { form, record } = this.#given;
    return new LineField({
      ...this.#given,
      area: this.#area,
      help: form.querySelector("[data-too-long]"),
      typed: (text) => this.#typed(text),
      end: () => this.#goOn(),
      kept: () => this.note.text,
      isTooLong: () => Boolean(record.draft) && record.tooLong.has(field(record.draft.note, "text")),
      cut: (parts) => this.#cut(parts),
    });
  }

  /** The line as it stands; a blank one before the first letter. */
  get note() {
    const { record } = this.#given;
    return record.draft ? noteFrom(record, record.draft.note) : blankNote(null);
  }

  #begin() {
    const { record, newId } = this.#given;
    record.draft ??= { note: newId() };
    return record.draft.note;
  }

  #set(part, value) {
    const id = this.#begin();
    this.#given.change((record) => record.set(field(id, part), value));
  }

  // The first keystroke gives the line its time.
  #typed(text) {
    const id = this.#begin();
    const { clock, change } = this.#given;
    change((record) => {
      if (record.value(field(id, "elapsed_ms")) === null) record.set(field(id, "elapsed_ms"), clock.elapsed());
      record.set(field(id, "text"), text.trim() && text, { typed: true });
    });
  }

  #submit(event) {
    event.preventDefault();
    this.#goOn();
  }

  #goOn() {
    this.end();
    this.#area.focus();
  }

  /** Ends the line; what was not written stays open. */
  end() {
    const { record, change } = this.#given;
    const written = this.#field.text;
    const text = written.trim();
    if (!text || !record.draft) return;
    const { note } = record.draft;
    if (text !== written) change((it) => it.set(field(note, "text"), text, { typed: true }));
    if (!record.tooLong.has(field(note, "text"))) this.#ended(note);
  }

  #ended(note) {
    this.#given.record.keepDraft(null);
    this.#given.undo.ended(note);
    this.#rest();
  }

  #rest() {
    this.#field.put("");
    this.#tools.fresh();
    this.#given.ended();
  }

  // A text of many lines is written as such; all of them have the time of its first letter.
  #cut(parts) {
    const { record, change, undo, say, aloud } = this.#given;
    const { note } = this;
    record.keepDraft(null);
    if (note.text) undo.ended(note.id);
    change((it) => {
      it.called("apart", note.id);
      for (const [name, value] of apart(note, parts, idsBehind(note.id, parts.length - 1))) it.set(name, value);
    });
    aloud(say("did_apart", { n: parts.length }));
    this.#rest();
    this.#area.focus();
  }

  #key(event) {
    const ends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target !== this.#area;
    if (ends && !event.isComposing) this.#submit(event);
    else this.#tools.key(event);
  }

  /** Shows the time and what was told about the line. */
  draw() {
    const { note } = this;
    const { form, time, clock } = this.#given;
    write(form.querySelector("time"), time(note.text ? note.elapsed_ms : clock.elapsed()));
    this.#tools.draw();
  }
}
