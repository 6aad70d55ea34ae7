// A file for the person, made on the tablet; needs no network.

/** Hands out a value as a JSON file. */
export function handOut(name, value) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value)], { type: "application/json" }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** `observe-everything-2026-11-22.json` */
export const fileName = (what, now) => `observe-${what}-${new Date(now).toISOString().slice(0, 10)}.json`;
