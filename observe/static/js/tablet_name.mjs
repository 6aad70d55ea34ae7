// What kind of tablet this is, as its person knows it.

const KINDS = [
  ["iPad", /iPad/],
  ["iPhone", /iPhone/],
  ["Android", /Android/],
  ["Chromebook", /CrOS/],
  ["Windows", /Windows/],
  ["Mac", /Macintosh/],
  ["Linux", /Linux/],
];

/** An iPad calls itself a Macintosh, but no Mac has a screen for fingers. */
export function tabletName({ userAgent = "", maxTouchPoints = 0 } = globalThis.navigator ?? {}) {
  const [name] = KINDS.find(([, sign]) => sign.test(userAgent)) ?? ["Tablet"];
  return name === "Mac" && maxTouchPoints > 1 ? "iPad" : name;
}

/** Whether it is one of Apple's, which clear what a page keeps after seven days unless it is on the Home Screen. */
export const forgetsAfterDays = (given = globalThis.navigator) => ["iPad", "iPhone"].includes(tabletName(given));

/** Whether Observe was opened from the Home Screen. */
export const onHomeScreen = (page = globalThis) =>
  page.navigator.standalone === true || page.matchMedia("(display-mode: standalone)").matches;
