// What an observer writes, line by line: which lines there are, and what splitting, joining and tagging change.

import { signBefore } from "./long_text.mjs";

/** Every line that holds words and was not deleted, in order of time. */
export function notesOf(folded) {
  const notes = new Map();
  for (const [name, op] of folded.winners) take(notes, name.split("/"), op.value);
  return [...notes.values()].filter((note) => note.text && !note.deleted).sort(inTime);
}

function take(notes, [sort, id, part], value) {
  if (sort !== "note") return;
  if (!notes.has(id)) notes.set(id, blankNote(id));
  if (value !== null) notes.get(id)[part] = value;
}

/** A line without anything in it. */
export const blankNote = (id) => ({
  id,
  text: "",
  elapsed_ms: 0,
  criteria: [],
  mark: null,
  speaker: null,
  private: false,
  deleted: false,
});

/** One line as it stands, with what still waits to be written. */
export function noteFrom(record, id) {
  const note = blankNote(id);
  for (const part of ["text", "elapsed_ms", "criteria", "mark", "speaker", "private", "deleted"])
    note[part] = record.value(field(id, part)) ?? note[part];
  return note;
}

export const field = (id, part) => `note/${id}/${part}`;

const inTime = (one, other) => one.elapsed_ms - other.elapsed_ms || (one.id < other.id ? -1 : 1);

/** How many lines speak to each criterion. */
export function evidence(notes) {
  const counts = new Map();
  for (const criterion of notes.flatMap((note) => note.criteria))
    counts.set(criterion, (counts.get(criterion) ?? 0) + 1);
  return counts;
}

export const untagged = (notes) => notes.filter((note) => !note.criteria.length);

/** The criteria used most, in the rubric's order where they are used alike. */
export function mostUsed(criteria, notes, most = 5) {
  const counts = evidence(notes);
  const used = (criterion) => counts.get(criterion.criterion) ?? 0;
  return [...criteria].sort((one, other) => used(other) - used(one)).slice(0, most);
}

/** Criteria whose code, title or a word of it begins with these letters. */
export function matching(criteria, letters) {
  const sought = plain(letters.trim());
  const begins = ({ code, title }) =>
    [code, title, ...title.split(/\s+/)].some((word) => plain(word).startsWith(sought));
  return criteria.filter(begins);
}

const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

/** The criteria of a line after a chip was tapped. */
export const toggled = (list, one) => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);

/** A line cut in two at the cursor; the second keeps time, speaker, mark and criteria of the first. */
export function split(note, caret, id) {
  const cut = signBefore(note.text, caret);
  const [first, second] = [note.text.slice(0, cut).trim(), note.text.slice(cut).trim()];
  return first && second ? [[field(note.id, "text"), first], ...likeIt(note, id, second)] : [];
}

/** One line for each text, the first in its place; the others keep time, speaker, mark and criteria. */
export function apart(note, texts, ids) {
  const [first, ...others] = texts;
  return [[field(note.id, "text"), first], ...others.flatMap((text, place) => likeIt(note, ids[place], text))];
}

function likeIt(note, id, text) {
  const carried = ["criteria", "mark", "speaker", "private"].filter((part) => !empty(note[part]));
  return [
    [field(id, "text"), text],
    [field(id, "elapsed_ms"), note.elapsed_ms],
    ...carried.map((part) => [field(id, part), note[part]]),
  ];
}

/** The id of a line that is to stand right behind another of the same time: lines of one time go by their ids. */
export function idBehind(id, ids, random = Math.random) {
  const [head, tail] = [id.slice(0, -12), Number.parseInt(id.slice(-12), 16)];
  const tails = ids.filter((other) => other.startsWith(head)).map((other) => Number.parseInt(other.slice(-12), 16));
  const next = Math.min(2 ** 48, ...tails.filter((other) => other > tail));
  return head + (tail + 1 + Math.floor(random() * (next - tail - 1))).toString(16).padStart(12, "0");
}

const empty = (value) => !value || value.length === 0;

/** A line joined to the one above it, which takes over its criteria. */
export function join(above, note) {
  const criteria = [...new Set([...above.criteria, ...note.criteria])];
  return [
    [field(above.id, "text"), `${above.text.trimEnd()} ${note.text.trimStart()}`],
    ...(criteria.length > above.criteria.length ? [[field(above.id, "criteria"), criteria]] : []),
    ...(note.private && !above.private ? [[field(above.id, "private"), true]] : []),
    [field(note.id, "deleted"), true],
  ];
}
