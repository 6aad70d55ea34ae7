// The six letters that two tablets share, so that lessons made apart become one pair.

const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const LONG = 6;

/** Six consonants that spell no word; `random` gives that many random bytes. */
export function newPairCode(random = (count) => crypto.getRandomValues(new Uint8Array(count))) {
  const fair = Array.from(random(64)).filter((byte) => byte < 256 - (256 % LETTERS.length));
  const code = fair.slice(0, LONG).map((byte) => LETTERS[byte % LETTERS.length]);
  return code.length === LONG ? code.join("") : newPairCode(random);
}

/** What was typed as a code: `{code}` (null where nothing was), or `{fault, ...}` for a sentence. */
export function readCode(typed) {
  const letters = [...typed.toUpperCase().replace(/[\s.–-]/g, "")];
  const wrong = letters.find((letter) => !LETTERS.includes(letter));
  if (wrong) return { fault: "code_letter", letter: wrong };
  if (letters.length && letters.length !== LONG) return { fault: "code_length", n: letters.length };
  return { code: letters.join("") || null };
}

/** A code as it is read aloud, `KWR TBD`; it stays in one line. */
export const inHalves = (code) => code.replace(/(...)(...)/, "$1\u00a0$2");
