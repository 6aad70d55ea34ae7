// Small helpers for what touches the page: elements, and sentences from the page's own catalogue.

/** An element with properties, attributes (where the name has a dash or is `role`), and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) put(element, name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function put(element, name, value) {
  if (value === null || value === undefined) return;
  if (name === "data") Object.assign(element.dataset, value);
  else if (name in element && !name.includes("-")) element[name] = value;
  else element.setAttribute(name, value);
}

/** One of the drawings that the page carries. */
export function drawing(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ width: 20, height: 20, viewBox: "0 0 20 20", "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#drawing-${name}`);
  svg.append(use);
  return svg;
}

/** The part of the page that has this id. */
export const part = (id) => document.getElementById(id);

/** The language in which the page speaks, as a BCP 47 tag. */
export const pageLanguage = () => document.documentElement.lang || "en-GB";

/** The JSON that the page carries under an id. */
export const block = (id) => JSON.parse(part(id).textContent);

/** Sentences by key: `{name}` is filled in, and a sentence with several forms is chosen by `n`. */
export function speaker(words, language) {
  const rules = new Intl.PluralRules(language);
  const form = (entry, n) => (typeof entry === "string" ? entry : (entry[rules.select(n)] ?? entry.other));
  return (key, values = {}) => form(words[key], values.n ?? 0).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Sets a text only where it changes, so that nothing is read aloud twice. */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Whether a form holds something else than the page came with: what was typed before its script had come. */
export const isTouched = (form) => [...form.elements].some(differs);

const differs = ({ checked, defaultChecked, value, defaultValue = value }) => checked !== defaultChecked || value !== defaultValue;

/** How a person uses this tablet, kept on it: each habit stands on the page's root and is chosen in `root`. */
export function habits(usual, root) {
  for (const [name, first] of Object.entries(usual)) {
    const chosen = localStorage.getItem(`observe-${name}`) ?? first;
    keep(name, chosen);
    for (const input of root.querySelectorAll(`input[name='${name}']`)) {
      input.checked = input.value === chosen;
      input.addEventListener("change", () => keep(name, input.value));
    }
  }
}

function keep(name, chosen) {
  localStorage.setItem(`observe-${name}`, chosen);
  document.documentElement.dataset[name] = chosen;
}
