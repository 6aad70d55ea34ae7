// Who spoke, what it did, whether it is private or for safeguarding, and which criteria: what one tells about a line by tapping.

import { write } from "../page.mjs";
import { chipsOf, pressed } from "./chips.mjs";
import { Finder } from "./finder.mjs";
import { blankNote, mostUsed, toggled } from "./notes.mjs";

/** Buttons and chips that tell about a line. `given`: root, rubric, say, read (the line), set (part, value), notes, back (takes the focus). */
export class Tools {
  #given;
  #shown = [];
  #finder;
  #pointer = "mouse";

  constructor(given) {
    this.#given = given;
    const { root, rubric, say, read, back } = given;
    const [place, opener, pick] = [this.#part("others"), this.#part("another"), (one) => this.#tag(one)];
    this.#finder = new Finder({ place, opener, criteria: rubric.criteria, say, read, pick, back });
    root.addEventListener("pointerdown", ({ pointerType }) => (this.#pointer = pointerType), { capture: true });
    root.addEventListener("mousedown", (event) => this.#stay(event));
    root.addEventListener("click", (event) => this.#click(event));
    this.fresh();
  }

  #part(name) {
    return this.#given.root.querySelector(`[data-${name}]`);
  }

  // Whoever writes goes on writing after a tap, and the keyboard on the glass stays as it is.
  #stay(event) {
    const writing = document.activeElement?.matches("textarea, [data-find]");
    if (writing && event.target.closest("button")) event.preventDefault();
  }

  /** Chooses the chips anew. They stay as they are while a line is written, so that none moves under the thumb. */
  fresh() {
    this.#shown = mostUsed(this.#given.rubric.criteria, this.#given.notes());
    this.#finder.close();
    this.draw();
  }

  #click(event) {
    const { part, value, criterion } = event.target.closest("button")?.dataset ?? {};
    const onGlass = event.detail > 0 && this.#pointer !== "mouse";
    if (part) this.#toggle(part, value === "true" || value);
    else if (event.target.closest("[data-another]")) this.#finder.turn({ byKey: !onGlass });
    else if (event.target.closest("[data-found]")) this.#finder.tapped(criterion, { byKey: !onGlass });
    else if (criterion) this.#tag(criterion);
  }

  #toggle(part, value) {
    const before = this.#given.read()[part];
    this.#given.set(part, before === value ? blankNote("")[part] : value);
    this.draw();
  }

  #tag(criterion) {
    this.#given.set("criteria", toggled(this.#given.read().criteria, criterion));
    this.draw();
  }

  /** What Alt with the letter of a speaker, Alt++, Alt+− and Ctrl+K do; answers whether it was one of them. */
  key(event) {
    const told = event.altKey && !event.ctrlKey && (this.#heard(event.code) ?? ALT[event.code]);
    const find = (event.ctrlKey || event.metaKey) && event.code === "KeyK";
    if (!told && !find) return false;
    event.preventDefault();
    if (told) this.#toggle(...told);
    else this.find();
    return true;
  }

  // Who can be heard depends on what is observed, and is on the page.
  #heard(code) {
    const { part, value } = this.#given.root.querySelector(`[data-key="${code}"]`)?.dataset ?? {};
    return part && [part, value];
  }

  /** Opens the list of all criteria; what is typed next looks for one. */
  find() {
    this.#finder.open({ byKey: true });
  }

  draw() {
    const note = this.#given.read();
    for (const button of this.#given.root.querySelectorAll("[data-part]"))
      pressed(button, note[button.dataset.part] === (button.dataset.value === "true" || button.dataset.value));
    for (const chip of chipsOf(this.#part("chips"), this.#shown))
      pressed(chip, note.criteria.includes(chip.dataset.criterion));
    this.#part("concern").hidden = !note.safeguarding;
    this.#drawAnother(note);
    this.#finder.draw();
  }

  // Criteria without a chip stand on the button that leads to them, so that no chip has to make room.
  #drawAnother({ criteria }) {
    const { rubric, say } = this.#given;
    const own = rubric.criteria.filter((each) => criteria.includes(each.criterion) && !this.#shown.includes(each));
    const codes = own.map((each) => each.code);
    const another = this.#part("another");
    pressed(another, own.length > 0);
    write(another.firstElementChild, codes.length > 2 ? say("more_tags", { n: codes.length }) : codes.join(" ") || say("another"));
    write(another.lastElementChild, own.map((each) => `${each.code} ${each.title}`).join(", "));
  }
}

const ALT = {
  Equal: ["mark", "+"],
  NumpadAdd: ["mark", "+"],
  Minus: ["mark", "-"],
  NumpadSubtract: ["mark", "-"],
};
