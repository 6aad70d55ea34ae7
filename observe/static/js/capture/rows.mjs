// How a criterion's row shows what the record holds of it.

import { write } from "../page.mjs";
import { evidenceWords } from "./coverage.mjs";
import { occasionWords } from "./parts.mjs";
import { rated } from "./rating.mjs";

export const CHOICE = "input[name^='r-']";

/** Where the keyboard goes in a row: to what is chosen, or what can be; not into a field, where letters are typed. */
export function controlOf(row) {
  const name = row.querySelector(".criterion-name");
  if (row.querySelector("[data-typed]")) return name;
  return row.querySelector(`${CHOICE}:checked`) ?? row.querySelector(`${CHOICE}, [data-tap]`) ?? name;
}

/** The row of a criterion at an occasion. `given`: record, parts, rubric, say, counts (lines by criterion). */
export function drawRow({ row, criterion, occasion, field, scale }, given) {
  const { record, parts, counts } = given;
  const value = record.value(field);
  for (const input of row.querySelectorAll(CHOICE)) input.checked = isChosen(value, input.value);
  for (const tick of row.querySelectorAll("[data-lookfor]"))
    tick.checked = record.value(`lookfor/${criterion.criterion}/${tick.dataset.lookfor}/${occasion}`) === true;
  if (scale.type === "count") write(row.querySelector("[data-number]"), String(record.count(field)));
  write(row.querySelector("[data-evidence]"), below(criterion, occasion, counts, given));
  row.classList.toggle("is-elsewhere", parts.isElsewhere(criterion.occasion));
  row.classList.toggle("is-due", value === null && parts.wanted(criterion.occasion) === occasion);
  drawTyped(row, field, value, given);
  drawDescriptors(row, value);
  const back = row.querySelector("[data-take-back]");
  if (back) back.hidden = value === null;
}

const isChosen = (value, text) =>
  Array.isArray(value) ? value.map(String).includes(text) : value !== null && String(value) === text;

// Below the name: which part of the lesson is rated, and how many lines speak to it.
function below({ criterion, occasion: kind }, occasion, counts, { rubric, say }) {
  const evidence = evidenceWords(say, counts.get(criterion));
  return kind === "whole" ? evidence : `${occasionWords(occasion, rubric.occasions, say)} · ${evidence}`;
}

// What somebody is typing is not rewritten under the cursor; it says for which part it is once that is over.
function drawTyped(row, field, value, { rubric, say }) {
  const input = row.querySelector("[data-typed]");
  if (!input) return;
  const begun = input.dataset.field ?? field;
  const still = row.querySelector("[data-still]");
  still.hidden = begun === field;
  const part = occasionWords(begun.split("/")[2], rubric.occasions, say);
  if (begun !== field) write(still, say("still_for", { part }));
  if (input !== document.activeElement) input.value = isWord(value) ? "" : String(value);
}

const isWord = (value) => [null, "not_seen", "not_applicable"].includes(value);

// The chosen descriptor comes forward; its neighbours stay beside it. Without a level all are there.
function drawDescriptors(row, value) {
  for (const card of row.querySelectorAll(".descriptor")) {
    const distance = typeof value === "number" ? Math.abs(Number(card.dataset.level) - value) : null;
    card.hidden = distance > 1;
    card.classList.toggle("is-chosen", distance === 0);
  }
}

/** "2 of 4 rated" beside the name of each domain. */
export function drawDomains({ pane, rubric, record, clock, say }) {
  const { domains } = rated(rubric, (field) => record.value(field), clock.observed());
  for (const place of pane.querySelectorAll("[data-domain]")) {
    const count = domains.get(place.dataset.domain);
    write(place, count ? say("rated_of", count) : "");
  }
}
