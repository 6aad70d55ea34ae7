// The board of news on the page of the talk: one line for each place that a partner changed, and a button that shows it.

import { make } from "../page.mjs";
import { Asking, asker, changes, isTyped } from "./talk_news.mjs";

const ALWAYS_ANEW = ["agenda", "finish"];
const get = (url, headers) => fetch(url, { headers, cache: "no-store", credentials: "same-origin" });

/** Tells on `board` what a partner did; `read` fetches this page anew as a document. */
export function news(board, page, { read = readAnew } = {}) {
  const marks = new Map([...page.querySelectorAll("[data-mark]")].map((part) => [part.id, part.dataset.mark]));
  const lines = new Map();
  const tell = ({ place, words, mark }) => {
    lines.get(place)?.remove();
    lines.set(place, line(place, words));
    board.append(lines.get(place));
    marks.set(place, mark);
  };
  const line = (place, words) => {
    const part = page.getElementById(place);
    const typed = part && isTyped(part.querySelectorAll("input, select, textarea"));
    const row = make("div", { className: "row" });
    const banner = make("div", { className: "banner" }, make("p", {}, typed ? `${words} ${board.dataset.kept}` : words), row);
    const away = () => (banner.remove(), lines.delete(place));
    if (!typed) row.append(button(board.dataset.show, () => show(place).then(away)));
    row.append(button(board.dataset.later, away, "button-quiet"));
    return banner;
  };
  const show = async (place) => {
    const anew = await read();
    for (const id of new Set([place, ...ALWAYS_ANEW])) renew(page, anew, id, { asked: id === place });
    if (!page.getElementById(place)) location.reload();
  };
  return new Asking({ ask: asker(board.dataset.url, get), heard: (told) => changes(marks, told).forEach(tell) });
}

function button(words, does, kind = "") {
  return make("button", { type: "button", className: `button button-small ${kind}`.trim(), textContent: words, onclick: does });
}

/** Puts a part of the page as it is now into its place; never over something that is being written. */
function renew(page, anew, id, { asked }) {
  const [old, fresh] = [page.getElementById(id), anew.getElementById(id)];
  if (!old || (!fresh && !asked)) return;
  if (!asked && isTyped(old.querySelectorAll("input, select, textarea"))) return;
  if (!fresh) return void location.reload();
  const part = page.importNode(fresh, true);
  old.replaceWith(part);
  if (!asked) return;
  if (part.matches("details")) part.open = true;
  const heading = part.querySelector("summary, h2");
  if (heading && !heading.matches("summary")) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
  part.scrollIntoView({ block: "start" });
}

async function readAnew() {
  const answer = await fetch(location.href.split("#")[0], { cache: "no-store" });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Asks while the page is seen. */
export function listen(asking, page) {
  const turn = () => (page.hidden ? asking.rest() : asking.begin());
  page.addEventListener("visibilitychange", turn);
  addEventListener("online", turn);
  turn();
}
