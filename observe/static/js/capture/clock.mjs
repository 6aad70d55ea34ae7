// Time in a lesson: since this observer's Start, and which stretch of the rubric it falls into.

const MINUTE = 60000;
const LONGEST_SLEEP = 12 * 60 * MINUTE;

/** Runs from a start kept by the wall clock; within one life of the page only the steady clock moves it on. */
export class Clock {
  #given;
  #base = null;
  #since = 0;

  /** `given`: started (its ISO time or null), wall, steady (both ms), furthest (highest ms recorded). */
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
    if (this.#base === null) this.#goOn(Math.max(0, this.#given.wall() - this.startedAt, this.#given.furthest()));
    return Math.round(this.#base + this.#given.steady() - this.#since);
  }

  /** After sleep the steady clock may have stood still: the wall clock says how long. */
  wake() {
    if (this.startedAt === null) return;
    const here = this.elapsed();
    const slept = this.#given.wall() - this.startedAt - here;
    if (slept > 0 && slept < LONGEST_SLEEP) this.#goOn(here + slept);
  }

  #goOn(base) {
    this.#base = base;
    this.#since = this.#given.steady();
  }
}

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
  if (kind === "segment") return all.slice(0, Math.floor(elapsed / (occasions.minutes * MINUTE)) + 1);
  if (kind === "sample")
    return samples(occasions)
      .filter((sample) => sample.at <= elapsed)
      .map((sample) => sample.occasion);
  return all;
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

/** The stretch that is running: its number, how many there are (null if open), ms left and the share gone. */
export function running(occasions, elapsed) {
  const length = (occasions.intervals ?? occasions.minutes ?? 0) * MINUTE;
  if (!length) return null;
  const number = Math.floor(elapsed / length) + 1;
  const of = occasions.intervals ? null : occasions.segments;
  if (of && number > of) return null;
  return {
    kind: of ? "segment" : "interval",
    number,
    of,
    left: number * length - elapsed,
    share: (elapsed % length) / length,
  };
}

const numbered = (kind, count) => Array.from({ length: count }, (_, place) => `${kind}-${place + 1}`);

/** Shows the time, the stretch and the ring, each second. */
export function clockFace({ root, clock, occasions, say, time }) {
  const part = (selector) => root.querySelector(selector);
  const ring = part("svg");

  function draw() {
    const elapsed = clock.elapsed();
    const begun = clock.startedAt !== null;
    part("#start").hidden = begun;
    if (!begun) return;
    part("#clock-time").textContent = say("minutes", { n: Math.floor(elapsed / MINUTE) });
    const now = running(occasions, elapsed);
    drawRing(ring, now);
    part("#clock-part").textContent = now ? stretch(now, elapsed) : say("clock_since", { time: time(0) });
  }

  function stretch(now, elapsed) {
    const words = say(now.of ? "segment_of" : "interval_number", now);
    const next = samples(occasions).find((sample) => sample.at > elapsed);
    return next ? `${words} · ${say("next_sample", { time: time(next.at) })}` : words;
  }
  return { draw };
}

function drawRing(ring, now) {
  ring.toggleAttribute("hidden", !now);
  if (!now) return;
  ring.querySelector(".ring-on").setAttribute("stroke-dasharray", `${Math.round(now.share * 100)} 100`);
  ring.querySelector("text").textContent = Math.ceil(now.left / MINUTE);
}
