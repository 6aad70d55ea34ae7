// Time in a lesson: since this observer's Start, and which stretch of the rubric it falls into.

const MINUTE = 60000;
const LONGEST = 12 * 60 * MINUTE;

/** Runs from a start kept by the wall clock; within one life of the page only the steady clock moves it on. */
export class Clock {
  #given;
  #base = null;
  #since = 0;
  #wall = 0;

  /**
   * `given`: started (its ISO time or null), ended (ms since Start, or null), wall, steady (both ms), furthest (the
   * highest ms recorded).
   */
  constructor(given) {
    this.#given = given;
  }

  get startedAt() {
    const started = this.#given.started();
    return started === null ? null : Date.parse(started);
  }

  /** Whole milliseconds since Start; 0 before it. Never runs backwards. */
  elapsed() {
    if (this.startedAt === null) return 0;
    if (this.#base === null) this.#goOn(this.#told());
    return Math.round(this.#base + this.#given.steady() - this.#since);
  }

  /** When the observer said that the lesson was over, in ms since Start, or null. */
  get ended() {
    return this.#given.ended?.() ?? null;
  }

  /** Milliseconds of the lesson itself: what comes after its end is not part of it. */
  observed() {
    return Math.min(this.ended ?? Infinity, this.elapsed());
  }

  // A clock that is out by years says nothing about a lesson: then it goes on from the last thing written.
  #told() {
    const furthest = Math.max(0, this.#given.furthest());
    const ahead = this.#given.wall() - this.startedAt - furthest;
    return ahead > 0 && ahead < LONGEST ? furthest + ahead : furthest;
  }

  /** After sleep the steady clock may have stood still: the wall clock says how long. */
  wake() {
    if (this.startedAt === null) return;
    const here = this.elapsed();
    const slept = this.#given.wall() - this.#wall - (this.#given.steady() - this.#since);
    this.#goOn(slept > 0 && slept < LONGEST ? here + slept : here);
  }

  #goOn(base) {
    this.#base = base;
    this.#since = this.#given.steady();
    this.#wall = this.#given.wall();
  }
}

/** The kind of an occasion: `segment` of `segment-2`. */
export const kindOf = (occasion) => occasion.split("-")[0];

/** The stretch of a kind that the lesson is in: `segment-2`, `sample-1-4`, `interval-7`, or `whole`. */
export function occasionAt(kind, occasions, elapsed) {
  const due = occasionsUpTo(kind, occasions, elapsed);
  return due.at(-1) ?? occasionsOf(kind, occasions, 0)[0];
}

/** All stretches of a kind; intervals go on for as long as the lesson does. */
export function occasionsOf(kind, occasions, elapsed) {
  if (kind === "segment") return numbered("segment", occasions.segments);
  if (kind === "sample") return samples(occasions).map((sample) => sample.occasion);
  if (kind === "interval") return numbered("interval", Math.floor(elapsed / (occasions.intervals * MINUTE)) + 1);
  return ["whole"];
}

/** Those that have begun. */
export function occasionsUpTo(kind, occasions, elapsed) {
  const all = occasionsOf(kind, occasions, elapsed);
  return kind === "whole" ? all : all.filter((occasion) => stretchOf(occasion, occasions).from <= elapsed);
}

/** When a stretch begins and when it is over, both in ms since Start; a sample is one moment. */
export function stretchOf(occasion, { minutes = 0, intervals = 0 }) {
  const [kind, first, minute] = occasion.split("-");
  const length = (kind === "interval" ? intervals : minutes) * MINUTE;
  const from = (Number(first) - 1) * length + (minute ? Number(minute) * MINUTE : 0);
  return { from, to: minute ? from : from + length };
}

/** The samples of all segments with the time at which each is due, in ms since Start. */
export function samples({ segments = 0, minutes = 0, samples: at = [] }) {
  const one = (segment, minute) => ({
    occasion: `sample-${segment}-${minute}`,
    segment,
    minute,
    at: ((segment - 1) * minutes + minute) * MINUTE,
  });
  return Array.from({ length: segments }, (_, place) => at.map((minute) => one(place + 1, minute))).flat();
}

/** The stretch that is running: its number, how many there are (null if open), ms gone and left, and the share gone. */
export function running(occasions, elapsed) {
  const length = (occasions.intervals ?? occasions.minutes ?? 0) * MINUTE;
  if (!length) return null;
  const number = Math.floor(elapsed / length) + 1;
  const of = occasions.intervals ? null : occasions.segments;
  if (of && number > of) return null;
  const gone = elapsed % length;
  return { kind: of ? "segment" : "interval", number, of, length, gone, left: length - gone, share: gone / length };
}

/** The stretch that ends before its time if the lesson ends now: as `running` with its `occasion`, or null. */
export function cutShort(occasions, elapsed) {
  const now = running(occasions, elapsed);
  return now?.gone ? { ...now, occasion: `${now.kind}-${now.number}` } : null;
}

const numbered = (kind, count) => Array.from({ length: count }, (_, place) => `${kind}-${place + 1}`);

/**
 * Shows the time, the stretch and the ring, each second. `given`: root, clock, occasions, say, time, prompt (what is
 * asked for now, in words, or "").
 */
export function clockFace({ root, clock, occasions, say, time, prompt = () => "" }) {
  const part = (selector) => root.querySelector(selector);
  const ring = part("svg");

  function draw() {
    const begun = clock.startedAt !== null;
    part("#start").hidden = begun;
    if (!begun) return;
    const elapsed = clock.observed();
    const now = clock.ended === null ? running(occasions, elapsed) : null;
    root.classList.toggle("is-due", Boolean(prompt()));
    part("#clock-time").textContent = say("minutes", { n: Math.floor(elapsed / MINUTE) });
    part("#clock-part").textContent = prompt() || (now ? stretch(now, elapsed) : since(elapsed));
    drawRing(ring, now);
  }

  const since = (elapsed) =>
    clock.ended === null ? say("clock_since", { time: time(0) }) : say("clock_ended", { time: time(elapsed) });

  function stretch(now, elapsed) {
    const next = samples(occasions).find((sample) => sample.at > elapsed);
    return next ? say("next_sample", { time: time(next.at) }) : say(now.of ? "segment_of" : "interval_number", now);
  }
  return { draw };
}

function drawRing(ring, now) {
  ring.toggleAttribute("hidden", !now);
  if (!now) return;
  ring.querySelector(".ring-on").setAttribute("stroke-dasharray", `${Math.round(now.share * 100)} 100`);
  ring.querySelector("text").textContent = Math.ceil(now.left / MINUTE);
}
