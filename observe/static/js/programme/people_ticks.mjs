// Finding people in a list to tick, by some letters of their name or school; a tick stays when its person is not shown.

import { write } from "../page.mjs";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Whether each word that is looked for begins a word of the text, whatever its accents and capitals. */
export function fits(text, sought) {
  const words = wordsOf(text);
  return wordsOf(sought).every((letters) => words.some((word) => word.startsWith(letters)));
}

/** What is said under the list: that nobody is found, or how many are ticked, or nothing. */
export function told({ shown, ticked }, words) {
  if (shown === 0) return words.none;
  return ticked > 0 ? words.ticked.replace("{n}", ticked) : "";
}

/** Lets the field of one list show only who fits. */
export function start(list) {
  const place = list.querySelector(".people-find");
  const said = list.querySelector("[data-ticked]");
  const lines = [...list.querySelectorAll("label.check-line")];
  const boxes = lines.map((line) => line.querySelector("input"));
  const shown = () => lines.filter((line) => !line.hidden);
  const tell = () =>
    write(said, told({ shown: shown().length, ticked: boxes.filter((box) => box.checked).length }, said.dataset));

  list.addEventListener("change", tell);
  tell();
  if (!place) return;
  place.hidden = false;
  const field = place.querySelector("input");
  field.addEventListener("input", () => {
    for (const line of lines) line.hidden = !fits(line.textContent, field.value);
    tell();
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && entered(event));

  // Enter ticks the only one who is left, and never sends the form before anybody is ticked.
  function entered(event) {
    event.preventDefault();
    const [only, ...others] = shown();
    if (only && others.length === 0) only.querySelector("input").click();
  }
}

if (typeof document !== "undefined")
  for (const list of document.querySelectorAll("[data-module~=people-ticks]")) start(list);
