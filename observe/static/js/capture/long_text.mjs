// Texts that cannot be kept as they are: too long for a line, or with half a sign in them.

import { bytes } from "../canonical.mjs";
import { LARGEST_TEXT } from "../operations.mjs";

const SIGNS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const ENDS = [["\n"], [". ", "! ", "? ", "… "], [" "]];

/** A text that can be kept: half a sign and NUL are in no text. */
export const keepable = (text) => text.replace(/[\p{Surrogate}\0]/gu, "\ufffd");

/** The cursor, moved to where the sign begins in whose middle it stands: a family is one sign of several letters. */
export const signBefore = (text, caret) => SIGNS.segment(text).containing(caret)?.index ?? text.length;

/** A long text in parts that one line each can hold, cut where a paragraph, a sentence or at least a word ends. */
export function inParts(text) {
  const found = [];
  for (let at = 0; at < text.length; ) {
    const part = firstPart(text.slice(at, at + LARGEST_TEXT), at + LARGEST_TEXT >= text.length);
    if (part.trim()) found.push(part.trim());
    at += part.length;
  }
  return found;
}

function firstPart(text, isLast) {
  let part = text;
  while (size(part) > LARGEST_TEXT) part = part.slice(0, Math.floor((part.length * LARGEST_TEXT) / (size(part) + 1)));
  return isLast && part.length === text.length ? part : part.slice(0, goodEnd(part));
}

// What is escaped when it is sent takes its room too.
const size = (text) => bytes(JSON.stringify(text));

// An end in the first half would make many short lines of one text.
function goodEnd(part) {
  const places = ENDS.map((ends) => Math.max(...ends.map((end) => part.lastIndexOf(end))));
  const place = places.find((each) => each > part.length / 2);
  return place === undefined ? signBefore(part, part.length - 1) || part.length : place + 1;
}
