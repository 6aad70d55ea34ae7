// The view for a group: the arrows and a presenter's buttons turn to the next criterion and back.

const TURNS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev", Escape: "up" };

/** Where a key leads (`next`, `prev`, `up`), or null where it belongs to what is being written. */
export function turnOf(key, { typing = false, held = false } = {}) {
  return typing || held ? null : (TURNS[key] ?? null);
}

/** Lets the keys follow the links of the page. */
export function keys(page) {
  page.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    const held = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const link = page.querySelector(`a[rel='${turnOf(event.key, { typing, held })}']`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}

if (globalThis.document) keys(document);
