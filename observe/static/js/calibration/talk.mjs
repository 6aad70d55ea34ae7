// The page of the talk: opens a criterion from the agenda, runs the timer beside it, and hears of a partner.

import { write } from "../page.mjs";
import { Countdown } from "./countdown.mjs";
import { shelf } from "./keep.mjs";
import { listen, news } from "./talk_board.mjs";

const MINUTES = "observe-talk-minutes";
const opened = () => document.querySelector(".next-gap[id^='c-'][open]");

/** Shows the time left for the criterion that is open, or the time spent where there is no limit. */
export function timer(element, { now = () => performance.now(), store = shelf(sessionStorage), usual = shelf(localStorage) } = {}) {
  const key = `timer/${element.dataset.key}`;
  const kept = usual.get(MINUTES);
  const countdown = new Countdown({ minutes: kept.minutes ?? Number(element.dataset.minutes), now, kept: store.get(key) });
  const [face, words, ring] = ["b", "small", ".ring-on"].map((part) => element.querySelector(part));
  const show = () => {
    const left = countdown.left();
    write(face, left.over ? `+${left.face}` : left.face);
    write(words, element.dataset[countdown.minutes ? (left.over ? "over" : "left") : "none"]);
    ring.setAttribute("stroke-dasharray", `${Math.round(left.share * 100)} 100`);
  };
  const turn = () => {
    countdown.turnTo(opened()?.id ?? "none");
    show();
  };
  choose(element, countdown, (minutes) => (usual.put(MINUTES, { minutes }), show()));
  turn();
  setInterval(show, 1000);
  addEventListener("pagehide", () => store.put(key, countdown.toKeep()));
  return { turn };
}

function choose(element, countdown, chosen) {
  const [box, select] = [element.querySelector(".timer-set"), element.querySelector("select")];
  box.hidden = false;
  select.value = String(countdown.minutes);
  select.addEventListener("change", () => {
    countdown.allow(Number(select.value));
    chosen(countdown.minutes);
  });
}

/** A tap on the agenda opens its criterion, and the agenda says which one is open; also in parts that come anew. */
export function agenda(page, { turned = () => {} } = {}) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-opens]");
    const criterion = link && page.getElementById(link.dataset.opens);
    if (criterion) criterion.open = true;
  });
  const toggled = ({ target }) => {
    const link = target.open && page.querySelector(`[data-opens='${target.id}']`);
    if (link) point(page, link);
    turned();
  };
  page.addEventListener("toggle", toggled, true);
}

function point(page, link) {
  for (const other of page.querySelectorAll("[data-opens][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

/** An address that names a folded part opens it. */
function openNamed(page) {
  const named = page.getElementById(location.hash.slice(1));
  if (named?.matches("details")) named.open = true;
}

const beside = document.querySelector("[data-module~=timer]");
const running = beside ? timer(beside) : { turn: () => {} };
agenda(document, { turned: running.turn });
openNamed(document);
addEventListener("hashchange", () => openNamed(document));
const board = document.querySelector("[data-module~=news]");
if (board) listen(news(board, document), document);
