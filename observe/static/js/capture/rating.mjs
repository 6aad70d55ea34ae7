// What a tap or a key on a criterion means, and which criteria are still open.

import { kindOf, occasionsOf, occasionsUpTo } from "./clock.mjs";

const NUMBER = /^[-+]?\d+([.,]\d+)?$/;
const NEVER_MISSING = ["count", "text"];

export const ratingField = ({ criterion }, occasion) => `rating/${criterion}/${occasion}`;

/** The value of a tapped level or word, as sync/1 has it. */
export const asValue = (text, type) =>
  ["ordinal", "binary"].includes(type) && /^-?\d+$/.test(text) ? Number(text) : text;

/** A tap on what is chosen takes it back. */
export const afterTap = (current, tapped) => (current === tapped ? null : tapped);

/** The codes after a tap, in the rubric's order; a word ("not_seen") stands alone. */
export function afterCode(current, tapped, codes) {
  if (!codes.includes(tapped)) return afterTap(current, tapped);
  const chosen = Array.isArray(current) ? current : [];
  const next = codes.filter((code) => (code === tapped ? !chosen.includes(code) : chosen.includes(code)));
  return next.length ? next : null;
}

/** A number as typed in a school, with a comma or a point; undefined if it is none, null if it is empty. */
export function readNumber(text) {
  const typed = text.trim();
  if (!typed) return null;
  return NUMBER.test(typed) ? Number(typed.replace(",", ".")) : undefined;
}

/** What a digit chooses: the level that is called so, else the code or answer in that place; or undefined. */
export function byDigit(digit, { type, levels = [], codes = {}, order }) {
  const values = levels.map((level) => level.value);
  if (type === "ordinal") return values.find((value) => value === digit);
  return [...values, ...(order ?? Object.keys(codes))][digit - 1];
}

/** What a key does among the criteria: {does}, {digit} or {step}; nothing of it for any other. */
export function meaning(key) {
  if (["Delete", "Backspace"].includes(key)) return { does: "take back" };
  if (/^[0-9]$/.test(key)) return { digit: Number(key) };
  return { step: { j: 1, k: -1 }[key.toLowerCase()] };
}

const asked = ({ criteria, scales }) => criteria.filter((each) => !NEVER_MISSING.includes(scales[each.scale].type));

/** Criteria of which something is not rated yet: [{criterion, occasions}]; counts and free text are never missing. */
export function unrated(rubric, value, elapsed) {
  const open = (each) =>
    expected(each, rubric, elapsed).filter((occasion) => value(ratingField(each, occasion)) === null);
  return asked(rubric)
    .map((each) => ({ ...each, occasions: open(each) }))
    .filter((each) => each.occasions.length);
}

// An interval is missing once it is over; a segment or a sample as soon as one can rate it.
function expected({ occasion }, { occasions }, elapsed) {
  const begun = occasionsUpTo(occasion, occasions, elapsed).slice(0, occasion === "interval" ? -1 : undefined);
  return begun.length ? begun : occasionsOf(occasion, occasions, elapsed).slice(0, 1);
}

/** How many criteria of an occasion are asked for, and how many of them are rated: {n, of}. */
export function ratedAt(rubric, value, occasion) {
  const here = asked(rubric).filter((each) => each.occasion === kindOf(occasion));
  return { n: here.filter((each) => value(ratingField(each, occasion)) !== null).length, of: here.length };
}

/** How many criteria are asked for and how many of them are rated, by domain and in all. */
export function rated(rubric, value, elapsed) {
  const open = new Set(unrated(rubric, value, elapsed).map((each) => each.criterion));
  const all = asked(rubric);
  const of = (list) => ({ n: list.filter((each) => !open.has(each.criterion)).length, of: list.length });
  const domains = [...new Set(all.map((each) => each.domain))];
  return {
    all: of(all),
    domains: new Map(domains.map((key) => [key, of(all.filter((each) => each.domain === key))])),
  };
}
