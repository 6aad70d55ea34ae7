// What an author does to the lines of a draft. Each deed takes lines and answers {lines, back}, where `back` takes
// lines, whatever became of them since, and undoes the deed in them; null where there was nothing to do.

import { freshKey, inOrder } from "../merging.mjs";

export const MOST = { strength: 2, next_step: 2, target: 1, question: 1 };
const NO_PLAN = { try: "", when: "", see: "", due: null };

export const find = (lines, key) => lines.find((line) => line.key === key);
const change = (lines, key, how) => lines.map((line) => (line.key === key ? how(line) : line));
const ofPart = (lines, part) => lines.filter((line) => line.part === part);

/** One line to another place (from 0) among those of its part. */
export function placed(lines, key, place) {
  const line = find(lines, key);
  if (!line) return null;
  const same = ofPart(lines, line.part);
  const [from, to] = [same.indexOf(line), Math.max(0, Math.min(same.length - 1, place))];
  if (from === to) return null;
  return { lines: put(lines, line, to), back: (now) => (find(now, key) ? put(now, find(now, key), from) : now) };
}

/** One line so many places down, or up where it is less than nothing. */
export function moved(lines, key, steps) {
  const line = find(lines, key);
  return line && placed(lines, key, ofPart(lines, line.part).indexOf(line) + steps);
}

function put(lines, line, place) {
  const same = ofPart(lines, line.part).filter((other) => other.key !== line.key);
  same.splice(place, 0, line);
  return inOrder([...lines.filter((other) => other.part !== line.part), ...same]);
}

/** Without a line. */
export function removed(lines, key) {
  const line = find(lines, key);
  if (!line) return null;
  const place = ofPart(lines, line.part).indexOf(line);
  return {
    lines: lines.filter((other) => other !== line),
    back: (now) => (find(now, key) ? now : put(now, line, place)),
  };
}

/** With one more line at the end of its part; `made` has its words and `key`. `before` are lines whose keys are taken too. */
export function added(lines, part, words = {}, before = []) {
  const key = freshKey(lines, before);
  const plan = part === "target" ? NO_PLAN : null;
  const line = { key, part, text: "", notes: [], criterion: null, plan, was: "", ...words };
  const back = (now) => now.filter((other) => other.key !== key);
  return { lines: inOrder([...lines, line]), back, made: key };
}

/** With one line resting on one more note; a line that speaks of no criterion yet takes the note's. */
export function rested(lines, key, note, criterion = null) {
  const line = find(lines, key);
  if (!line || line.notes.includes(note)) return null;
  const told = change(lines, key, (was) => ({
    ...was,
    notes: [...was.notes, note],
    criterion: was.criterion ?? criterion,
  }));
  return { lines: told, back: (now) => without(now, key, note) };
}

/** With one line no longer resting on a note. */
export function unrested(lines, key, note) {
  const line = find(lines, key);
  if (!line?.notes.includes(note)) return null;
  const place = line.notes.indexOf(note);
  const again = (now) => (now.notes.includes(note) ? now : { ...now, notes: now.notes.toSpliced(place, 0, note) });
  return { lines: without(lines, key, note), back: (now) => change(now, key, again) };
}

const without = (lines, key, note) =>
  change(lines, key, (line) => ({ ...line, notes: line.notes.filter((other) => other !== note) }));

/** With other words in one line; taking it back puts the old ones where the new ones still stand. */
export function reworded(lines, key, { text, plan }) {
  const line = find(lines, key);
  if (!line) return null;
  const words = line.plan ? { plan: { ...line.plan, ...plan } } : { text };
  const stands = (now) => JSON.stringify([now.text, now.plan]) === JSON.stringify([told.text, told.plan]);
  const told = { ...line, ...words };
  if (stands(line)) return null;
  return {
    lines: change(lines, key, () => told),
    back: (now) => change(now, key, (other) => (stands(other) ? { ...other, text: line.text, plan: line.plan } : other)),
  };
}

/** With other words for a quote in one line: where it begins at `start`, else where it is found first. */
export function putInstead(lines, key, quote, instead, start = null) {
  const line = find(lines, key);
  if (!line) return null;
  if (!line.plan) return reworded(lines, key, { text: inPlaceOf(line.text, quote, instead, start) });
  const field = ["try", "when", "see"].find((name) => line.plan[name]?.includes(quote));
  return field ? reworded(lines, key, { plan: { [field]: inPlaceOf(line.plan[field], quote, instead) } }) : null;
}

function inPlaceOf(text, quote, instead, start = null) {
  const at = start !== null && text.startsWith(quote, start) ? start : text.indexOf(quote);
  return at < 0 ? text : text.slice(0, at) + instead + text.slice(at + quote.length);
}

/** One line as two, parted at a place in its words; both rest on its notes. */
export function split(lines, key, at, before = []) {
  const line = find(lines, key);
  const [first, second] = [line?.text.slice(0, at).trim(), line?.text.slice(at).trim()];
  if (!line || line.plan || !first || !second) return null;
  const made = freshKey(lines, before);
  const place = lines.indexOf(line);
  const both = [{ ...line, text: first }, { ...line, key: made, text: second, was: "" }];
  const back = (now) => (find(now, made) ? (joined(now, made)?.lines ?? now) : now);
  return { lines: lines.toSpliced(place, 1, ...both), back, made };
}

/** One line joined to the one before it in its part, with the notes of both. */
export function joined(lines, key) {
  const line = find(lines, key);
  const same = line ? ofPart(lines, line.part) : [];
  const first = same[same.indexOf(line) - 1];
  if (!first || line.plan) return null;
  const text = [first.text, line.text].map((words) => words.trim()).filter(Boolean).join(" ");
  const whole = { ...first, text, notes: [...new Set([...first.notes, ...line.notes])] };
  const parted = (now) => {
    const apart = find(now, first.key)?.text === text && !find(now, key);
    return apart ? now.flatMap((other) => (other.key === first.key ? [first, line] : [other])) : now;
  };
  return { lines: change(lines, first.key, () => whole).filter((other) => other.key !== key), back: parted };
}

/** How many words a draft has. */
export const countWords = (lines) =>
  lines.map(({ text, plan }) => (plan ? [plan.try, plan.when, plan.see].join(" ") : text).split(/\s+/).filter(Boolean).length).reduce((sum, n) => sum + n, 0);
