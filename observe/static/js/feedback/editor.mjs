// The author's desk: what is done on the page becomes deeds on the lines, and the page is drawn from them.

import { part, write } from "../page.mjs";
import {
  added,
  countWords,
  find,
  joined,
  moved,
  placed,
  putInstead,
  removed,
  rested,
  reworded,
  split,
  unrested,
} from "./deeds.mjs";
import { dragging } from "./dragging.mjs";
import { linesView, nameOf, short } from "./lines_view.mjs";
import { keepingFocus } from "./moulds.mjs";
import { Steps } from "./steps.mjs";
import { trayView } from "./tray_view.mjs";
import { wordingsPanel } from "./wordings_panel.mjs";

const TEXT = "textarea, input, select";
const NARROW = "(max-width: 61.99rem)";

export class Editor {
  #given;
  #draft;
  #open = null;
  #came = null;
  #seen;
  #steps = new Steps();
  #lines;
  #tray;
  #panel;

  /**
   * `given`: draft, facts, say, language, api (of asking.mjs), changed(draft, {typed}) which keeps and sends it,
   * tell(words, shown) which says something aloud and, if asked, on the page.
   */
  constructor(given) {
    this.#given = given;
    this.#draft = given.draft;
    this.#look(given.facts, given.draft.base.lines);
    const { facts, say, language, api, tell } = given;
    this.#lines = linesView({ root: part("lines"), facts, say, language });
    this.#tray = trayView({ facts, say, ...trayParts() });
    this.#panel = wordingsPanel({ facts, say, api, tell, take: (key, wording) => this.#take(key, wording) });
    this.#listen();
    this.draw();
  }

  /** Shows a draft that came from elsewhere, or what the server found in it. */
  renew(draft, seen = null) {
    this.#draft = draft;
    if (seen) this.#look(seen, seen.lines);
    if (this.#open && !find(draft.lines, this.#open)) this.#open = null;
    this.draw();
  }

  // The server counts the words of a target as they will be told, so what is typed counts on from there.
  #look({ marks = [], changed = {}, words }, lines) {
    this.#seen = { marks, changed, more: words - countWords(lines) };
  }

  draw() {
    const seen = { open: this.#open, ...this.#seen };
    keepingFocus(() => {
      this.#lines.draw(this.#draft, seen);
      this.#tray.draw(this.#draft);
    });
    this.#drawCount();
    this.#drawUndo();
  }

  #drawCount() {
    const { say } = this.#given;
    const n = Math.max(0, countWords(this.#draft.lines) + (this.#seen.more || 0));
    const words = say("words", { n });
    write(part("words"), n <= 350 ? say("fits", { words }) : words);
  }

  #drawUndo() {
    const { last } = this.#steps;
    part("undo-row").hidden = !last;
    write(part("undo").querySelector("span"), last ? this.#given.say("undo", { what: last }) : "");
  }

  get #now() {
    return this.#draft.lines;
  }

  #line = (key) => find(this.#now, key);
  #name = (key) => nameOf(this.#line(key), this.#now, { ...this.#given.facts, say: this.#given.say });

  // Keys that were ever in use are not given again, so that a comment never lands on another line.
  get #taken() {
    return [...this.#now, ...this.#draft.base.lines, ...this.#given.facts.comments.map(({ line }) => ({ key: line }))];
  }

  /** Carries out a deed under its name; what is said of it aloud. False where there was nothing to do. */
  #did(deed, result, aloud, values = {}) {
    if (!result) return false;
    const { say, tell } = this.#given;
    this.#put({ lines: this.#steps.did(say(deed, values), result) });
    if (aloud) tell(aloud);
    return true;
  }

