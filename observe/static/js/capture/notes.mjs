// What an observer writes, line by line: which lines there are, and what splitting, joining and tagging change.

import { newId } from "../operations.mjs";
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
  safeguarding: false,
  deleted: false,
});

/** One line as it stands, with what still waits to be written. */
export function noteFrom(record, id) {
  const note = blankNote(id);
  for (const part of ["text", "elapsed_ms", "criteria", "mark", "speaker", "private", "safeguarding", "deleted"])
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
  const carried = ["criteria", "mark", "speaker", "private", "safeguarding"].filter((part) => !empty(note[part]));
  return [
    [field(id, "text"), text],
    [field(id, "elapsed_ms"), note.elapsed_ms],
    ...carried.map((part) => [field(id, part), note[part]]),
  ];
}

/** Ids for lines that are to stand right behind another of the same time, among `ids`: lines of one time go by their ids. */
export function idsBehind(id, count, ids = [], random = Math.random) {
  const [head, tail] = [id.slice(0, -TAIL), tailOf(id)];
  const next = Math.min(16 ** TAIL, ...ids.filter((other) => other.startsWith(head) && other > id).map(tailOf));
  const room = Math.min(SHORT_STEP, Math.floor((next - tail - 1) / count));
  const behind = (place) => tail + 1 + place * room + Math.floor(random() * room);
  if (room < 1) return Array.from({ length: count }, () => newId());
  return Array.from({ length: count }, (_, place) => head + behind(place).toString(16).padStart(TAIL, "0"));
}

// Short steps leave room for a line that is cut again and again.
const SHORT_STEP = 2 ** 24;
const TAIL = 12;
const tailOf = (id) => Number.parseInt(id.slice(-TAIL), 16);

const empty = (value) => !value || value.length === 0;

/** A line joined to the one above it, which takes over its criteria. */
export function join(above, note) {
  const criteria = [...new Set([...above.criteria, ...note.criteria])];
  return [
    [field(above.id, "text"), `${above.text.trimEnd()} ${note.text.trimStart()}`],
    ...(criteria.length > above.criteria.length ? [[field(above.id, "criteria"), criteria]] : []),
    ...["private", "safeguarding"].filter((part) => note[part] && !above[part]).map((part) => [field(above.id, part), true]),
    [field(note.id, "deleted"), true],
  ];
}
