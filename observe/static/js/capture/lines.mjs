// The lines so far: drawing them, moving among them, and changing one of them in its place.

import { make, write } from "../page.mjs";
import { LineForm } from "./line_form.mjs";
import { lineView } from "./line_view.mjs";
import { field, noteFrom, untagged } from "./notes.mjs";
import { OtherTexts } from "./other_texts.mjs";
import { atEnd, placeIn } from "./place.mjs";
import { Tray } from "./tray.mjs";

/**
 * `given`: list, empty, only (opens the tray), template (of a form), rest (takes the focus where no line can), rubric,
 * record, store, clock, change, undo, shortcuts, show (a pane), say, time, aloud, redraw.
 */
export class Lines {
  #given;
  #items = new Map();
  #others;
  #tray = new Tray();
  #back = null;
  #editing = null;
  #goOn = null;
  #stop = null;
  #looks = {};
  #notes = [];
  #pointer = "mouse";

  constructor(given) {
    this.#given = given;
    const { list, only } = given;
    this.#others = new OtherTexts(given);
    list.addEventListener("pointerdown", ({ pointerType }) => (this.#pointer = pointerType), { capture: true });
    list.addEventListener("click", (event) => this.#click(event));
    list.addEventListener("keydown", (event) => event.target.matches(".note-open") && this.#key(event));
    list.addEventListener("focusin", ({ target }) => target.matches("button.note-open") && this.#stopAt(target));
    only.addEventListener("click", () => this.filter(!this.#tray.isOn));
  }

  #click(event) {
    const line = event.target.closest("button.note-open")?.closest("[data-note]");
    if (line) this.edit(line.dataset.note, { byKey: event.detail === 0 || this.#pointer === "mouse" });
  }

  /** Shows these lines; those that came after the seal are marked. */
  draw(notes, looks = {}) {
    const following = !this.#back && atEnd(this.#scroller);
    this.#notes = notes;
    this.#looks = looks;
    this.#others.all();
    this.#dropOthersThan(notes);
    this.#placeAll(notes);
    this.#continue();
    this.#editing?.form.draw();
    this.#drawTray();
    this.#stopAt(this.#stop?.isConnected ? this.#stop : this.#button(notes.at(-1)?.id));
    this.#given.empty.hidden = notes.length > 0;
    if (following && !this.#editing) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  get #scroller() {
    return this.#given.list.closest(".pane-scroll");
  }

  get #pane() {
    return this.#given.list.closest(".pane");
  }

  #button(id) {
    return this.#items.get(id)?.element.querySelector("button.note-open") ?? null;
  }

  // A line whose words were just taken out stays open; one that was deleted meanwhile does not.
  #dropOthersThan(notes) {
    const shown = new Set(notes.map((note) => note.id));
    const open = this.#editing;
    if (open && (this.#looks.readOnly || (!shown.has(open.id) && noteFrom(this.#given.record, open.id).deleted)))
      this.#leave(open.id);
    for (const [id, { element }] of this.#items) if (!shown.has(id) && this.#editing?.id !== id) this.#drop(id, element);
  }

  #drop(id, element) {
    const focused = element.contains(document.activeElement);
    const next = element.nextElementSibling ?? element.previousElementSibling;
    element.remove();
    this.#items.delete(id);
    if (focused) (next?.querySelector("button.note-open") ?? this.#given.rest).focus();
  }

  #placeAll(notes) {
    let at = this.#given.list.firstElementChild;
    for (const note of notes) {
      const item = this.#items.get(note.id) ?? this.#make(note.id);
      if (at && at === this.#editing?.element && at !== item.element) at = at.nextElementSibling;
      if (at === item.element) at = at.nextElementSibling;
      else this.#given.list.insertBefore(item.element, at);
      this.#show(item, note);
    }
  }

  #make(id) {
    const item = { element: make("li", { className: "note", data: { note: id } }), looks: null };
    this.#items.set(id, item);
    return item;
  }

  // Only a line that looks otherwise than before is made anew, and it keeps the focus.
  #show(item, note) {
    if (this.#editing?.id === note.id) return;
    const { late = new Set(), readOnly = false } = this.#looks;
    const others = this.#others.all().get(note.id) ?? [];
    const about = [late.has(note.id), readOnly, this.#given.clock.startedAt, others.map((op) => op.op_id)];
    const looks = JSON.stringify([note, about]);
    if (item.looks === looks) return;
    item.looks = looks;
    const focused = item.element.contains(document.activeElement);
    const view = lineView(note, { ...this.#given, late: late.has(note.id), readOnly });
    item.element.replaceChildren(view, ...this.#others.view(note.id, readOnly));
    if (focused) view.focus();
  }

  /** Shows what was taken back in the line that is being changed. */
  refresh() {
    this.#editing?.form.refresh();
  }

  // One line is in the way of the Tab key, not all of them; the arrows lead to the others.
  #stopAt(button) {
    if (this.#stop && this.#stop !== button) this.#stop.tabIndex = -1;
    this.#stop = button;
    if (button && button.tabIndex !== 0) button.tabIndex = 0;
  }

  #key(event) {
    const id = event.target.closest("[data-note]").dataset.note;
    const place = this.#notes.findIndex((note) => note.id === id);
    const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: this.#notes.length - 1 }[event.key];
    if (to === undefined && event.key !== "Delete") return;
    event.preventDefault();
    if (event.key === "Delete") this.#moved({ name: "delete", id, changes: [[field(id, "deleted"), true]] });
    else this.#button(this.#notes[to]?.id)?.focus();
  }

  /** Opens a line for changing, the cursor at a place or at its end. */
  edit(id, how = {}) {
    if (this.#looks.readOnly) return;
    this.close();
    const { element } = this.#items.get(id);
    const form = this.#given.template.content.firstElementChild.cloneNode(true);
    const tray = this.#tray.isOn;
    element.replaceChildren(form);
    element.classList.add("is-open");
    this.#editing = { id, element, form: this.#form(id, form, tray) };
    this.#editing.form.draw();
    this.#editing.form.focus(how);
    if (!tray) form.scrollIntoView({ block: "nearest" });
  }

  #form(id, form, tray) {
    return new LineForm({
      ...this.#given,
      ...{ id, form, tray },
      notes: () => this.#notes,
      left: () => this.#tray.left(this.#notes),
      moved: (move) => this.#moved(move),
      done: () => (this.#tray.isOn ? this.#advance(id) : this.#leave(id)),
      leave: () => this.filter(false),
    });
  }

  // Closes a line and goes back to it, or to the one that has its place now.
  #leave(id) {
    const place = this.#notes.findIndex((note) => note.id === id);
    this.close();
    const near = this.#notes[Math.min(Math.max(place, 0), this.#notes.length - 1)];
    (this.#button(id) ?? this.#button(near?.id) ?? this.#given.rest).focus();
  }

  // What is done takes a moment to be in the record; then one goes on where it says.
  #moved({ name, id, n, changes, next, at }) {
    const { change, aloud, say } = this.#given;
    const place = this.#notes.findIndex((note) => note.id === id);
    const near = this.#notes[place + 1] ?? this.#notes[place - 1];
    this.close();
    change((it) => {
      it.called(name, id);
      for (const [part, value] of changes) it.set(part, value);
    });
    aloud(say(`did_${name}`, { n }));
    this.#goOn = next ? { id: next, at } : null;
    const still = name === "delete" || name === "join" ? near?.id : id;
    if (this.#tray.isOn && name === "delete") this.#advance(id);
    else (this.#button(still) ?? this.#given.rest).focus();
  }

  #continue() {
    const { id, at } = this.#goOn ?? {};
    if (!this.#notes.some((note) => note.id === id)) return;
    this.#goOn = null;
    this.edit(id, { at, byKey: this.#pointer === "mouse" });
  }

  /** Goes through the lines without a criterion one by one, or shows all lines again. */
  filter(on) {
    this.close();
    return on ? this.#startTray() : this.#endTray();
  }

  #startTray() {
    this.#given.show("notes");
    this.#back ??= placeIn(this.#pane);
    this.#tray.start();
    this.#advance(null);
    this.#drawTray();
  }

  #endTray() {
    const { only, rest } = this.#given;
    this.#tray.stop();
    this.#drawTray();
    (only.hidden ? (this.#stop ?? rest) : only).focus({ preventScroll: true });
    this.#back?.();
    this.#back = null;
  }

  // Somebody quick goes on before the last tag is drawn, so the record itself is asked.
  #advance(from) {
    const { aloud, say, record } = this.#given;
    const notes = this.#notes.map((note) => noteFrom(record, note.id)).filter((note) => !note.deleted);
    const next = this.#tray.after(from, notes);
    if (next) return this.edit(next);
    const n = this.#tray.skipped(notes);
    aloud(n ? say("tray_skipped", { n }) : say("tray_done"));
    return this.filter(false);
  }

  #drawTray() {
    const { list, only, say } = this.#given;
    const n = this.#looks.readOnly ? 0 : untagged(this.#notes).length;
    const { isOn } = this.#tray;
    list.classList.toggle("is-tray", isOn && Boolean(this.#editing));
    const focused = document.activeElement === only;
    only.hidden = !n && !isOn;
    if (focused && only.hidden) (this.#stop ?? this.#given.rest).focus();
    only.setAttribute("aria-pressed", String(isOn));
    write(only, isOn ? say("all_lines") : say("without_criterion", { n }));
  }

  /** Folds the line that is being changed. */
  close() {
    if (!this.#editing) return;
    const { id, element } = this.#editing;
    this.#editing = null;
    element.classList.remove("is-open");
    this.#given.undo.rest();
    const item = this.#items.get(id);
    const note = this.#notes.find((each) => each.id === id);
    item.looks = null;
    if (!note) return this.#drop(id, element);
    this.#show(item, noteFrom(this.#given.record, id));
    return this.#stopAt(this.#button(id));
  }
}
