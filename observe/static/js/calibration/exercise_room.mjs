// The page that waits for a room: asks now and then how many have sealed.

import { write } from "../page.mjs";

const EVERY = 4000;

/** Asks once and writes what the server says; what stands there stays where it cannot be asked. */
export async function ask(element, { get = fetch } = {}) {
  try {
    const response = await get(element.dataset.count, { headers: { Accept: "application/json" } });
    if (response.ok) write(element, (await response.json()).words);
  } catch {
    // no connection: the number stays, and is asked for again
  }
}

if (typeof document !== "undefined") {
  const element = document.querySelector("[data-module~=room]");
  if (element) setInterval(() => document.hidden || ask(element), EVERY);
}
