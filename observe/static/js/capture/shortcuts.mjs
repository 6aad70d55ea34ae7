// An observer's own shortcuts: `tq` and a space become `Teacher asks: `. Kept for the person on this tablet.

import { make } from "../page.mjs";

const KEY = "shortcuts";
const LONGEST = 200;
const SPACE = /\s$/;

/** What stands in the field after a space was typed behind a shortcut: `{text, caret, from}`, or null. */
export function expanded(text, caret, shortcuts) {
  const before = text.slice(0, caret);
  const [, word] = /(?:^|[\s([„“"'])([^\s]+)\s$/.exec(before) ?? [];
  const long = word && shortcuts[word.toLocaleLowerCase()];
  if (!long) return null;
  const start = caret - word.length - 1;
  const put = SPACE.test(long) ? long : `${long} `;
  return { text: text.slice(0, start) + put + text.slice(caret), caret: start + put.length, from: { text, caret } };
}

/** What is wrong with a shortcut, as the name of a sentence, or null; one that is given again is changed. */
export function wrongWith(short, long) {
  if (!short || /\s/.test(short)) return "shortcut_one_word";
  return !long.trim() || long.length > LONGEST ? "shortcut_long" : null;
}

/** The shortcuts of this tablet's person. `store` as store.mjs opens it. */
export class Shortcuts {
  #store;

  constructor(store) {
    this.#store = store;
    this.all = {};
  }

  async open() {
    this.all = (await this.#store.transact("readonly", (tx) => tx.get("kept", KEY)).catch(() => null)) ?? {};
    return this;
  }

  put(short, long) {
    return this.#keep({ ...this.all, [short.toLocaleLowerCase()]: long });
  }

  remove(short) {
    const { [short]: _, ...others } = this.all;
    return this.#keep(others);
  }

  #keep(all) {
    this.all = all;
    return this.#store.transact("readwrite", (tx) => void tx.put("kept", all, KEY));
  }

  /** Watches a field before anybody else hears what was typed in it. */
  watch(area) {
    let last = null;
    area.addEventListener("input", (event) => (last = this.#typed(area, event)), { capture: true });
    area.addEventListener("beforeinput", (event) => this.#takenBack(area, event, last));
  }

  #typed(area, { data, isComposing }) {
    if (isComposing || !data || !SPACE.test(data)) return null;
    const found = expanded(area.value, area.selectionStart, this.all);
    if (found) put(area, found);
    return found;
  }

  // One tap on delete right after gives back what was typed.
  #takenBack(area, event, last) {
    const undone = ["deleteContentBackward", "historyUndo"].includes(event.inputType);
    if (!undone || !last || area.value !== last.text || area.selectionStart !== last.caret) return;
    event.preventDefault();
    put(area, last.from);
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

function put(area, { text, caret }) {
  area.value = text;
  area.setSelectionRange(caret, caret);
}

/** The list in which shortcuts are added, changed and taken away. `given`: root, shortcuts, say. */
export function shortcutList({ root, shortcuts, say }) {
  const [short, long] = root.querySelectorAll("input");
  const wrong = root.querySelector("[data-wrong]");

  function draw() {
    const all = Object.entries(shortcuts.all).sort();
    root.querySelector("[data-none]").hidden = all.length > 0;
    root.querySelector("ul").replaceChildren(...all.map(row));
  }

  function row([name, words]) {
    const change = button("shortcut_change", name, () => ((short.value = name), (long.value = words), long.focus()));
    const remove = button("shortcut_remove", name, () => shortcuts.remove(name).then(draw).then(() => short.focus()));
    return make("li", { className: "row spread" }, make("span", {}, make("kbd", {}, name), ` ${words}`), make("span", { className: "row" }, change, remove));
  }

  const button = (key, name, onclick) =>
    make("button", { type: "button", className: "button button-small button-quiet", onclick }, say(key), make("span", { className: "sr" }, ` ${name}`));

  async function add() {
    const fault = wrongWith(short.value.trim(), long.value);
    wrong.hidden = !fault;
    wrong.textContent = fault ? say(fault) : "";
    if (fault) return short.focus();
    await shortcuts.put(short.value.trim(), long.value);
    short.value = long.value = "";
    draw();
    short.focus();
  }

  root.querySelector("[data-add]").addEventListener("click", add);
  root.addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input") && (event.preventDefault(), add()));
  draw();
}
