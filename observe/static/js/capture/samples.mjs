// A scrutiny of several books is one lesson: which book each line was written for, and how many were looked at.

import { write } from "../page.mjs";

const field = (number) => `context/sample-${number}`;

/** The books that were opened: [{number, at (ms since Start)}], without those that were taken back. */
export function openings(record) {
  const books = [];
  for (let number = 1; record.folded.winners.has(field(number)); number += 1) {
    const at = record.value(field(number));
    if (at !== null) books.push({ number, at });
  }
  return books.sort((one, other) => one.at - other.at || one.number - other.number);
}

/** The number of the book that lay open at a time, the first before any was opened. */
export const bookAt = (books, elapsed) => books.findLast((book) => book.at <= elapsed)?.number ?? 1;

/** The number that the next book gets. */
export const nextBook = (books) => Math.max(1, ...books.map((book) => book.number)) + 1;

/** The field and value that open the first book as the record begins; null if it lies open, or there are no books. */
export const firstBook = (record, kind) =>
  kind === "work-sample" && !record.folded.winners.has(field(1)) ? [field(1), 0] : null;

/** What stands in the place of a line's time: "Book 4". */
export const bookTime = (record, say) => (elapsed) => say("book", { number: bookAt(openings(record), elapsed) });

/** The bar in the place of the clock. `given`: root, record, clock, change, may (be changed), say. */
export function bookBar({ root, record, clock, change, may, say }) {
  const next = root.querySelector("[data-next-book]");
  next.addEventListener("click", () =>
    change((it) => it.set(field(nextBook(openings(record))), Math.max(clock.elapsed(), lastAt(openings(record)) + 1))),
  );

  function draw() {
    const books = openings(record);
    write(root.querySelector("[data-book]"), say("book", { number: bookAt(books, Infinity) }));
    write(root.querySelector("[data-books]"), books.length ? say("books", { n: books.length }) : "");
    next.disabled = !may();
  }
  return { draw };
}

const lastAt = (books) => books.at(-1)?.at ?? 0;
