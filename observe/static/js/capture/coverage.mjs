// The strip above both panes: how much evidence each criterion has, hollow where there is none.

import { make, write } from "../page.mjs";

const MOST_BARS = 3;

/** "3 notes", "no notes yet". */
export const evidenceWords = (say, n = 0) => (n ? say("notes_for", { n }) : say("no_notes"));

/** `given`: strip (the nav), rubric, say, show (opens a criterion). */
export function coverage({ strip, rubric, say, show }) {
  const links = [...strip.querySelectorAll("[data-covers]")];
  const titles = new Map(rubric.criteria.map((each) => [each.criterion, `${each.code} ${each.title}`]));
  strip.addEventListener("click", (event) => follow(event, show));

  function draw(counts, current) {
    for (const link of links) drawLink(link, counts.get(link.dataset.covers) ?? 0, current);
  }

  function drawLink(link, n, current) {
    const words = `${titles.get(link.dataset.covers)}: ${evidenceWords(say, n)}`;
    link.toggleAttribute("aria-current", false);
    if (link.dataset.covers === current) link.setAttribute("aria-current", "true");
    link.classList.toggle("is-empty", n === 0);
    if (link.dataset.n !== String(n)) link.querySelector(".bar").replaceChildren(...bars(n));
    link.dataset.n = n;
    write(link.querySelector(".sr"), words);
  }
  return { draw };
}

function follow(event, show) {
  const link = event.target.closest("[data-covers]");
  if (!link) return;
  event.preventDefault();
  show(link.dataset.covers);
}

function bars(n) {
  if (n === 0) return [make("i", { className: "none" })];
  return Array.from({ length: Math.min(n, MOST_BARS) }, () => make("i"));
}
