// What was seen of each criterion: which taps mean what, and what is still open.

import { make, write } from "../page.mjs";
import { occasionAt, occasionsOf, occasionsUpTo } from "./clock.mjs";

const DOUBLE_TAP = 400;
const MOST_BARS = 3;
const NUMBER = /^[-+]?\d+([.,]\d+)?$/;

export const ratingField = ({ criterion }, occasion) => `rating/${criterion}/${occasion}`;

/** The value of a tapped level or word, as sync/1 has it. */
export const asValue = (text, type) =>
  ["ordinal", "binary"].includes(type) && /^-?\d+$/.test(text) ? Number(text) : text;

/** A tap on what is chosen takes it back. */
export const afterTap = (current, tapped) => (current === tapped ? null : tapped);

/** The codes after a tap, in the rubric's order; a word ("not_seen") stands alone. */
export function afterCode(current, tapped, codes) {
  if (!codes.includes(tapped)) return afterTap(current, tapped);
  const chosen = Array.isArray(current) ? current : [];
  const next = codes.filter((code) => (code === tapped ? !chosen.includes(code) : chosen.includes(code)));
  return next.length ? next : null;
}

/** A number as typed in a school, with a comma or a point; undefined if it is none, null if it is empty. */
export function readNumber(text) {
  const typed = text.trim();
  if (!typed) return null;
  return NUMBER.test(typed) ? Number(typed.replace(",", ".")) : undefined;
}

/** Criteria of which something is not rated yet: [{criterion, occasions}]. Counts and free text are never missing. */
export function unrated(rubric, value, elapsed) {
  const asked = rubric.criteria.filter((each) => !["count", "text"].includes(rubric.scales[each.scale].type));
  const open = (each) =>
    expected(each, rubric, elapsed).filter((occasion) => value(ratingField(each, occasion)) === null);
  return asked.map((each) => ({ ...each, occasions: open(each) })).filter((each) => each.occasions.length);
}

function expected({ occasion }, { occasions }, elapsed) {
  const begun = occasionsUpTo(occasion, occasions, elapsed);
  return begun.length ? begun : occasionsOf(occasion, occasions, elapsed).slice(0, 1);
}

/** How many criteria are asked for and how many of them are rated, by domain and in all. */
export function rated(rubric, value, elapsed) {
  const open = new Set(unrated(rubric, value, elapsed).map((each) => each.criterion));
  const asked = rubric.criteria.filter((each) => !["count", "text"].includes(rubric.scales[each.scale].type));
  const of = (list) => ({ n: list.filter((each) => !open.has(each.criterion)).length, of: list.length });
  const domains = [...new Set(asked.map((each) => each.domain))];
  return {
    all: of(asked),
    domains: new Map(domains.map((key) => [key, of(asked.filter((each) => each.domain === key))])),
  };
}

/** "3 notes", "no notes yet". */
export const evidenceWords = (say, n = 0) => (n ? say("notes_for", { n }) : say("no_notes"));

/** The pane of criteria. `given`: pane, rubric, record, clock, change (begins and writes), say, opened. */
export class Ratings {
  #given;
  #rows = new Map();
  #elsewhere = new Map();
  #counts = new Map();
  #tapped = { field: null, at: 0 };

