// Where in a text a check found something: the text in pieces, those that are marked with what was found.

/** `[{text, finding?}]` of a text, where each finding has a `quote`; of two in one place the first one is marked. */
export function pieces(text, findings) {
  const found = findings.flatMap((finding) => placesOf(text, finding)).sort((one, other) => one.at - other.at);
  const told = [];
  let from = 0;
  for (const { at, end, finding } of found) {
    if (at < from) continue;
    if (at > from) told.push({ text: text.slice(from, at) });
    told.push({ text: text.slice(at, end), finding });
    from = end;
  }
  if (from < text.length) told.push({ text: text.slice(from) });
  return told;
}

// A quote that was cut short ends in an ellipsis.
function placesOf(text, finding) {
  const quote = finding.quote.replace(/ …$/, "");
  const places = [];
  for (let at = quote ? text.indexOf(quote) : -1; at >= 0; at = text.indexOf(quote, at + quote.length))
    if (isWhole(text, at, quote)) places.push({ at, end: at + quote.length, finding });
  return places;
}

const LETTER = /[\p{L}\p{N}]/u;
const isWhole = (text, at, quote) =>
  !(LETTER.test(text[at - 1] ?? " ") && LETTER.test(quote[0])) &&
  !(LETTER.test(text[at + quote.length] ?? " ") && LETTER.test(quote.at(-1)));
