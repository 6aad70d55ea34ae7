// What the sheet shows of its record, and when that is drawn anew.

import { part, write } from "../page.mjs";
import { banner } from "./banners.mjs";
import { clockFace } from "./clock.mjs";
import { closedNote } from "./closed_note.mjs";
import { coverage } from "./coverage.mjs";
import { endBoard } from "./ends.mjs";
import { Lines } from "./lines.mjs";
import { evidence, notesOf } from "./notes.mjs";
import { Occasions } from "./occasions.mjs";
import { allow, toSeal } from "./panes.mjs";
import { PartBars } from "./parts.mjs";
import { rated } from "./rating.mjs";
import { Ratings } from "./ratings.mjs";
import { bookBar } from "./samples.mjs";
import { figuresOf } from "./saving.mjs";
import { savingBoard } from "./saving_board.mjs";
import { Composer } from "./scripting.mjs";
import { Finish } from "./seal.mjs";
import { targets } from "./targets.mjs";
import { undoButtons } from "./undo_buttons.mjs";
import { withdrawal } from "./withdrawal.mjs";

const CALM = 300;

export class Views {
  #given;
  #shown;
  #due = false;
  #calm = null;
  #current = null;
  #moving = "";

  /** Whether a newer release of Observe waits for this sheet. */
  newer = false;

  /**
   * `given`: main, rubric, digest (of it), store, record, clock, undo, shortcuts, letters, change, seal, reopen, withdraw,
   * acts (what a banner's buttons do), pairUrl, show (a pane), quiet (whether nobody writes), newId, say, aloud
   * (says a sentence to those who listen), day, time, later.
   */
  constructor(given) {
    this.#given = given;
    this.#shown = { ...this.#notes(), ...this.#criteria(), ...this.#around() };
  }

  #notes() {
    const { record } = this.#given;
    const notes = () => notesOf(record.folded);
    const lines = { list: part("notes"), empty: part("notes-empty"), only: part("untagged"), rest: part("note") };
    const redraw = () => this.redraw();
    return {
      lines: new Lines({ ...this.#given, ...lines, redraw, template: part("note-edit") }),
      composer: new Composer({ ...this.#given, form: part("composer"), notes, ended: redraw }),
    };
  }

  #criteria() {
    const pane = part("pane-criteria");
    const opened = (criterion) => ((this.#current = criterion), this.redraw());
    const show = (criterion) => this.#reveal(criterion);
    const may = () => this.#may;
    const parts = new Occasions({ ...this.#given, may });
    const ratings = new Ratings({ ...this.#given, pane, parts, opened });
    const end = { section: part("seal"), seal: () => this.#seal(), filter: () => this.#filter(), show };
    const bars = this.#bars(parts, ratings, may);
    part("tab-criteria").addEventListener("click", () => bars.bring());
    return {
      ratings,
      bars,
      coverage: coverage({ ...this.#given, strip: part("coverage"), show }),
      targets: targets({ ...this.#given, pane }),
      finish: new Finish({ ...this.#given, ...end }),
    };
  }

  #bars(parts, ratings, may) {
    return new PartBars({
      ...this.#given,
      ...{ root: part("parts"), parts, may },
      show: (kind) => (this.#given.show("criteria"), ratings.show(kind)),
      forward: (kind) => ratings.forward(kind),
      redraw: () => this.redraw(),
    });
  }

  /** Where one goes by keyboard from anywhere: the criteria, the note line. */
  enter(pane) {
    this.#given.show(pane);
    if (pane === "criteria") this.#shown.ratings.enter();
    else part("note").focus();
  }

  #around() {
    const { main } = this.#given;
    const saving = { root: main, line: part("saving"), aloud: part("saving-aloud"), banners: part("banners") };
    return {
      closed: closedNote({ ...this.#given, root: part("closed"), go: (event) => toSeal(event, this.#given.show) }),
      saving: savingBoard({ ...this.#given, ...saving }),
      clock: this.#clock(),
      withdrawal: withdrawal({ ...this.#given, root: part("withdraw") }),
      ends: endBoard({ ...this.#given, root: part("ends"), may: () => this.#may }),
      undo: undoButtons({
        ...this.#given,
        buttons: { undo: part("undo"), redo: part("redo") },
        told: part("undo-told"),
        may: () => this.#may,
        done: () => (this.#shown.lines.refresh(), this.redraw()),
      }),
    };
  }

  // A scrutiny of books has their number in the place of a clock.
  #clock() {
    const { rubric } = this.#given;
    const books = part("books");
    if (books) return bookBar({ ...this.#given, root: books, may: () => this.#may });
    const prompt = () => this.#shown.bars.prompt;
    return clockFace({ ...this.#given, root: part("clock"), occasions: rubric.occasions, prompt });
  }

  get #may() {
    return this.#given.letters.state === "draft";
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
    const { ratings, bars, ends, coverage: strip, finish, targets: open } = this.#shown;
    const counts = evidence(notes);
    const { all } = rated(rubric, (field) => record.value(field), clock.observed());
    bars.draw();
    ends.draw();
    ratings.draw(counts);
    strip.draw(counts, this.#current);
    finish.draw(state, notes, letters);
    open.draw();
    write(part("tab-criteria"), bars.prompt || (all.of ? say("tab_criteria", all) : say("criteria")));
  }

  #drawSaving(notes, state) {
    const { main, record, letters } = this.#given;
    const figures = figuresOf(record, notes, Date.now());
    main.dataset.net = letters.net;
    this.#shown.clock.draw();
    this.#shown.closed.draw(state, letters.pair);
    this.#shown.undo.draw();
    this.#shown.withdrawal.draw();
    this.#shown.saving.draw(record, figures, banner(this.#about(figures, state)));
  }

  #about(figures, state) {
    const { record, letters, digest, quiet, day } = this.#given;
    const { net, refused, shut, lesson } = letters;
    const { waited, oldest } = figures;
    return {
      ...{ record, figures, net, refused, shut, state, lesson, waited },
      since: oldest === null ? "" : day(oldest),
      late: record.late.length,
      here: record.late.some((row) => row.device_seq),
      rubric: digest,
      quiet: quiet(),
      newer: this.newer,
    };
  }

  #entered(state) {
    part("to-seal").hidden = state !== "draft";
    if (state === "sealed") this.#given.letters.news();
  }

  /** What moves with the clock. */
  tick() {
    const { clock, composer, bars } = this.#shown;
    clock.draw();
    if (this.#given.letters.state === "draft") composer.draw();
    const moving = `${bars.moving} ${this.#given.quiet()}`;
    if (moving !== this.#moving) this.redraw();
    this.#moving = moving;
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