  constructor(given) {
    this.#given = given;
    for (const row of given.pane.querySelectorAll("[data-row]")) this.#rows.set(row.dataset.row, row);
    given.pane.addEventListener("click", (event) => this.#click(event));
    given.pane.addEventListener("change", (event) => this.#changed(event));
    given.pane.addEventListener("input", (event) => this.#typed(event));
    given.pane.addEventListener("keydown", (event) => this.#key(event));
    given.pane.addEventListener("focusout", (event) => event.target.dataset.typed && this.draw());
  }

  /** The occasion on show for a kind: where the clock is, unless the observer went elsewhere. */
  occasion(kind) {
    const { rubric, clock } = this.#given;
    return this.#elsewhere.get(kind) ?? occasionAt(kind, rubric.occasions, clock.elapsed());
  }

  #of(target) {
    const row = target.closest("[data-row]");
    const criterion = row && this.#given.rubric.criteria.find((each) => each.criterion === row.dataset.row);
    if (!criterion) return null;
    const occasion = this.occasion(criterion.occasion);
    return {
      row,
      criterion,
      occasion,
      field: ratingField(criterion, occasion),
      scale: this.#given.rubric.scales[criterion.scale],
    };
  }

  #click(event) {
    const { target } = event;
    if (target.closest("[data-part-kind]")) this.#move(target);
    const one = this.#of(target);
    if (!one) return;
    if (target.matches("input[name^='r-']")) this.#tap(one, target);
    else if (target.closest("[data-tap]")) this.#given.change((record) => record.tally(one.field));
    else if (target.closest("[data-untap]")) this.#given.change((record) => record.untally(one.field));
    else if (target.closest("[data-take-back]")) this.#given.change((record) => record.set(one.field, null));
    else if (target.closest(".criterion-name")) this.toggle(one.row);
  }

  #tap({ row, field, scale }, input) {
    const tapped = asValue(input.value, scale.type);
    const current = this.#given.record.value(field);
    if (this.#again(field) && current === tapped) return this.draw();
    const value =
      scale.type === "codes" ? afterCode(current, tapped, Object.keys(scale.codes)) : afterTap(current, tapped);
    this.#given.change((record) => record.set(field, value));
    if (row.matches(".criterion")) this.open(row);
  }

  // A shaky double tap chooses; it does not choose and take back.
  #again(field) {
    const now = performance.now();
    const again = this.#tapped.field === field && now - this.#tapped.at < DOUBLE_TAP;
    this.#tapped = { field, at: now };
    return again;
  }

  #changed({ target }) {
    const one = target.dataset.lookfor && this.#of(target);
    if (one)
      this.#given.change((record) =>
        record.set(`lookfor/${one.criterion.criterion}/${target.dataset.lookfor}/${one.occasion}`, target.checked),
      );
  }

  #typed({ target }) {
    const one = target.dataset.typed && this.#of(target);
    if (!one) return;
    const value = target.dataset.typed === "number" ? readNumber(target.value) : target.value || null;
    const wrong = one.row.querySelector("[data-wrong]");
    if (wrong) wrong.hidden = value !== undefined;
    if (value !== undefined) this.#given.change((record) => record.set(one.field, value, { typed: true }));
  }

  #key(event) {
    if (!["Delete", "Backspace"].includes(event.key) || !event.target.matches("input[name^='r-']")) return;
    const { field } = this.#of(event.target);
    event.preventDefault();
    this.#given.change((record) => record.set(field, null));
  }

  #move(target) {
    const bar = target.closest("[data-part-kind]");
    const kind = bar.dataset.partKind;
    if (target.closest("[data-follow]")) this.#elsewhere.delete(kind);
    const step = Number(target.closest("[data-step]")?.dataset.step ?? 0);
    if (step) this.#elsewhere.set(kind, this.#beside(kind, step));
    this.draw();
  }

  #beside(kind, step) {
    const { rubric, clock } = this.#given;
    const all = occasionsOf(kind, rubric.occasions, clock.elapsed());
    const place = all.indexOf(this.occasion(kind)) + step;
    return all[Math.min(all.length - 1, Math.max(0, place))];
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
    const scroller = still.closest(".pane-scroll");
    const moved = still.getBoundingClientRect().top - before;
    if (scroller && scroller.scrollHeight > scroller.clientHeight) scroller.scrollTop += moved;
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

  /** Shows everything as the record has it. */
  draw(counts = this.#counts) {
    this.#counts = counts;
    for (const row of this.#rows.values()) this.#drawRow(row);
    this.#drawDomains();
    for (const bar of this.#given.pane.querySelectorAll("[data-part-kind]")) this.#drawPart(bar);
  }

  #drawRow(row) {
    const { record, say } = this.#given;
    const { criterion, occasion, field } = this.#of(row);
    const value = record.value(field);
    for (const input of row.querySelectorAll("input[name^='r-']")) input.checked = chosen(value, input.value);
    for (const tick of row.querySelectorAll("[data-lookfor]"))
      tick.checked = record.value(`lookfor/${criterion.criterion}/${tick.dataset.lookfor}/${occasion}`) === true;
    write(row.querySelector("[data-number]"), String(record.count(field)));
    write(row.querySelector("[data-evidence]"), evidenceWords(say, this.#counts.get(criterion.criterion)));
    drawTyped(row.querySelector("[data-typed]"), value);
    drawDescriptors(row, value);
    const back = row.querySelector("[data-take-back]");
    if (back) back.hidden = value === null;
  }

  #drawDomains() {
    const { pane, rubric, record, clock, say } = this.#given;
    const { domains } = rated(rubric, (field) => record.value(field), clock.elapsed());
    for (const place of pane.querySelectorAll("[data-domain]")) {
      const count = domains.get(place.dataset.domain);
      write(place, count ? say("rated_of", count) : "");
    }
  }

  #drawPart(bar) {
    const kind = bar.dataset.partKind;
    const occasion = this.occasion(kind);
    const { rubric, clock } = this.#given;
    const all = occasionsOf(kind, rubric.occasions, clock.elapsed());
    write(bar.querySelector("[data-part-words]"), this.occasionWords(kind, occasion));
    bar.querySelector("[data-follow]").setAttribute("aria-pressed", String(!this.#elsewhere.has(kind)));
    bar.querySelector("[data-step='-1']").disabled = occasion === all[0];
    bar.querySelector("[data-step='1']").disabled = occasion === all.at(-1);
  }

  /** An occasion in words: "Segment 2 of 3", "Segment 1, minute 4", "Minutes 12 to 14". */
  occasionWords(kind, occasion) {
    const { rubric, say } = this.#given;
    const [, number, minute] = occasion.split("-").map(Number);
    if (kind === "segment") return say("segment_of", { number, of: rubric.occasions.segments });
    if (kind === "sample") return say("sample_at", { segment: number, minute });
    return say("interval_minutes", {
      from: (number - 1) * rubric.occasions.intervals,
      to: number * rubric.occasions.intervals,
    });
  }
}

const chosen = (value, text) =>
  Array.isArray(value) ? value.map(String).includes(text) : value !== null && String(value) === text;

function fold(row, isOpen) {
  row.classList.toggle("is-open", isOpen);
  row.querySelector(".criterion-name")?.setAttribute("aria-expanded", String(isOpen));
  const more = row.querySelector(".criterion-more");
  if (more) more.hidden = !isOpen;
}

// What somebody is typing is not rewritten under the cursor.
function drawTyped(input, value) {
  if (!input || input === document.activeElement) return;
  input.value = value === null || ["not_seen", "not_applicable"].includes(value) ? "" : String(value);
}

// The chosen descriptor comes forward; its neighbours stay beside it. Without a level all are there.
function drawDescriptors(row, value) {
  for (const card of row.querySelectorAll(".descriptor")) {
    const distance = typeof value === "number" ? Math.abs(Number(card.dataset.level) - value) : null;
    card.hidden = distance > 1;
    card.classList.toggle("is-chosen", distance === 0);
  }
}

/** The strip above both panes: how much evidence each criterion has, hollow where there is none. `given`: strip (the nav), rubric, say, show (opens a criterion). */
export function coverage({ strip, rubric, say, show }) {
  const links = [...strip.querySelectorAll("[data-covers]")];
  const titles = new Map(rubric.criteria.map((each) => [each.criterion, `${each.code} ${each.title}`]));
  strip.addEventListener("click", (event) => follow(event, show));

  function draw(counts, current) {
    for (const link of links) drawLink(link, counts.get(link.dataset.covers) ?? 0, current);
  }

  function drawLink(link, n, current) {
    const words = `${titles.get(link.dataset.covers)}: ${evidenceWords(say, n)}`;
    link.toggleAttribute("aria-current", false);
    if (link.dataset.covers === current) link.setAttribute("aria-current", "true");
    link.classList.toggle("is-empty", n === 0);
    if (link.dataset.n !== String(n)) link.querySelector(".bar").replaceChildren(...bars(n));
    link.dataset.n = n;
    write(link.querySelector(".sr"), words);
  }
  return { draw };
}

function follow(event, show) {
  const link = event.target.closest("[data-covers]");
  if (!link) return;
  event.preventDefault();
  show(link.dataset.covers);
}

function bars(n) {
  if (n === 0) return [make("i", { className: "none" })];
  return Array.from({ length: Math.min(n, MOST_BARS) }, () => make("i"));
}

/** What became of the teacher's open targets: seen again, not yet, or nothing. `given`: pane, record, change. */
export function targets({ pane, record, change }) {
  const groups = [...pane.querySelectorAll("[data-target]")];
  const named = (group) => `target/${group.dataset.target}`;
  for (const group of groups) group.addEventListener("click", ({ target }) => tapped(named(group), target));

  function tapped(field, target) {
    if (target.matches("input")) change((it) => it.set(field, afterTap(record.value(field), target.value)));
  }

  function draw() {
    for (const group of groups)
      for (const input of group.querySelectorAll("input")) input.checked = input.value === record.value(named(group));
  }
  return { draw };
}
