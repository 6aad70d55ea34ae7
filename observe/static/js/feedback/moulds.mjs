// The page's templates, filled in: KEY becomes a line's key, and NAME stays to be said anew as lines move.

const KEY = /T?KEY/g;

/** The element of a template, with `key` in its ids. */
export function moulded(name, key = "") {
  const made = document.getElementById(`t-${name}`).content.firstElementChild.cloneNode(true);
  for (const element of [made, ...made.querySelectorAll("*")]) keyed(element, key);
  return made;
}

function keyed(element, key) {
  for (const { name, value } of [...element.attributes]) {
    if (value.includes("KEY")) element.setAttribute(name, value.replace(KEY, key));
    if (value.includes("NAME")) element.dataset[`say${name.replace(/\W/g, "")}`] = value;
  }
  if (element.childNodes.length === 1 && element.textContent === "NAME") element.dataset.saytext = "NAME";
}

/** Everything of several templates in one piece. */
export const pieceOf = (name, key = "") => {
  const box = document.createElement("div");
  for (const child of document.getElementById(`t-${name}`).content.children) box.append(child.cloneNode(true));
  for (const element of box.querySelectorAll("*")) keyed(element, key);
  return [...box.childNodes];
};

/** Says the name of a line wherever the template does. */
export function named(element, name) {
  for (const each of [element, ...element.querySelectorAll("[data-sayarialabel], [data-saytext]")]) {
    const { sayarialabel: label, saytext: text } = each.dataset;
    if (label) each.setAttribute("aria-label", label.replace("NAME", name));
    if (text && each.textContent !== name) each.textContent = name;
  }
}

/** Draws again; what had the focus has it afterwards, though it was moved. */
export function keepingFocus(draw) {
  const held = document.activeElement;
  draw();
  if (held && held !== document.activeElement && held.isConnected && held !== document.body)
    held.focus({ preventScroll: true });
}
