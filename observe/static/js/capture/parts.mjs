// The bars that say which part of the lesson is on show, for each kind that a rubric rates apart.

import { write } from "../page.mjs";
import { kindOf, stretchOf } from "./clock.mjs";
import { ratingField } from "./rating.mjs";

const MINUTE = 60000;

/** An occasion in words: "Segment 2 of 3", "Segment 1, minute 4", "Interval 7". */
export function occasionWords(occasion, { segments }, say) {
  const [kind, number, minute] = occasion.split("-");
  if (kind === "sample") return say("sample_at", { segment: number, minute });
  return say(kind === "segment" ? "segment_of" : "interval_number", { number, of: segments });
}

function wantedWords(occasion, say) {
  const [kind, number, minute] = occasion.split("-");
  return say(`${kind}_wanted`, { number, minute });
}

/**
 * `given`: root (holds the bars, or null), parts (the occasions), rubric, record, clock, change, may, say, time,
 * aloud (says a sentence), show (the criteria of a kind), forward (the same if no thumb is near), redraw.
 */
export class PartBars {
  #given;
  #bars;
  #told = null;

  constructor(given) {
    this.#given = given;
    this.#bars = [...(given.root?.querySelectorAll("[data-part-kind]") ?? [])];
    given.root?.addEventListener("click", ({ target }) => this.#click(target.closest("button")));
  }

  /** What is asked for, in words; empty if nothing is. */
  get prompt() {
    return this.#due ? wantedWords(this.#due, this.#given.say) : "";
  }

  get #due() {
    const { parts } = this.#given;
    return parts.wanted("sample") ?? parts.wanted("segment");
  }

  /** Shows the criteria that are asked for, if any are. */
  bring() {
    if (this.#due) this.#given.show(kindOf(this.#due));
  }

  /** What moves with the clock, as a text that differs once the bars must be drawn anew. */
  get moving() {
    const { parts } = this.#given;
    parts.follow();
    return JSON.stringify(parts.kinds.map((kind) => [parts.on(kind), parts.now(kind), parts.wanted(kind)]));
  }

  #click(button) {
    if (!button) return;
    const { parts, show, redraw } = this.#given;
    const kind = button.closest("[data-part-kind]")?.dataset.partKind;
    const { goes, step } = button.dataset;
    if (goes) parts.go(kind, goes);
    else if (step) parts.go(kind, this.#beside(kind, Number(step)));
    else if (button.matches("[data-follow]")) parts.back(kind);
    else if (button.matches("[data-later]")) parts.later(kind);
    else if (button.matches("[data-over]")) this.#end();
    else show(kind);
    redraw();
  }

  #beside(kind, step) {
    const { parts } = this.#given;
    const all = parts.all(kind);
    return all[all.indexOf(parts.on(kind)) + step] ?? parts.on(kind);
  }

  #end() {
    const { change, clock } = this.#given;
    const ended = clock.ended === null ? clock.elapsed() : null;
    change((record) => record.set("context/ended", ended));
  }

  /** Shows everything as it is, and says aloud what is new. */
  draw() {
    this.#given.parts.follow();
    for (const bar of this.#bars) this.#drawBar(bar, bar.dataset.partKind);
    this.#drawEnd();
    this.#tell();
  }

  #drawBar(bar, kind) {
    const { parts, rubric, say } = this.#given;
    const [occasion, away, due] = [parts.on(kind), parts.isElsewhere(kind), parts.wanted(kind)];
    bar.classList.toggle("is-elsewhere", away);
    bar.classList.toggle("is-due", Boolean(due));
    write(bar.querySelector("[data-part-words]"), occasionWords(occasion, rubric.occasions, say));
    write(bar.querySelector("[data-part-more]"), this.#more(kind, occasion));
    bar.querySelector("[data-follow]").hidden = !away;
    bar.querySelector("[data-later]").hidden = away || !due;
    for (const step of bar.querySelectorAll("[data-goes]")) this.#drawStep(step, kind, occasion);
    for (const arrow of bar.querySelectorAll("[data-step]"))
      arrow.disabled = this.#beside(kind, Number(arrow.dataset.step)) === occasion;
  }

  #drawStep(step, kind, occasion) {
    const { parts, rubric, say } = this.#given;
    const { goes } = step.dataset;
    step.classList.toggle("is-done", !parts.isOpen(goes));
    step.classList.toggle("is-now", goes === parts.now(kind));
    step.setAttribute("aria-current", String(goes === occasion));
    const words = [occasionWords(goes, rubric.occasions, say), say("rated_of", parts.count(goes))];
    step.setAttribute("aria-label", words.join(", "));
  }

  // A stretch says its minutes, a sample when it is due or was rated.
  #more(kind, occasion) {
    const { parts, rubric, clock, say, time } = this.#given;
    const { from, to } = stretchOf(occasion, rubric.occasions);
    const count = parts.count(occasion);
    const done = kind === "sample" && !parts.isOpen(occasion);
    if (done) return say("rated_when", { time: time(this.#ratedAt(kind, occasion)) });
    const minutes = say("minutes_from_to", { from: from / MINUTE, to: to / MINUTE });
    const due = clock.startedAt === null ? "" : time(from);
    return [kind === "sample" ? due : minutes, count.of ? say("rated_of", count) : ""].filter(Boolean).join(" · ");
  }

  #ratedAt(kind, occasion) {
    const { rubric, record } = this.#given;
    const fields = rubric.criteria.filter((each) => each.occasion === kind).map((each) => ratingField(each, occasion));
    return Math.max(...fields.map((field) => record.folded.winners.get(field)?.elapsed_ms ?? 0));
  }

  #drawEnd() {
    const { root, clock, may, say } = this.#given;
    const button = root?.querySelector("[data-over]");
    if (!button) return;
    button.hidden = [...button.parentElement.children].some((other) => other !== button && !other.hidden);
    button.disabled = clock.startedAt === null || !may();
    write(button, say(clock.ended === null ? "lesson_over" : "lesson_goes_on"));
  }

  // Once each, in a polite voice, and brought forward; what stood there when the sheet was opened is not news.
  #tell() {
    const { parts, rubric, say, aloud, forward } = this.#given;
    const due = ["sample", "segment"].map((kind) => parts.wanted(kind)).filter(Boolean);
    const moves = parts.kinds.filter((kind) => kind === "interval" && !parts.isElsewhere(kind));
    const moved = moves.map((kind) => parts.on(kind));
    const fresh = [...due, ...moved].filter((occasion) => this.#told && !this.#told.has(occasion));
    this.#told = new Set([...(this.#told ?? []), ...due, ...moved]);
    if (!fresh.length) return;
    const told = (each) =>
      due.includes(each) ? wantedWords(each, say) : occasionWords(each, rubric.occasions, say);
    aloud(fresh.map(told).join(" "));
    const first = fresh.find((each) => due.includes(each) && !parts.isElsewhere(kindOf(each)));
    if (first) forward(kindOf(first));
  }
}
