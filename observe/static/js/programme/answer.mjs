// An answer to leadership feedback is half done in this window alone, and forgotten here once it has been sent.

import { write } from "../page.mjs";

const UNDER = "observe-answer ";
const KEPT = /^(level|words)-/;

/** What is filled in of a form, as [name, value] pairs of the fields that an answer has. */
export const filledIn = (fields) => [...fields].filter(([name, value]) => KEPT.test(name) && value !== "");

/** Puts what was kept back into the fields of a form, as far as it still has them. */
export function fill(elements, pairs) {
  const kept = new Map(pairs);
  for (const element of elements) {
    if (!kept.has(element.name)) continue;
    if (element.type === "radio") element.checked = element.value === kept.get(element.name);
    else element.value = kept.get(element.name);
  }
}

/** How many criteria a level or a word was chosen for. */
export const chosen = (pairs) => pairs.filter(([name]) => name.startsWith("level-")).length;

/** Keeps what stands in the form in `store` at each change, and says how much it is; nothing is sent. */
export function start(form, store, page = document, leaves = globalThis) {
  const key = UNDER + form.dataset.key;
  const said = page.querySelector("#unsent > span");
  const all = form.querySelectorAll("fieldset").length;
  const read = () => filledIn(new FormData(form));
  const tell = (pairs) =>
    pairs.length > 0 && write(said, said.dataset.some.replace("{done}", chosen(pairs)).replace("{all}", all));
  let sending = false;

  if (read().length === 0) fill(form.elements, JSON.parse(store.getItem(key) ?? "[]"));
  tell(read());
  form.addEventListener("input", () => {
    store.setItem(key, JSON.stringify(read()));
    tell(read());
  });
  form.addEventListener("submit", () => (sending = true));
  leaves.addEventListener("beforeunload", (event) => !sending && read().length > 0 && event.preventDefault());
}

if (typeof document !== "undefined") {
  for (const form of document.querySelectorAll("[data-module~=answer]")) start(form, sessionStorage);
  for (const part of document.querySelectorAll("[data-module~=answer-sent]"))
    sessionStorage.removeItem(UNDER + part.dataset.key);
}
