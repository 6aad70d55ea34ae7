// The number on the app's icon, where the tablet shows one.

import { reminder } from "./readiness.mjs";

/** Puts what has waited for a day on the icon; how many days it has waited once they are five, else 0. `waits` as `unsent` of tablet.mjs. */
export function remind(waits, { navigator } = globalThis) {
  const { badge, days } = reminder(waits);
  const done = badge ? navigator.setAppBadge?.(badge) : navigator.clearAppBadge?.();
  done?.catch?.(() => {});
  return days;
}
