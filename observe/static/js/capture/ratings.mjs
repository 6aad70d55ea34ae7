// The pane of criteria: what each tap, key and letter on it does to the record, and how it shows what the record holds.

import { afterCode, afterTap, asValue, byDigit, meaning, ratingField, readNumber } from "./rating.mjs";
import { CHOICE, controlOf, drawDomains, drawRow } from "./rows.mjs";

const DOUBLE_TAP = 400;
const STILL = 600;
const REST = 10000;
const TYPING = "textarea, input:not([type]), input[type='text'], input[type='search']";

/** `given`: pane, parts (the occasions), rubric, record, clock, change, say, opened (is told which criterion is open). */
export class Ratings {
  #given;
  #rows = new Map();
  #counts = new Map();
  #tapped = {};
  #stirred = -Infinity;
  #moved = -Infinity;

  constructor(given) {
    this.#given = given;
    const { pane } = given;
    for (const row of pane.querySelectorAll("[data-row]")) this.#rows.set(row.dataset.row, row);
    pane.addEventListener("click", (event) => this.#click(event));
    pane.addEventListener("change", (event) => this.#ticked(event));
    pane.addEventListener("input", (event) => this.#typed(event));
    pane.addEventListener("keydown", (event) => this.#key(event));
    pane.addEventListener("focusin", ({ target }) => this.#begin(target));
    pane.addEventListener("focusout", ({ target }) => this.#leave(target));
    for (const stir of ["pointerdown", "pointermove", "keydown", "wheel"])
      pane.addEventListener(stir, () => (this.#stirred = performance.now()), { passive: true });
  }

  #of(target) {
    const row = target.closest("[data-row]");
    const criterion = row && this.#given.rubric.criteria.find((each) => each.criterion === row.dataset.row);
    if (!criterion) return null;
    const occasion = this.#given.parts.on(criterion.occasion);
    const scale = this.#given.rubric.scales[criterion.scale];
    return { row, criterion, occasion, field: ratingField(criterion, occasion), scale };
  }

  #click({ target }) {
    const one = this.#of(target);
    if (!one) return;
    if (target.matches(CHOICE)) this.#tap(one, target);
    else if (target.closest("[data-tap]")) this.#change(one, (record) => record.tally(one.field));
    else if (target.closest("[data-untap]")) this.#change(one, (record) => record.untally(one.field));
    else if (target.closest("[data-take-back]")) this.#change(one, (record) => record.set(one.field, null));
    else if (target.closest(".criterion-name")) this.toggle(one.row);
  }

  #change({ criterion }, job) {
    this.#given.parts.touched(criterion.occasion);
    this.#given.change(job);
  }

  #tap(one, input) {
    if (this.#isSlip(one.field, input.value)) return this.draw();
    this.#choose(one, asValue(input.value, one.scale.type));
  }

  #choose(one, chosen) {
    if (chosen === undefined) return;
    const { field, scale, row, criterion } = one;
    const current = this.#given.record.value(field);
    const codes = scale.type === "codes" && (scale.order ?? Object.keys(scale.codes));
    const value = codes ? afterCode(current, chosen, codes) : afterTap(current, chosen);
    this.#change(one, (record) => record.set(field, value));
    // What is coded again and again stays as it is; a level shows what it means.
    if (criterion.occasion !== "interval" && row.querySelector(".descriptor")) this.open(row);
  }

  // A shaky double tap chooses; it does not choose and take back. A tap at what has just moved was meant for another.
  #isSlip(field, value) {
    const now = performance.now();
    const tapped = this.#tapped;
    this.#tapped = { field, value, at: now };
    const again = tapped.field === field && tapped.value === value && now - tapped.at < DOUBLE_TAP;
    return again || now - this.#moved < STILL;
  }

  #ticked({ target }) {
    const one = target.dataset.lookfor && this.#of(target);
    if (!one) return;
    const { criterion, occasion } = one;
    const field = `lookfor/${criterion.criterion}/${target.dataset.lookfor}/${occasion}`;
    this.#change(one, (record) => record.set(field, target.checked));
  }

  // What is typed belongs to the part of the lesson in which it was begun, also when the clock goes on meanwhile.
  #begin(target) {
    if (target.dataset.typed) target.dataset.field = this.#of(target).field;
  }

  #leave(target) {
    if (!target.dataset.typed) return;
    delete target.dataset.field;
    this.draw();
  }

