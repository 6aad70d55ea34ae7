// The field in which a line is written: what ends it, what expands in it, and what is too long for it.

import { make, pageLanguage } from "../page.mjs";
import { inParts, keepable } from "./long_text.mjs";
import { size } from "./moments.mjs";

const BREAKS = ["insertLineBreak", "insertParagraph"];

export class LineField {
  #given;
  #shifted = false;
  #composing = false;

  /**
   * `given`: area, help (where it says that a text is too long), shortcuts, say, typed (hears the text), end, kept (the
   * text in the record), isTooLong, cut (hears the parts of a long text).
   */
  constructor(given) {
    this.#given = given;
    const { area, shortcuts } = given;
    shortcuts.watch(area);
    area.addEventListener("compositionstart", () => (this.#composing = true));
    area.addEventListener("compositionend", () => (this.#composing = false));
    area.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("beforeinput", (event) => this.#breaks(event));
    area.addEventListener("input", () => this.#typed());
  }

  get text() {
    return keepable(this.#given.area.value);
  }

  /** Puts a text there that was not typed. */
  put(text) {
    this.#given.area.value = text;
    this.#drawHelp();
  }

  #typed() {
    this.#given.typed(this.text);
    this.#drawHelp();
  }

  // Safari ends a composition before it tells of the key that did it, and says so by 229.
  #key(event) {
    this.#shifted = event.shiftKey;
    const writes = this.#composing || event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || event.altKey || writes) return;
    event.preventDefault();
    this.#given.end();
  }

  // Keyboards on glass send a break without a key. What is dictated may hold breaks and ends nothing.
  #breaks(event) {
    if (!BREAKS.includes(event.inputType) || this.#shifted || this.#composing || event.isComposing) return;
    event.preventDefault();
    this.#given.end();
  }

  #drawHelp() {
    const { help, isTooLong } = this.#given;
    const long = isTooLong();
    help.hidden = !long;
    help.replaceChildren(...(long ? this.#help() : []));
  }

  #help() {
    const { area, say, cut, kept } = this.#given;
    const parts = inParts(this.text);
    const bytes = new Blob([area.value]).size;
    const back = () => this.#replaced(kept());
    return [
      make("p", { role: "alert" }, say("line_too_long", { size: size(bytes, pageLanguage()) })),
      make(
        "div",
        { className: "row" },
        button(say("into_lines", { n: parts.length }), () => (cut(parts), this.#drawHelp())),
        button(say("as_before"), back),
      ),
    ];
  }

  #replaced(text) {
    this.#given.area.value = text;
    this.#typed();
    this.#given.area.focus();
  }
}

const button = (words, onclick) => make("button", { type: "button", className: "button button-small", onclick }, words);
