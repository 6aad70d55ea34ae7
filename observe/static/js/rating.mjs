// Rating criterion by criterion, as in an exercise: each change is saved where it was made, and the page says so.

import { isTouched, write } from "./page.mjs";
import { post } from "./posting.mjs";
import { createSaving } from "./rating_saving.mjs";

const saving = document.getElementById("saving");
const finish = document.getElementById("finish");
const forms = new Map([...document.querySelectorAll("form[data-rate]")].map((form) => [form.id, form]));

async function send(key) {
  const form = forms.get(key);
  try {
    const response = await post(form.action, new FormData(form));
    if (!response.ok) return response.status >= 500 || response.status === 429 ? "lost" : "closed";
    saving.dataset.saved = (await response.json()).saved;
    return "saved";
  } catch {
    return "lost";
  }
}

function told(state) {
  saving.classList.toggle("saving-off", state !== "saved");
  const words = saving.dataset[state];
  if (words) write(saving.querySelector("span"), words);
}

if (forms.size > 0) begin(createSaving({ send, told }));

function begin(work) {
  for (const [key, form] of forms) {
    for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
    form.addEventListener("input", (event) => work.changed(key, { atOnce: event.target.type === "radio" }));
    form.addEventListener("submit", (event) => whenSaved(event, form, work));
    if (isTouched(form)) work.changed(key, { atOnce: false });
  }
  finish.addEventListener("submit", (event) => whenSaved(event, finish, work));
  addEventListener("beforeunload", (event) => work.waits() && event.preventDefault());
  addEventListener("online", () => work.flush());
}

// Another criterion may still wait: it goes first, and then what was pressed.
function whenSaved(event, form, work) {
  if (!work.waits()) return;
  event.preventDefault();
  work.flush().then((all) => all && form.requestSubmit(event.submitter));
}
