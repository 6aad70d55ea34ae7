// The pane of notes: the line being written, the lines so far, and changing one of them in its place.

import { make, write } from "../page.mjs";
import { blankNote, field, join, noteFrom, split, untagged } from "./notes.mjs";
import { Tools } from "./tools.mjs";

const NEAR_END = 80;

/** The line being written. `given`: form, rubric, record, clock, change, newId, say, time, shortcuts, notes, ended. */
export class Composer {
  #given;
  #area;
  #tools;
  #shifted = false;

  constructor(given) {
    this.#given = given;
    this.#area = given.form.querySelector("textarea");
    const root = given.form.querySelector("[data-tools]");
    this.#tools = new Tools({
      ...given,
      root,
      read: () => this.note,
      set: (part, value) => this.#set(part, value),
      back: () => this.#area.focus(),
    });
    given.form.addEventListener("submit", (event) => this.#submit(event));
    given.form.addEventListener("keydown", (event) => this.#key(event));
    given.shortcuts.watch(this.#area);
    this.#area.addEventListener("input", () => this.#typed());
    this.#area.addEventListener("beforeinput", (event) => this.#breaks(event));
    this.#area.value = this.note.text;
    this.draw();
  }

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
  #typed() {
    const id = this.#begin();
    const { clock, change } = this.#given;
    change((record) => {
      if (record.value(field(id, "elapsed_ms")) === null) record.set(field(id, "elapsed_ms"), clock.elapsed());
      record.set(field(id, "text"), this.#area.value.trim() && this.#area.value, { typed: true });
    });
  }

  #submit(event) {
    event.preventDefault();
    this.end();
  }

  /** Ends the line; what was not written stays open. */
  end() {
    const { record, change } = this.#given;
    const text = this.#area.value.trim();
    this.#area.focus();
    if (!text || !record.draft) return;
    const { note } = record.draft;
    if (text !== this.#area.value) change((it) => it.set(field(note, "text"), text, { typed: true }));
    if (record.tooLong.has(field(note, "text"))) return;
    this.#area.value = "";
    record.keepDraft(null);
    this.#given.undo.ended(note);
    this.#tools.fresh();
    this.#given.ended();
  }

  #key(event) {
    this.#shifted = event.shiftKey;
    const enters = event.key === "Enter" && (event.target === this.#area || event.ctrlKey || event.metaKey);
    if (enters && !event.shiftKey && !event.isComposing) this.#submit(event);
    else if (event.altKey && ALT[event.code]) this.#press(event, ALT[event.code]);
    else if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") this.#search(event);
  }

  // Keyboards on glass send a break without a key.
  #breaks(event) {
    if (!["insertLineBreak", "insertParagraph"].includes(event.inputType) || this.#shifted || event.isComposing) return;
    this.#submit(event);
  }

  #press(event, [part, value]) {
    event.preventDefault();
    this.#tools.press(part, value);
  }

  #search(event) {
    event.preventDefault();
    this.#tools.another(true);
  }

  draw() {
    const { note } = this;
    const { form, time, clock } = this.#given;
    write(form.querySelector("time"), time(note.text ? note.elapsed_ms : clock.elapsed()));
    this.#tools.draw();
  }
}

const ALT = {
  KeyT: ["speaker", "T"],
  KeyP: ["speaker", "P"],
  Equal: ["mark", "+"],
  NumpadAdd: ["mark", "+"],
  Minus: ["mark", "-"],
  NumpadSubtract: ["mark", "-"],
};

/** The lines so far. `given`: pane, list, empty, only (button), template, rubric, record, change, aloud, rest (gets the focus where no line can), newId, say, time, shortcuts. */
export class Lines {
  #given;
  #items = new Map();
  #editing = null;
  #onlyUntagged = false;
  #looks = {};
  #notes = [];

