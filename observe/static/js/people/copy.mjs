/** A button that copies the text of a field, so that a one-time link arrives whole. */

/** Copies with the clipboard of a secure page, or as a person would by hand. */
export const copyText = async (field, { clipboard, byHand }) => {
  field.select()
  if (!clipboard) return byHand()
  await clipboard.writeText(field.value)
  return true
}

export const start = (button, page = document, clipboard = navigator.clipboard) => {
  const field = page.getElementById(button.dataset.copies)
  const said = button.parentElement.querySelector('[role="status"]')
  const byHand = () => page.execCommand("copy")
  button.hidden = false
  button.addEventListener("click", async () => {
    if (await copyText(field, { clipboard, byHand })) said.textContent = button.dataset.done
  })
}

if (typeof document !== "undefined") {
  for (const button of document.querySelectorAll("[data-module~=copy]")) start(button)
}
