// How much of the time for one criterion is left. Knows neither the page nor the clock.

const MINUTE = 60_000;

/** Time left after `passed` of `allowed` milliseconds: the clock face, the share of the ring, whether it is over.
 *
 * Where 0 is allowed there is no limit, and the face shows what passed.
 */
export function timeLeft(passed, allowed) {
  const left = allowed ? allowed - passed : passed;
  const over = left < 0;
  const seconds = Math.floor(Math.abs(left) / 1000);
  const face = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const share = allowed ? Math.max(0, Math.min(1, left / allowed)) : 0;
  return { face, share, over };
}

/** Counts for one criterion at a time, and goes on where it was when one comes back to it. */
export class Countdown {
  constructor({ minutes, now, kept = {} }) {
    this.allow(minutes);
    this.now = now;
    this.passed = new Map(Object.entries(kept));
    this.criterion = null;
    this.since = 0;
  }

  /** How many minutes a criterion has; none with 0. */
  allow(minutes) {
    this.minutes = minutes;
    this.allowed = minutes * MINUTE;
  }

  /** Turns to a criterion; the time of the last one is kept. */
  turnTo(criterion) {
    this.keep();
    this.criterion = criterion;
    this.since = this.now();
  }

  keep() {
    if (this.criterion === null) return;
    this.passed.set(this.criterion, this.soFar());
    this.since = this.now();
  }

  soFar() {
    return (this.passed.get(this.criterion) ?? 0) + this.now() - this.since;
  }

  left() {
    return timeLeft(this.soFar(), this.allowed);
  }

  /** What to put away so that a reload loses nothing. */
  toKeep() {
    this.keep();
    return Object.fromEntries(this.passed);
  }
}
