// Chips of criteria: those that stay are kept where they are, so that nothing moves and the focus stays.

import { make } from "../page.mjs";

/** Shows these criteria as chips in `root`; answers the chips. `more` goes to each new one. */
export function chipsOf(root, criteria, more = {}) {
  const old = new Map([...root.children].map((chip) => [chip.dataset.criterion, chip]));
  if (criteria.map((each) => each.criterion).join() !== [...old.keys()].join())
    root.replaceChildren(...criteria.map((each) => old.get(each.criterion) ?? chipOf(each, more)));
  return [...root.children];
}

const chipOf = ({ criterion, code, title }, more) =>
  make(
    "button",
    { className: "chip", type: "button", data: { criterion }, ...more },
    make("b", {}, code),
    make("span", {}, title),
  );

/** Says of a button whether it is pressed. */
export const pressed = (button, on) => said(button, "aria-pressed", on);

/** Sets an attribute to true or false where it is not. */
export function said(element, name, on) {
  if (element.getAttribute(name) !== String(on)) element.setAttribute(name, String(on));
}
