// What the sheet shows of its record, and when that is drawn anew.

import { write } from "../page.mjs";
import { clockFace, occasionAt } from "./clock.mjs";
import { evidence, notesOf } from "./notes.mjs";
import { allow } from "./panes.mjs";
import { Ratings, coverage, rated, targets } from "./ratings.mjs";
import { banner, savingBoard, tally } from "./saving.mjs";
import { Composer, Lines } from "./scripting.mjs";
import { Finish } from "./seal.mjs";
import { undoButtons } from "./undo_buttons.mjs";

const CALM = 300;

const part = (id) => document.getElementById(id);
const aloud = (words) => write(part("did-aloud"), words);

export class Views {
  #given;
  #shown;
  #due = false;
  #calm = null;
  #current = null;
  #stretches = "";

  /** Whether a newer release of Observe waits for this sheet. */
  newer = false;

  /** `given`: main, rubric, record, clock, undo, letters, change, seal, reopen, acts, pairUrl, show (a pane), newId, say, time, later. */
  constructor(given) {
    this.#given = given;
    this.#shown = { ...this.#notes(), ...this.#criteria(), ...this.#around() };
  }

  #notes() {
    const { record } = this.#given;
    const notes = () => notesOf(record.folded);
    const lines = { list: part("notes"), empty: part("notes-empty"), only: part("untagged"), rest: part("note") };
    return {
      lines: new Lines({ ...this.#given, ...lines, template: part("note-edit"), aloud }),
      composer: new Composer({ ...this.#given, form: part("composer"), notes, ended: () => this.redraw() }),
    };
  }

  #criteria() {
    const pane = part("pane-criteria");
    const opened = (criterion) => ((this.#current = criterion), this.redraw());
    const show = (criterion) => this.#reveal(criterion);
    return {
      ratings: new Ratings({ ...this.#given, pane, opened }),
      coverage: coverage({ ...this.#given, strip: part("coverage"), show }),
      targets: targets({ ...this.#given, pane }),
      finish: new Finish({
        ...this.#given,
        section: part("seal"),
        seal: () => this.#seal(),
        show,
        filter: () => this.#filter(),
        redraw: () => this.redraw(),
      }),
    };
  }

  #around() {
    const { main, letters, rubric, clock } = this.#given;
    const saving = { root: main, line: part("saving"), aloud: part("saving-aloud"), banners: part("banners") };
    return {
      saving: savingBoard({ ...this.#given, ...saving }),
      clock: clockFace({ ...this.#given, root: part("clock"), clock, occasions: rubric.occasions }),
      undo: undoButtons({
        ...this.#given,
        buttons: { undo: part("undo"), redo: part("redo") },
        told: part("undo-told"),
        aloud,
        may: () => letters.state === "draft",
        done: () => (this.#shown.lines.refresh(), this.redraw()),
      }),
    };
  }

  /** Draws everything anew before the next frame. */
  redraw() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => this.draw());
  }

  /** While somebody types, the page is drawn now and then; what was typed is on it already. */
  redrawCalmly() {
    this.#calm ??= setTimeout(() => this.redraw(), CALM);
  }

  draw() {
    clearTimeout(this.#calm);
    this.#due = false;
    this.#calm = null;
    const { record, letters, main } = this.#given;
    const state = letters.state;
    const notes = notesOf(record.folded);
    this.#drawNotes(notes, state);
    this.#drawCriteria(notes, state);
    this.#drawSaving(notes, state);
    if (allow(main, state)) this.#entered(state);
  }

  #drawNotes(notes, state) {
    const { record, say } = this.#given;
    const { lines, late } = linesOf(record, notes);
    this.#shown.lines.draw(lines, { late, readOnly: state !== "draft" });
    this.#shown.composer.draw();
    write(part("tab-notes"), say("tab_notes", { n: notes.length }));
  }

  #drawCriteria(notes, state) {
    const { rubric, record, clock, letters, say } = this.#given;
    const { ratings, coverage: strip, finish, targets: open } = this.#shown;
    const counts = evidence(notes);
    const { all } = rated(rubric, (field) => record.value(field), clock.elapsed());
    ratings.draw(counts);
    strip.draw(counts, this.#current);
    finish.draw(state, notes, letters.pair);
    open.draw();
    write(part("tab-criteria"), all.of ? say("tab_criteria", all) : say("criteria"));
  }

  #drawSaving(notes, state) {
    const { main, record, letters } = this.#given;
    const figures = tally(record, notes);
    const refused = letters.quarantine.filter((each) => record.is(each.op.observation_id)).length;
    const about = { record, net: letters.net, figures, refused, late: record.late.length, state, newer: this.newer };
    main.dataset.net = letters.net;
    this.#shown.clock.draw();
    this.#shown.undo.draw();
    this.#shown.saving.draw(record, figures, banner(about));
  }

  #entered(state) {
    const { letters, say } = this.#given;
    write(part("to-seal"), say(state === "draft" ? "finish" : `state_${state}`));
    if (state === "sealed") letters.partner();
  }

  /** What moves with the clock. */
  tick() {
    const { letters, rubric, clock } = this.#given;
    this.#shown.clock.draw();
    if (letters.state === "draft") this.#shown.composer.draw();
    const now = ["segment", "sample", "interval"]
      .filter((kind) => rubric.criteria.some((each) => each.occasion === kind))
      .map((kind) => occasionAt(kind, rubric.occasions, clock.elapsed()))
      .join();
    if (now !== this.#stretches) this.redraw();
    this.#stretches = now;
  }

  #reveal(criterion) {
    this.#given.show("criteria");
    this.#shown.ratings.reveal(criterion);
  }

  #filter() {
    this.#given.show("notes");
    this.#shown.lines.filter(true);
  }

  #seal() {
    this.#shown.composer.end();
    this.#shown.lines.close();
    return this.#given.seal();
  }
}

/** The line being written is in the note line, not yet in the list; what came after the seal is marked in it. */
export function linesOf(record, notes) {
  const ids = new Set(notes.map((note) => note.id));
  const after = record.late.length ? notesOf(record.withLate).filter((note) => !ids.has(note.id)) : [];
  const lines = [...notes, ...after].filter((note) => note.id !== record.draft?.note);
  return {
    lines: lines.sort((one, other) => one.elapsed_ms - other.elapsed_ms),
    late: new Set(after.map((note) => note.id)),
  };
}
