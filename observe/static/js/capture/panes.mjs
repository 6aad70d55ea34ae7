// The two panes: which of them a narrow tablet shows, and that a sealed record can only be read.

import { part } from "../page.mjs";
import { placeIn } from "./place.mjs";

/** `main`, `tabs`; answers what the rest of the sheet may ask of the panes. */
export function panes({ main, tabs }) {
  const places = {};

  // Where both are in sight nothing is turned, and nothing moves.
  function show(name) {
    const before = main.dataset.tab;
    const turns = before !== name && tabs.getClientRects().length > 0;
    if (turns) places[before] = placeIn(part(`pane-${before}`));
    choose(name);
    if (turns) places[name]?.();
  }

  function choose(name) {
    main.dataset.tab = name;
    for (const tab of tabs.children) {
      const chosen = tab.dataset.shows === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
  }

  function arrows(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = [...tabs.children].find((tab) => tab.tabIndex === -1);
    show(other.dataset.shows);
    other.focus();
  }

  tabs.addEventListener("click", ({ target }) => target.dataset.shows && show(target.dataset.shows));
  tabs.addEventListener("keydown", arrows);
  return { show };
}

/** Goes to the last section, where one seals. */
export function toSeal(event, show) {
  event.preventDefault();
  show("criteria");
  part("seal").scrollIntoView({ block: "start" });
  part("seal").focus({ preventScroll: true });
}

const CONTROLS = [
  ".criterion input",
  ".criterion textarea",
  ".tally button",
  "[data-take-back]",
  "[data-target] input",
].join();

/** Lets a record be changed, or only read; answers whether anything is new. */
export function allow(main, state) {
  if (main.dataset.record === state && main.dataset.ready) return false;
  main.dataset.record = state;
  part("composer").hidden = state !== "draft";
  for (const control of part("pane-criteria").querySelectorAll(CONTROLS)) control.disabled = state !== "draft";
  return true;
}
