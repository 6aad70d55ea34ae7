// A reflection saves itself a moment after the last letter, and says so.

import { isTouched, write } from "../page.mjs";
import { post } from "../posting.mjs";
import { createSaver } from "../saver.mjs";

const REFUSED = 412;

/** `form` is the form, `saving` where is said how it stands; `post(form)` sends it. */
export function reflection(form, saving, { post, words = saving.dataset, within = saving.querySelector("span"), ...timers }) {
  const revision = form.elements.namedItem("revision");
  let leaving = false;

  async function send() {
    try {
      const response = await post(form);
      if (response.status === REFUSED) leave();
      return response.ok ? take(await response.json()) : false;
    } catch {
      return false;
    }
  }

  function take(kept) {
    revision.value = kept.revision;
    words.saved = kept.saved;
    return true;
  }

  // Other words were kept meanwhile: the page itself says so, and shows both.
  function leave() {
    leaving = true;
    form.requestSubmit();
  }

  function told(state) {
    saving.classList.toggle("saving-off", state !== "saved");
    if (words[state]) write(within, words[state]);
  }

  const saver = createSaver({ send, told, ...timers });
  form.addEventListener("input", saver.changed);
  form.addEventListener("submit", () => (leaving = true));
  if (isTouched(form)) saver.changed();
  return { flush: saver.flush, unsaved: () => saver.waits() && !leaving };
}

function begin(form) {
  const work = reflection(form, document.getElementById("saving"), { post: (sent) => post(sent.action, new FormData(sent)) });
  addEventListener("beforeunload", (event) => work.unsaved() && event.preventDefault());
  addEventListener("online", () => work.unsaved() && work.flush());
}

if (globalThis.document?.getElementById("reflection")) begin(document.getElementById("reflection"));
