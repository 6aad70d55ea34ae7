// How a line looks when nobody is changing it.

import { make } from "../page.mjs";

/** The line as a button that opens it, or only as words. `late`: it came after the seal. */
export function lineView(note, { late, readOnly, rubric, say, time }) {
  const children = [make("time", {}, time(note.elapsed_ms)), words(note, { late, rubric, say })];
  if (readOnly) return make("div", { className: "note-open" }, ...children);
  return make("button", { className: "note-open", type: "button", tabIndex: -1 }, ...children);
}

function words(note, { late, rubric, say }) {
  const criteria = rubric.criteria.filter((each) => note.criteria.includes(each.criterion));
  const meta = [
    late && make("span", { className: "tag tag-warn" }, say("late")),
    note.mark && sign(note.mark, say),
    note.safeguarding
      ? make("span", { className: "tag tag-warn" }, say("safeguarding"))
      : note.private && make("span", { className: "tag" }, say("private")),
    ...criteria.map((each) => make("span", {}, make("b", {}, each.code), ` ${each.title}`)),
    !criteria.length && make("span", { className: "untagged" }, say("no_criterion")),
  ];
  return make(
    "span",
    { className: "note-words" },
    make("span", { className: "note-text" }, note.speaker ? spoke(note.speaker, say) : null, note.text),
    make("span", { className: "note-meta" }, ...meta.filter(Boolean)),
  );
}

const sign = (mark, say) =>
  mark === "+"
    ? make("span", { className: "sign sign-plus" }, say("helped"))
    : make("span", { className: "sign sign-minus" }, say("hindered"));

const spoke = (speaker, say) =>
  make(
    "span",
    { className: "speaker" },
    make("span", { "aria-hidden": "true" }, say(`speaker_${speaker}`)),
    make("span", { className: "sr" }, say(`spoke_${speaker}`)),
  );
