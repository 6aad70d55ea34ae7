// An observer's own short forms: `tq` and a space become `Teacher asks: `. Kept for the person on this tablet.

const KEY = "shortcuts";
const LONGEST = 200;
const WORD = /[\p{L}\p{N}\p{M}_'’-]/u;
const TYPED = ["insertText", "insertCompositionText", "insertReplacementText", "insertFromComposition"];

/** What becomes of the short form before a space at the cursor: `{start, short, long}`, or null. */
export function expanded(text, caret, shortcuts) {
  const [, word] = /(\S+)\s$/.exec(text.slice(0, caret)) ?? [];
  const short = word && tails(word).find((tail) => Object.hasOwn(shortcuts, tail.toLowerCase()));
  if (!short) return null;
  const long = shortcuts[short.toLowerCase()].trimEnd();
  const start = caret - short.length - 1;
  return { start, short: text.slice(start, caret), long: `${likeIt(short, long)} ` };
}

// `("tq` holds tq, but `atq` and `don't-tq` do not: a short form begins where a word does.
const tails = (word) =>
  Array.from(word, (_, place) => word.slice(place)).filter(
    (tail) => tail.length === word.length || !WORD.test(word.at(-tail.length - 1)),
  );

// A tablet begins a sentence with a capital letter, and so does what the short form stands for.
const likeIt = (short, long) => {
  const capital = short[0] !== short[0].toLowerCase() && short.slice(1) === short.slice(1).toLowerCase();
  return capital ? long[0].toUpperCase() + long.slice(1) : long;
};

/** What is wrong with a short form, as the name of a sentence, or null. */
export function wrongWith(short, long) {
  if (!short || /\s/.test(short)) return "shortcut_one_word";
  return !long.trim() || long.length > LONGEST ? "shortcut_long" : null;
}

/** The short forms of this tablet's person. `store` as store.mjs opens it. */
export class Shortcuts {
  #store;

  constructor(store) {
    this.#store = store;
    this.all = {};
  }

  /** Brings what is kept; a store that cannot be read has none. */
  async open() {
    const kept = await this.#store.transact("readonly", (tx) => tx.get("kept", KEY)).catch(() => null);
    this.all = { ...kept };
    return this;
  }

  /** Keeps a short form; `before` is the one that it replaces. */
  put(short, long, before = short) {
    const { [before.toLowerCase()]: _, ...others } = this.all;
    return this.#keep({ ...others, [short.toLowerCase()]: long.trim() });
  }

  remove(short) {
    const { [short]: _, ...others } = this.all;
    return this.#keep(others);
  }

  async #keep(all) {
    await this.#store.transact("readwrite", (tx) => void tx.put("kept", all, KEY));
    this.all = all;
  }

  /** Watches a field; its other listeners hear what became of a short form as if it had been typed. */
  watch(area) {
    let last = null;
    let busy = false;
    const put = (start, end, text) => {
      busy = true;
      typed(area, start, end, text);
      busy = false;
    };
    const look = () => {
      last = expanded(area.value, area.selectionStart, this.all);
      if (last) put(last.start, area.selectionStart, last.long);
    };
    area.addEventListener("input", (event) => {
      if (busy || event.isComposing) return;
      const before = last;
      last = null;
      if (event.inputType === "deleteContentBackward" && isBehind(area, before))
        put(before.start, area.selectionStart, before.short);
      else if (TYPED.includes(event.inputType)) look();
    });
    area.addEventListener("compositionend", () => !busy && look());
  }
}

// The first tap on delete right after takes its last letter; then the short form comes back in its place.
function isBehind(area, last) {
  if (!last) return false;
  const left = last.long.slice(0, -1);
  return area.selectionStart === last.start + left.length && area.value.startsWith(left, last.start);
}

// As if typed, so that Ctrl+Z takes it back; a browser that cannot do so gets it put there.
function typed(area, start, end, text) {
  area.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, start, end, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}
