// Which part of a lesson is rated just now: where the clock leads, where the observer went, and what is asked for.

import { cutShort, occasionAt, occasionsOf, occasionsUpTo, stretchOf } from "./clock.mjs";
import { ratedAt } from "./rating.mjs";

const SECOND = 1000;
const KINDS = ["segment", "sample", "interval"];

/** How long what was just being rated stays under the thumb when the clock has gone on, in ms. */
export const PATIENCE = { interval: 5 * SECOND, sample: 60 * SECOND, segment: 180 * SECOND };

/** For how long what is asked for can be put off, in ms. */
export const LATER = 120 * SECOND;

/**
 * The occasion to which following the clock leads: the one that is on, or the one before as long as it is being rated.
 * `before`: {occasion, touched (ms since Start)} as it was, or null; `isOpen`: whether an occasion lacks a rating.
 */
export function following(kind, occasions, elapsed, before, isOpen) {
  const now = occasionAt(kind, occasions, elapsed);
  const was = before?.occasion ?? occasionAt(kind, occasions, Math.max(0, elapsed - PATIENCE[kind]));
  if (was === now || (kind !== "interval" && !isOpen(was))) return now;
  const over = kind === "segment" ? stretchOf(was, occasions).to : -Infinity;
  return elapsed - Math.max(before?.touched ?? -Infinity, over) < PATIENCE[kind] ? was : now;
}

/** What is asked for silently: the sample that is due, or the segment that is over, if it lacks a rating; or null. */
export function wanted(kind, occasions, elapsed, isOpen) {
  if (kind === "interval") return null;
  const due = occasionsUpTo(kind, occasions, elapsed).findLast((each) => stretchOf(each, occasions).to <= elapsed);
  return due && isOpen(due) ? due : null;
}

/** The occasions on show. `given`: rubric, record, clock, may (whether the record can be changed). */
export class Occasions {
  #given;
  #following = new Map();
  #elsewhere = new Map();
  #putOff = new Map();

  constructor(given) {
    this.#given = given;
    this.kinds = KINDS.filter((kind) => given.rubric.criteria.some((each) => each.occasion === kind));
    this.follow();
  }

  /** The occasion on show for a kind: what is tapped counts for this one. */
  on(kind) {
    return this.#elsewhere.get(kind) ?? this.#following.get(kind)?.occasion ?? "whole";
  }

  /** Where the clock is, for a kind. */
  now(kind) {
    return occasionAt(kind, this.#given.rubric.occasions, this.#observed);
  }

  /** All there are of a kind, intervals so far. */
  all(kind) {
    return occasionsOf(kind, this.#given.rubric.occasions, this.#observed);
  }

  get #observed() {
    return this.#given.clock.observed();
  }

  /** Whether the observer left the clock and looks at another part. */
  isElsewhere(kind) {
    return this.#elsewhere.has(kind);
  }

  /** How many criteria of an occasion are rated: {n, of}. */
  count(occasion) {
    const { rubric, record } = this.#given;
    return ratedAt(rubric, (field) => record.value(field), occasion);
  }

  isOpen(occasion) {
    const { n, of } = this.count(occasion);
    return n < of;
  }

  /** The occasion of a kind that is asked for now, or null. */
  wanted(kind) {
    const { rubric, clock, may } = this.#given;
    if (clock.startedAt === null || !may() || !this.kinds.includes(kind)) return null;
    const due = wanted(kind, rubric.occasions, this.#observed, (each) => this.isOpen(each));
    return this.#putOff.get(due) > this.#observed ? null : due;
  }

  /** Does not ask for it again for a while. */
  later(kind) {
    this.#putOff.set(this.wanted(kind), this.#observed + LATER);
  }

  /** Goes on with the clock, where nobody is rating. */
  follow() {
    for (const kind of this.kinds) {
      const before = this.#following.get(kind) ?? null;
      const isOpen = (occasion) => this.isOpen(occasion);
      const occasion = following(kind, this.#given.rubric.occasions, this.#observed, before, isOpen);
      if (occasion !== before?.occasion) this.#following.set(kind, { occasion, touched: -Infinity });
    }
  }

  /** A thumb is at criteria of this kind: they stay for a while. */
  touched(kind) {
    if (this.#following.has(kind)) this.#following.get(kind).touched = this.#observed;
  }

  /** Shows another part, or follows the clock again if it is there. */
  go(kind, occasion) {
    if (occasion === this.now(kind)) this.back(kind);
    else if (occasion === this.#following.get(kind).occasion) this.#elsewhere.delete(kind);
    else this.#elsewhere.set(kind, occasion);
  }

  back(kind) {
    this.#elsewhere.delete(kind);
    this.#following.set(kind, { occasion: this.now(kind), touched: -Infinity });
  }
}

/** The fields that tell of an end before time: [[field, value]] of those that are not so yet. */
export function endMarks({ record, rubric, clock }) {
  if (clock.startedAt === null) return [];
  const observed = clock.observed();
  const cut = cutShort(rubric.occasions, observed);
  const marks = [
    ["context/ended", cut || clock.ended !== null ? observed : null],
    ["context/partial", cut?.occasion ?? null],
  ];
  return marks.filter(([field, value]) => record.value(field) !== value);
}

/** When the last line or rating of a record was begun, in ms since Start; 0 if there is none. */
export function lastSeen({ winners, tallies }) {
  const set = [...winners.values()];
  const counted = [...tallies.values()].flatMap((each) => [...each.values()]);
  const made = [...set.filter((op) => op.field.startsWith("rating/")), ...counted];
  const lines = set.filter((op) => op.field.endsWith("/elapsed_ms")).map((op) => op.value);
  return Math.max(0, ...made.map((op) => op.elapsed_ms), ...lines);
}