  #typed({ target }) {
    const one = target.dataset.typed && this.#of(target);
    if (!one) return;
    const value = target.dataset.typed === "number" ? readNumber(target.value) : target.value || null;
    const wrong = one.row.querySelector("[data-wrong]");
    if (wrong) wrong.hidden = value !== undefined;
    const field = target.dataset.field ?? one.field;
    if (value !== undefined) this.#change(one, (record) => record.set(field, value, { typed: true }));
  }

  // A single letter or digit does something only in this pane, and never while somebody types.
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches(TYPING)) return;
    const own = this.#of(event.target);
    const one = own ?? (this.#open && this.#of(this.#open));
    const { does, digit, step } = meaning(event.key);
    if (step) this.#step(one?.row, step);
    else if (own && does === "take back") this.#takeBack(own);
    else if (one && digit !== undefined) this.#choose(one, byDigit(digit, one.scale));
    else return;
    event.preventDefault();
  }

  get #open() {
    return [...this.#rows.values()].find((row) => row.classList.contains("is-open"));
  }

  #takeBack(one) {
    const counted = one.scale.type === "count";
    this.#change(one, (record) => (counted ? record.untally(one.field) : record.set(one.field, null)));
  }

  #step(row, step) {
    const rows = [...this.#rows.values()];
    const next = rows[row ? rows.indexOf(row) + step : 0];
    if (next) this.#enter(next);
  }

  /** Puts the keyboard on a criterion: the one that is open, or the first. */
  enter() {
    this.#enter(this.#open ?? [...this.#rows.values()][0]);
  }

  #enter(row) {
    if (row.matches(".criterion")) this.open(row);
    controlOf(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  toggle(row) {
    if (row.classList.contains("is-open")) this.#show(null, row);
    else this.open(row);
  }

  open(row) {
    if (!row.classList.contains("is-open")) this.#show(row, row);
  }

  // One criterion is open at a time, and the row under the thumb stays where it is when another folds.
  #show(chosen, still) {
    const before = still.getBoundingClientRect().top;
    for (const row of this.#rows.values()) fold(row, row === chosen);
    const scroller = scrollerOf(still);
    const moved = still.getBoundingClientRect().top - before;
    if (scroller) scroller.scrollTop += moved;
    else window.scrollBy(0, moved);
    this.#given.opened(chosen?.dataset.row ?? null);
  }

  /** Shows a criterion that was asked for elsewhere on the page. */
  reveal(criterion) {
    const row = this.#rows.get(criterion);
    if (row.matches(".criterion")) this.open(row);
    row.scrollIntoView({ block: "start" });
    (row.querySelector(".criterion-name") ?? row.querySelector("button")).focus({ preventScroll: true });
  }

  /** Brings the criteria of a kind to the top, those that lack a rating first. */
  show(kind) {
    const rows = this.#ofKind(kind);
    (rows.find((row) => row.classList.contains("is-due")) ?? rows[0])?.scrollIntoView({ block: "start" });
  }

  /** Does so by itself where they are out of sight and nobody is at this pane; then nothing moves under a thumb. */
  forward(kind) {
    const { pane } = this.#given;
    const types = pane.contains(document.activeElement) && document.activeElement.matches(TYPING);
    const rests = performance.now() - this.#stirred > REST && !types;
    const [first] = this.#ofKind(kind);
    if (!rests || !first || isInView(first)) return;
    this.#moved = performance.now();
    this.show(kind);
  }

  #ofKind(kind) {
    return [...this.#rows.values()].filter((row) => this.#of(row).criterion.occasion === kind);
  }

  /** Shows everything as the record has it. */
  draw(counts = this.#counts) {
    this.#counts = counts;
    for (const row of this.#rows.values()) drawRow(this.#of(row), { ...this.#given, counts });
    drawDomains(this.#given);
  }
}

// The pane's own scroller, or null where the whole page scrolls.
function scrollerOf(row) {
  const scroller = row.closest(".pane-scroll");
  return scroller && scroller.scrollHeight > scroller.clientHeight ? scroller : null;
}

// Behind the other tab nothing is brought into view: the tab says what is due, and leads there.
function isInView(row) {
  if (!row.getClientRects().length) return true;
  const frame = scrollerOf(row)?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  const { top, bottom } = row.getBoundingClientRect();
  return top >= frame.top && bottom <= frame.bottom;
}

function fold(row, isOpen) {
  row.classList.toggle("is-open", isOpen);
  row.querySelector(".criterion-name")?.setAttribute("aria-expanded", String(isOpen));
  const more = row.querySelector(".criterion-more");
  if (more) more.hidden = !isOpen;
}
