// Who spoke, what it did, whether it is private, and which criteria: what one tells about a line by tapping.

import { make } from "../page.mjs";
import { blankNote, matching, mostUsed, toggled } from "./notes.mjs";

/** Buttons and chips that tell about a line. `given`: root, rubric, say, read (the line), set (part, value), notes. */
export class Tools {
  #given;
  #shown = null;

  constructor(given) {
    this.#given = given;
    given.root.addEventListener("click", (event) => this.#click(event));
    given.root.addEventListener("keydown", (event) => this.#key(event));
    this.#find.addEventListener("input", () => this.#drawFound());
    this.fresh();
  }

  #part(name) {
    return this.#given.root.querySelector(`[data-${name}]`);
  }

  get #find() {
    return this.#part("find");
  }

  /** Chooses the chips anew. They stay as they are while a line is written, so that none moves under the thumb. */
  fresh() {
    this.#shown = mostUsed(this.#given.rubric.criteria, this.#given.notes());
    this.another(false);
    this.draw();
  }

  #click({ target, pointerType }) {
    const button = target.closest("button");
    const byTouch = pointerType === "touch";
    if (!button) return;
    if (button.dataset.part) this.#toggle(button.dataset.part, button.dataset.value === "true" || button.dataset.value);
    if (button.dataset.criterion) this.tag(button.dataset.criterion);
    if (button.hasAttribute("data-another")) this.another(this.#part("others").hidden, { byTouch });
    else if (button.closest("[data-found]")) this.#found(byTouch);
  }

  // On glass the keyboard stays as it is; otherwise one goes on writing.
  #found(byTouch) {
    this.another(false);
    if (!byTouch) this.#given.back();
  }

  #toggle(part, value) {
    const before = this.#given.read()[part];
    this.#given.set(part, before === value ? blankNote("")[part] : value);
    this.draw();
  }

  /** What the keys Alt+T, Alt+P, Alt++ and Alt+− do. */
  press(part, value) {
    this.#toggle(part, value);
  }

  tag(criterion) {
    this.#given.set("criteria", toggled(this.#given.read().criteria, criterion));
    this.draw();
  }

  /** Opens or closes the list of all criteria under the line. */
  another(open, { byTouch = false } = {}) {
    this.#part("others").hidden = !open;
    this.#part("another").setAttribute("aria-expanded", String(open));
    this.#find.value = "";
    if (open) this.#drawFound();
    if (open && !byTouch) this.#find.focus();
  }

  #key(event) {
    if (this.#part("others").hidden || event.isComposing) return;
    if (event.key === "Escape") this.#close(event);
    if (event.key === "Enter" && event.target === this.#find) this.#pick(event);
  }

  #close(event) {
    event.stopPropagation();
    this.another(false);
    this.#part("another").focus();
  }

  #pick(event) {
    event.preventDefault();
    event.stopPropagation();
    const [first] = matching(this.#given.rubric.criteria, this.#find.value);
    if (!first || !this.#find.value.trim()) return;
    this.tag(first.criterion);
    this.#found(false);
  }

  draw() {
    const note = this.#given.read();
    for (const button of this.#given.root.querySelectorAll("[data-part]"))
      button.setAttribute(
        "aria-pressed",
        String(note[button.dataset.part] === (button.dataset.value === "true" || button.dataset.value)),
      );
    const own = this.#given.rubric.criteria.filter(
      (each) => note.criteria.includes(each.criterion) && !this.#shown.includes(each),
    );
    drawChips(this.#part("chips"), [...this.#shown, ...own], note);
    if (!this.#part("others").hidden) this.#drawFound();
  }

  #drawFound() {
    drawChips(this.#part("found"), matching(this.#given.rubric.criteria, this.#find.value), this.#given.read());
  }
}

// Chips are kept where they are; only what is pressed changes, so that focus stays.
function drawChips(root, criteria, note) {
  const old = new Map([...root.children].map((chip) => [chip.dataset.criterion, chip]));
  root.replaceChildren(
    ...(differs(root, criteria) ? criteria.map((each) => old.get(each.criterion) ?? chip(each)) : root.children),
  );
  for (const each of root.children)
    each.setAttribute("aria-pressed", String(note.criteria.includes(each.dataset.criterion)));
}

const differs = (root, criteria) =>
  criteria.map((each) => each.criterion).join() !== [...root.children].map((chip) => chip.dataset.criterion).join();

const chip = ({ criterion, code, title }) =>
  make(
    "button",
    { className: "chip", type: "button", data: { criterion } },
    make("b", {}, code),
    make("span", {}, title),
  );
