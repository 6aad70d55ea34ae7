/** A button that copies the text of a field, so that a one-time link arrives whole. */

import { copied } from "../clipboard.mjs"

export const start = (button, page = document, clipboard = navigator.clipboard) => {
  const field = page.getElementById(button.dataset.copies)
  const said = button.parentElement.querySelector('[role="status"]')
  button.hidden = false
  button.addEventListener("click", async () => {
    const done = await copied(field.value, { clipboard, page })
    field.select()
    if (done) said.textContent = button.dataset.done
  })
}

if (typeof document !== "undefined") {
  for (const button of document.querySelectorAll("[data-module~=copy]")) start(button)
}
