// Finding a phrase by a few letters, as one types.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsIn = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** The phrases in which a word begins with each of the typed ones, in their order; all where nothing is typed. */
export function phrasesWith(typed, phrases) {
  const asked = wordsIn(typed);
  const fits = (words) => asked.every((start) => words.some((word) => word.startsWith(start)));
  return phrases.filter(({ text }) => fits(wordsIn(text)));
}

/** A phrase with nothing where evidence would be quoted. */
export const withoutPlace = (text) =>
  text.includes("{evidence}") ? `${text.split("{evidence}")[0].trim().replace(/[,;:–—]+$/, "").trim()}.` : text;
