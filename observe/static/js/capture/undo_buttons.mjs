// Undo and redo: two buttons that say what they do, and Ctrl+Z outside of text.

import { write } from "../page.mjs";
import { stepWords } from "./undo_words.mjs";

const SHOWN = 12000;
const TEXT = "textarea, input:not([type]), input[type='text'], input[type='search'], input[type='number']";

/**
 * `given`: undo, buttons {undo, redo}, told (a line above the note line, for what could not be taken back), aloud (says
 * what was), rubric, record, say, time (ms to words), later, may (whether the record can be changed), done.
 */
export function undoButtons(given) {
  const { undo, buttons, say, may } = given;
  const about = {
    say,
    criteria: given.rubric.criteria,
    time: (line) => given.time(given.record.value(`note/${line}/elapsed_ms`) ?? 0),
  };
  const words = (step) => stepWords(step, about);
  const tell = teller(given);

  function take(way) {
    const turned = may() ? undo[way]() : null;
    if (!turned) return;
    tell(say(turned.kept ? "undo_kept" : `did_${way}`, { what: words(turned.step) }), turned.kept);
    given.done();
  }

  function key(event) {
    const way = event.code === "KeyY" || event.shiftKey ? "redo" : "undo";
    const meant = (event.ctrlKey || event.metaKey) && !event.altKey && ["KeyZ", "KeyY"].includes(event.code);
    if (!meant || event.target.matches(TEXT)) return;
    event.preventDefault();
    take(way);
  }

  for (const [way, button] of Object.entries(buttons)) button.addEventListener("click", () => take(way));
  document.addEventListener("keydown", key);
  return {
    draw() {
      show(buttons.undo, may() ? undo.last : null, words);
      show(buttons.redo, may() ? undo.next : null, words);
    },
  };
}

// A button that can do nothing keeps its place and the focus.
function show(button, step, words) {
  const what = step ? words(step) : "";
  button.setAttribute("aria-disabled", String(!step));
  if (button.title !== what) button.title = what;
  write(button.querySelector("[data-what]"), what);
}

/** What was done is said aloud; what could not be done is also shown for a while. */
function teller({ told, aloud, later }) {
  let turn = 0;
  return function tell(words, shown) {
    const mine = (turn += 1);
    if (!shown) aloud(words);
    told.hidden = !shown;
    write(told, shown ? words : "");
    if (shown) later(() => mine === turn && (told.hidden = true), SHOWN);
  };
}
