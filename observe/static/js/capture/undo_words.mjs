// What a step was, in words: "3a rated 2", "line of 10:31 split".

/** The sentence of a step. `say`, `criteria` with their codes, `time` (of a line, by its id). */
export function stepWords(step, { say, criteria, time }) {
  const { what, criterion, line, ...values } = whatWas(step);
  const code = criteria.find((each) => each.criterion === criterion)?.code ?? "";
  return say(`undo_${what}`, { ...values, code, time: line ? time(line) : "" });
}

/** `{what, criterion, line, value}`: the name of the sentence and what it is about. */
function whatWas({ name, line, did }) {
  if (name) return { what: name, line };
  const change = did.at(-1);
  const [sort, about, part] = change.field.split("/");
  if (change.tally) return { what: "count", criterion: about };
  if (change.taken) return { what: "count_back", criterion: about };
  return { note: () => ofLine(about, part, change), rating: () => ofRating(about, change) }[sort]?.() ?? other(sort, about);
}

function other(sort, about) {
  if (sort === "lookfor") return { what: "lookfor", criterion: about };
  if (sort === "context" && about.startsWith("sample")) return { what: "sample" };
  if (sort === "context" && about === "ended") return { what: "end" };
  return { what: sort === "target" ? "target" : "change" };
}

function ofRating(criterion, { after }) {
  if (typeof after === "number") return { what: "rating", criterion, value: after };
  if (after === null) return { what: "rating_back", criterion };
  return { what: ["not_seen", "not_applicable"].includes(after) ? `rating_${after}` : "rating_change", criterion };
}

const PARTS = {
  mark: { "+": "plus", "-": "minus", null: "no_mark" },
  speaker: { T: "teacher", P: "pupil", null: "nobody" },
  private: { true: "private", false: "not_private" },
  safeguarding: { true: "safeguarding", false: "no_safeguarding" },
};

function ofLine(line, part, { before, after }) {
  if (part === "criteria") return ofCriteria(line, before ?? [], after);
  return { what: PARTS[part]?.[after] ?? "words", line };
}

function ofCriteria(line, before, after) {
  const added = after.find((each) => !before.includes(each));
  if (added) return { what: "tag", criterion: added, line };
  return { what: "untag", criterion: before.find((each) => !after.includes(each)), line };
}
