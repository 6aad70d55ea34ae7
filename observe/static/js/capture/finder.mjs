// Finding a criterion among all: by its letters and the arrow keys, or by a tap.

import { write } from "../page.mjs";
import { chipsOf, said } from "./chips.mjs";
import { matching } from "./notes.mjs";

let lists = 0;

/** `given`: place (field and list), opener (its button), criteria, say, read (the line), pick (a criterion), back (takes the focus). */
export class Finder {
  #given;
  #field;
  #list;
  #none;
  #active = null;

  constructor(given) {
    this.#given = given;
    this.#field = given.place.querySelector("[data-find]");
    this.#list = given.place.querySelector("[data-found]");
    this.#none = given.place.querySelector("[data-none-found]");
    this.#list.id = `criteria-${(lists += 1)}`;
    this.#field.setAttribute("aria-controls", this.#list.id);
    this.#field.addEventListener("input", () => this.#sought());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
  }

  get #isOpen() {
    return !this.#given.place.hidden;
  }

  /** Opens or closes it; by key one goes on in the field. */
  turn({ byKey }) {
    if (!this.#isOpen) this.open({ byKey });
    else this.close();
  }

  open({ byKey }) {
    this.#show(true);
    if (byKey) this.#field.focus();
  }

  close() {
    this.#show(false);
  }

  #show(open) {
    this.#given.place.hidden = !open;
    said(this.#given.opener, "aria-expanded", open);
    this.#field.value = "";
    this.#active = null;
    this.draw();
  }

  /** A criterion in the list was tapped. */
  tapped(criterion, { byKey }) {
    if (criterion) this.#pick(criterion, byKey);
  }

  #pick(criterion, byKey) {
    this.#given.pick(criterion);
    this.close();
    if (byKey) this.#given.back();
  }

  // The first that fits is meant, until the arrows say another.
  #sought() {
    const [first] = this.#field.value.trim() ? this.#found : [];
    this.#active = first?.criterion ?? null;
    this.draw();
  }

  get #found() {
    return matching(this.#given.criteria, this.#field.value);
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || !(step || ["Enter", "Escape"].includes(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
    if (step) this.#move(step);
    else if (event.key === "Enter" && this.#active) this.#pick(this.#active, true);
    else if (event.key === "Escape" || !this.#field.value.trim()) this.#leave();
  }

  #leave() {
    this.close();
    this.#given.back();
  }

  #move(step) {
    const found = this.#found;
    const place = found.findIndex((each) => each.criterion === this.#active);
    const start = place < 0 && step < 0 ? 0 : place;
    this.#active = found.at((start + step) % found.length)?.criterion ?? null;
    this.draw();
  }

  draw() {
    if (!this.#isOpen) return;
    const found = this.#found;
    const { criteria } = this.#given.read();
    for (const option of chipsOf(this.#list, found, { role: "option", tabIndex: -1 })) {
      option.id = `${this.#list.id}-${option.dataset.criterion}`;
      said(option, "aria-selected", criteria.includes(option.dataset.criterion));
      option.classList.toggle("is-active", option.dataset.criterion === this.#active);
    }
    this.#none.hidden = found.length > 0;
    write(this.#none, found.length ? "" : this.#given.say("none_found", { letters: this.#field.value.trim() }));
    this.#point();
  }

  #point() {
    const id = this.#active ? `${this.#list.id}-${this.#active}` : "";
    if (this.#field.getAttribute("aria-activedescendant") === id) return;
    this.#field.setAttribute("aria-activedescendant", id);
    if (id) document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }
}
