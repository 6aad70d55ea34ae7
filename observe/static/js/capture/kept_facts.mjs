// How this tablet keeps what is written on it, as far as its browser tells.

import { forgetsAfterDays, onHomeScreen } from "../tablet_name.mjs";

/** {kept, home, usage, quota}: promised or not (null where the browser makes no promises), and bytes or null. */
export async function keptFacts(page = globalThis) {
  const { storage } = page.navigator;
  const kept = storage?.persisted ? await storage.persisted().catch(() => null) : null;
  const { usage = null, quota = null } = (await storage?.estimate?.().catch(() => null)) ?? {};
  return { kept, usage, quota, home: onHomeScreen(page), forgets: forgetsAfterDays(page.navigator) };
}

/** Which words say so, by the name of the fact. */
export const keptWords = ({ kept, home, forgets }) => ({
  kept: kept === null ? "kept_unknown" : kept ? "kept_yes" : "kept_no",
  home: home ? "home_yes" : forgets ? "home_no_ipad" : "home_no",
});

/** "newest", "older", or "unknown" where the server does not tell its own version. */
export async function versionState(own, { fetch, address }) {
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    const theirs = answer.headers.get("X-Observe-Shell");
    return theirs ? (theirs === own ? "newest" : "older") : "unknown";
  } catch {
    return "unknown";
  }
}