  constructor(given) {
    this.#given = given;
    given.list.addEventListener(
      "click",
      ({ target }) => target.closest(".note-open") && this.edit(target.closest("[data-note]").dataset.note),
    );
    given.only.addEventListener("click", () => this.filter(!this.#onlyUntagged));
  }

  /** Shows these lines; those that came after the seal are marked. */
  draw(notes, looks = {}) {
    const { late = new Set(), readOnly = false } = looks;
    const atEnd = this.#atEnd();
    this.#notes = notes;
    this.#looks = looks;
    for (const [id, item] of this.#items)
      if (this.#editing?.id !== id && !notes.some((note) => note.id === id)) this.#drop(id, item);
    notes.forEach((note, place) => this.#place(note, place, late.has(note.id), readOnly));
    this.#drawFilter();
    this.#given.empty.hidden = notes.length > 0;
    if (atEnd && !this.#editing) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  get #scroller() {
    return this.#given.list.closest(".pane-scroll");
  }

  #atEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #drop(id, item) {
    item.remove();
    this.#items.delete(id);
  }

  #place(note, place, late, readOnly) {
    const item = this.#items.get(note.id) ?? make("li", { className: "note", data: { note: note.id } });
    this.#items.set(note.id, item);
    const { list } = this.#given;
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
    const looks = JSON.stringify([note, late, readOnly, this.#given.time(note.elapsed_ms)]);
    if (this.#editing?.id === note.id || item.looks === looks) return;
    item.looks = looks;
    item.replaceChildren(
      readOnly
        ? make("div", { className: "note-open" }, ...this.#words(note, late))
        : make("button", { className: "note-open", type: "button" }, ...this.#words(note, late)),
    );
  }

  #words(note, late) {
    const { say, time, rubric } = this.#given;
    const spoke =
      note.speaker &&
      make(
        "span",
        { className: "speaker" },
        make("span", { "aria-hidden": "true" }, say(`speaker_${note.speaker}`)),
        make("span", { className: "sr" }, say(`spoke_${note.speaker}`)),
      );
    const criteria = rubric.criteria.filter((each) => note.criteria.includes(each.criterion));
    const meta = [
      late && make("span", { className: "tag tag-warn" }, say("late")),
      note.mark &&
        make(
          "span",
          { className: `sign sign-${note.mark === "+" ? "plus" : "minus"}` },
          say(note.mark === "+" ? "helped" : "hindered"),
        ),
      note.private && make("span", { className: "tag" }, say("private")),
      ...criteria.map((each) => make("span", {}, make("b", {}, each.code), ` ${each.title}`)),
      !criteria.length && make("span", { className: "untagged" }, say("no_criterion")),
    ].filter(Boolean);
    const words = make(
      "span",
      { className: "note-words" },
      make("span", { className: "note-text" }, ...[spoke, note.text].filter(Boolean)),
      make("span", { className: "note-meta" }, ...meta),
    );
    return [make("time", {}, time(note.elapsed_ms)), words];
  }

  /** Shows only lines without a criterion, and opens the first of them. */
  filter(on) {
    this.#onlyUntagged = on;
    this.close();
    this.#drawFilter();
    const [first] = untagged(this.#notes);
    if (on && first) this.edit(first.id);
  }

  #drawFilter() {
    const left = this.#looks.readOnly ? [] : untagged(this.#notes);
    const { only, say } = this.#given;
    if (!left.length && !this.#editing) this.#onlyUntagged = false;
    only.hidden = !left.length && !this.#onlyUntagged;
    only.setAttribute("aria-pressed", String(this.#onlyUntagged));
    write(only, this.#onlyUntagged ? say("all_lines") : say("without_criterion", { n: left.length }));
    for (const [id, item] of this.#items)
      item.hidden = this.#onlyUntagged && this.#editing?.id !== id && !left.some((note) => note.id === id);
  }

  edit(id) {
    this.close();
    const item = this.#items.get(id);
    const form = this.#given.template.content.firstElementChild.cloneNode(true);
    item.replaceChildren(form);
    this.#editing = { id, item, form, area: form.querySelector("[data-text]") };
    this.#bind(this.#editing);
    form.scrollIntoView({ block: "nearest" });
  }

  #bind({ id, form, area }) {
    const { record, change } = this.#given;
    area.value = noteFrom(record, id).text;
    const set = (part, value) => change((it) => it.set(field(id, part), value));
    this.#editing.tools = new Tools({
      ...this.#given,
      root: form.querySelector("[data-tools]"),
      read: () => noteFrom(record, id),
      set,
      back: () => area.focus(),
      notes: () => this.#notes,
    });
    this.#given.shortcuts.watch(area);
    area.addEventListener("input", () => change((it) => it.set(field(id, "text"), area.value, { typed: true })));
    form.addEventListener("submit", (event) => this.#done(event));
    form.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("click", ({ target }) => this.#move(target.closest("[data-move]")?.dataset.move));
    form.querySelector("[data-move='join']").disabled = this.#notes[0]?.id === id;
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  #key(event) {
    const ends = event.key === "Enter" && !event.shiftKey && event.target.matches("[data-text]");
    if (!event.isComposing && (ends || event.key === "Escape")) this.#done(event);
  }

  #done(event) {
    event.preventDefault();
    const { id } = this.#editing;
    this.close();
    if (this.#onlyUntagged) return this.filter(true);
    this.#items.get(id)?.querySelector("button")?.focus();
  }

  #move(name) {
    if (!["split", "join", "delete"].includes(name)) return;
    const { id, area } = this.#editing;
    const note = noteFrom(this.#given.record, id);
    const above = this.#notes[this.#notes.findIndex((each) => each.id === id) - 1];
    const changes = {
      split: () => split(note, area.selectionStart, this.#given.newId()),
      join: () => join(above, note),
      delete: () => [[field(id, "deleted"), true]],
    }[name]();
    if (!changes.length) return this.#hint("split_where");
    this.close();
    this.#given.change((it) => changes.forEach(([part, value]) => it.set(part, value)));
    this.#given.aloud(this.#given.say(`did_${name}`));
    this.#focus(name === "split" ? id : (above?.id ?? this.#notes[0]?.id));
  }

  // Where one goes on after a line was cut, joined or deleted; never nowhere.
  #focus(id) {
    const next = this.#items.get(id)?.querySelector("button") ?? this.#given.rest;
    next.focus();
  }

  #hint(key) {
    write(this.#editing.form.querySelector("[data-hint]"), this.#given.say(key));
    this.#editing.area.focus();
  }

  /** Shows in the line that is being changed what was taken back. */
  refresh() {
    if (this.#editing) this.#editing.area.value = noteFrom(this.#given.record, this.#editing.id).text;
  }

  /** Folds the line that is being changed. */
  close() {
    if (!this.#editing) return;
    const { item } = this.#editing;
    this.#editing = null;
    item.looks = null;
    this.draw(this.#notes, this.#looks);
  }
}
