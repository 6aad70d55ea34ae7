// The page of the talk: opens a criterion from the agenda, and runs the timer beside it.

import { write } from "../page.mjs";
import { Countdown } from "./countdown.mjs";
import { shelf } from "./keep.mjs";

const opened = () => document.querySelector(".next-gap[open]");

/** Shows the time left for the criterion that is open. */
export function timer(element, { now = () => performance.now(), store = shelf(sessionStorage) } = {}) {
  const key = `timer/${element.dataset.key}`;
  const countdown = new Countdown({ minutes: Number(element.dataset.minutes), now, kept: store.get(key) });
  const [face, words, ring] = ["b", "small", ".ring-on"].map((part) => element.querySelector(part));
  const show = () => {
    const left = countdown.left();
    write(face, left.over ? `+${left.face}` : left.face);
    write(words, left.over ? element.dataset.over : element.dataset.left);
    ring.setAttribute("stroke-dasharray", `${Math.round(left.share * 100)} 100`);
  };
  const turn = () => {
    countdown.turnTo(opened()?.id ?? "none");
    show();
  };
  turn();
  setInterval(show, 1000);
  addEventListener("pagehide", () => store.put(key, countdown.toKeep()));
  return { turn };
}

/** A tap on the agenda opens its criterion, and the agenda says which one is open. */
export function agenda(page, { turned = () => {} } = {}) {
  for (const link of page.querySelectorAll("[data-opens]")) {
    const criterion = page.getElementById(link.dataset.opens);
    link.addEventListener("click", () => (criterion.open = true));
    criterion.addEventListener("toggle", () => {
      if (criterion.open) point(page, link);
      turned();
    });
  }
}

function point(page, link) {
  for (const other of page.querySelectorAll("[data-opens][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

const beside = document.querySelector("[data-module~=timer]");
const running = beside ? timer(beside) : { turn: () => {} };
agenda(document, { turned: running.turn });