  #put(change, how = {}) {
    this.#draft = { ...this.#draft, ...change };
    this.#given.changed(this.#draft, how);
    if (!how.typed) this.draw();
  }

  undo() {
    const step = this.#steps.undo(this.#now);
    if (!step) return this.#given.tell(this.#given.say("nothing"));
    this.#put({ lines: step.lines });
    if (!this.#steps.last) part("main").focus({ preventScroll: true });
    return this.#given.tell(this.#given.say("undone", { what: step.name }));
  }

  // What one does on the paper.

  open(key, { focus = true } = {}) {
    this.#open = key;
    this.draw();
    const field = this.#lines.box(key)?.querySelector("[data-word]");
    if (!focus || !field) return null;
    field.focus({ preventScroll: true });
    field.setSelectionRange?.(field.value.length, field.value.length);
    this.#lines.box(key).scrollIntoView({ block: "nearest" });
    if (part("into") && this.#line(key).part !== "opening") part("into").value = key;
    return field;
  }

  #close() {
    const key = this.#open;
    this.#open = null;
    this.draw();
    this.#lines.box(key)?.querySelector("[data-do=open]").focus({ preventScroll: true });
  }

  #acts = {
    open: (key) => this.open(key),
    done: () => this.#close(),
    up: (key) => this.#move(key, -1),
    down: (key) => this.#move(key, 1),
    remove: (key) => this.#remove(key),
    evidence: (key) => this.toTray(key),
    wordings: (key, button) => this.#wordings(key, button),
    phrase: (key) => this.#panel.keep(this.#lines.box(key), this.#line(key)),
    drop: (key, { dataset }) => this.#drop(key, dataset.note),
    theirs: (key) => this.#settle(key, true),
    mine: (key) => this.#settle(key, false),
    split: (key) => this.#split(key),
    join: (key) => this.#join(key),
  };

  #move(key, steps) {
    if (!this.#did("moved", moved(this.#now, key, steps))) return;
    this.#tellPlace(key);
  }

  #tellPlace(key) {
    const same = this.#now.filter((line) => line.part === this.#line(key).part);
    const [n, all] = [same.indexOf(this.#line(key)) + 1, same.length];
    this.#given.tell(this.#given.say("now_at", { line: short(this.#line(key).text, 40), n, all }));
  }

  #remove(key) {
    const { say } = this.#given;
    if (this.#did("removed", removed(this.#now, key), say("done_removed"))) part("undo").focus({ preventScroll: true });
  }

  #drop(key, note) {
    if (!this.#did("unrested", unrested(this.#now, key, note), this.#given.say("done_unrested"))) return;
    this.#lines.box(key)?.querySelector("[data-word], [data-do=open]").focus({ preventScroll: true });
  }

  #wordings(key, button) {
    const box = this.#lines.box(key);
    if (button.getAttribute("aria-expanded") === "true") return this.#panel.close(box, "wordings");
    button.setAttribute("aria-expanded", "true");
    return this.#panel.open(box, this.#line(key));
  }

  #take(key, { id, text, plan }) {
    const words = this.#line(key).plan ? { plan: plan ? { try: plan.try, when: plan.when, see: plan.see } : { try: text } } : { text };
    if (id) this.#draft = { ...this.#draft, used: [...this.#draft.used, id] };
    this.#did("reworded", reworded(this.#now, key, words), this.#given.say("done_reworded"));
    this.#panel.close(this.#lines.box(key), "wordings");
  }

  #settle(key, theirs) {
    const { [key]: other, ...others } = this.#draft.others;
    this.#draft = { ...this.#draft, others };
    const took = theirs && this.#did("reworded", reworded(this.#now, key, other), this.#given.say("done_reworded"));
    if (!took) this.#put({});
    this.#lines.box(key)?.querySelector("[data-do=open]").focus({ preventScroll: true });
  }

  #split(key) {
    const at = this.#lines.box(key).querySelector("[data-word=text]").selectionStart;
    const parted = split(this.#now, key, at, this.#taken);
    if (this.#did("split", parted, this.#given.say("done_split"))) this.open(parted.made);
    else this.#given.tell(this.#given.say("cannot_split"), true);
  }

  #join(key) {
    const same = this.#now.filter((line) => line.part === this.#line(key).part);
    const first = same[same.indexOf(this.#line(key)) - 1];
    if (this.#did("joined", joined(this.#now, key), this.#given.say("done_joined"))) this.open(first.key);
  }

  add(name) {
    const result = added(this.#now, name, {}, this.#taken);
    if (this.#did("added", result)) this.open(result.made);
  }

  // What one does with evidence and with what was found.

  use(note, key) {
    const { facts, say, tell } = this.#given;
    if (!this.#line(key)) return;
    const criterion = facts.notes.find(({ id }) => id === note)?.criteria[0]?.[0] ?? null;
    const line = this.#name(key);
    if (!this.#did("rested", rested(this.#now, key, note, criterion), say("added_to", { line })))
      tell(say("has_it", { line }), true);
  }

  /** To the evidence that a line could rest on, and how to come back from there. */
  toTray(key) {
    const { criterion, part: where } = this.#line(key);
    this.#came = key;
    if (where !== "opening") part("into").value = key;
    this.#tray.show(this.#given.facts.notes.some((note) => note.criteria.some(([one]) => one === criterion)) ? criterion : "unused");
    this.#tray.draw(this.#draft);
    part("tray-back").hidden = !matchMedia(NARROW).matches;
    part("tray-card").scrollIntoView({ block: "start" });
    part("tray").focus({ preventScroll: true });
  }

  #back() {
    part("tray-back").hidden = true;
    if (this.#line(this.#came)) this.open(this.#came);
  }

  #see(note) {
    this.#tray.show("all");
    this.#tray.draw(this.#draft);
    this.#tray.row(note).scrollIntoView({ block: "nearest" });
    this.#tray.row(note).focus({ preventScroll: true });
  }

  #fixes = {
    instead: ({ line, quote, instead, start }) =>
      this.#did("instead", putInstead(this.#now, line, quote, instead, start ? Number(start) : null), this.#given.say("done_reworded"), { instead }),
    aside: ({ kind, quote }) => this.#aside("aside", "again", [kind, quote]),
    again: ({ kind, quote }) => this.#aside("again", "aside", [kind, quote]),
    remove: ({ line }) => this.#remove(line),
    find: ({ line }) => this.toTray(line),
    add: ({ part: name }) => this.add(name),
    date: ({ line }) => (this.open(line), part(`due-${line}`)?.focus()),
    rewrite: ({ line, quote }) => this.#select(this.open(line), quote),
  };

  #aside(to, from, finding) {
    const other = ([kind, quote]) => kind !== finding[0] || quote !== finding[1];
    this.#put({ [to]: [...this.#draft[to].filter(other), finding], [from]: this.#draft[from].filter(other) });
  }

  #select(field, quote) {
    const at = field?.value.indexOf(quote.replace(/ …$/, "")) ?? -1;
    if (at >= 0) field.setSelectionRange?.(at, at + quote.replace(/ …$/, "").length);
  }

  #listen() {
    const lines = part("lines");
    lines.addEventListener("click", (event) => this.#clicked(event));
    lines.addEventListener("input", ({ target }) => this.#typed(target));
    lines.addEventListener("keydown", (event) => this.#keyed(event));
    part("tray-card").addEventListener("click", ({ target }) => this.#inTray(target));
    part("about").addEventListener("change", () => this.#tray.draw(this.#draft));
    part("checks-card").addEventListener("click", (event) => this.#fix(event));
    part("undo").addEventListener("click", () => this.undo());
    document.addEventListener("keydown", (event) => this.#undoKey(event));
    for (const root of [lines, part("tray-notes")]) this.#drags(root);
  }

  #clicked(event) {
    const { target } = event;
    const [button, told, link] = ["[data-do]", "[data-told], [data-plan]", "[data-see]"].map((each) => target.closest(each));
    const key = target.closest("[data-line]")?.dataset.line;
    if (button?.dataset.do === "add") this.add(button.dataset.part);
    else if (button && key) this.#acts[button.dataset.do]?.(key, button);
    else if (link) (event.preventDefault(), this.#see(link.dataset.see));
    else if (told && key && key !== this.#open && !getSelection()?.toString()) this.open(key);
  }

  #typed(field) {
    const [key, name] = [field.closest("[data-line]")?.dataset.line, field.dataset.word];
    if (!key || !name) return;
    const value = name === "due" ? field.value || null : field.value;
    const change = (line) => (name === "text" ? { ...line, text: value } : { ...line, plan: { ...line.plan, [name]: value } });
    this.#put({ lines: this.#now.map((line) => (line.key === key ? change(line) : line)) }, { typed: true });
    this.#lines.told(this.#line(key), { open: this.#open === key, marks: this.#seen.marks });
    this.#drawCount();
  }

  #keyed(event) {
    const key = event.target.closest("[data-line]")?.dataset.line;
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (key && way && event.altKey) (event.preventDefault(), this.#move(key, way));
    if (key && event.key === "Escape" && key === this.#open) (event.preventDefault(), this.#close());
  }

  #undoKey(event) {
    const meant = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!meant || event.target.matches?.(TEXT)) return;
    event.preventDefault();
    this.undo();
  }

  #inTray(target) {
    if (target.closest("[data-back]")) this.#back();
    const note = target.closest("[data-do=use]") && target.closest("[data-note]")?.dataset.note;
    if (note) this.use(note, part("into").value);
  }

  #fix(event) {
    const button = event.target.closest("[data-fix], [data-go]");
    if (!button) return;
    event.preventDefault();
    const { fix, go, ...about } = button.dataset;
    if (go) return this.open(go);
    if (about.line && !this.#line(about.line)) return null;
    if (["instead", "aside", "again", "remove"].includes(fix)) button.closest("li").hidden = true;
    return this.#fixes[fix](about);
  }

  #drags(root) {
    dragging({
      root,
      what: (element) => this.#dragged(element),
      over: (dragged, element, y) => this.#over(dragged, element, y),
      drop: (dragged) => this.#landed(dragged),
      end: () => unmark(),
    });
  }

  #dragged(element) {
    const note = element.closest("[data-note]")?.dataset.note;
    const key = element.closest("[data-line]")?.dataset.line;
    if (note) return { note, words: short(this.#given.facts.notes.find(({ id }) => id === note)?.text ?? "", 60) };
    const line = element.closest("[data-grip]") && this.#line(key);
    return line ? { key, part: line.part, words: short(line.plan?.try || line.text || this.#given.say("empty"), 60) } : null;
  }

  #over(dragged, element, y) {
    unmark();
    const box = element.closest("#lines [data-line]");
    const line = box && this.#line(box.dataset.line);
    if (!line || (dragged.note ? line.part === "opening" : line.part !== dragged.part)) return false;
    if (dragged.note) return (dragged.into = line.key), box.classList.add("is-target-of-drag"), true;
    const { top, height } = box.getBoundingClientRect();
    const after = y > top + height / 2;
    Object.assign(dragged, { beside: line.key, after });
    box.classList.add(after ? "drop-after" : "drop-before");
    return true;
  }

  #landed({ note, into, key, beside, after }) {
    if (note) return this.use(note, into);
    const same = this.#now.filter((line) => line.part === this.#line(key).part && line.key !== key);
    const place = same.findIndex((line) => line.key === beside);
    if (place < 0) return null;
    if (this.#did("moved", placed(this.#now, key, place + (after ? 1 : 0)))) this.#tellPlace(key);
    return null;
  }
}

function unmark() {
  for (const name of ["is-target-of-drag", "drop-before", "drop-after"])
    for (const box of document.querySelectorAll(`.${name}`)) box.classList.remove(name);
}

const trayParts = () => ({
  list: part("tray-notes"),
  count: part("tray-count"),
  heading: part("tray"),
  filter: part("about"),
  into: part("into"),
});
