import assert from "node:assert/strict";
import { test } from "node:test";
import { bookAt, bookTime, firstBook, nextBook, openings } from "../../observe/static/js/capture/samples.mjs";

/** A record in which books were opened at these times; null was taken back. */
function aRecord(...times) {
  const winners = new Map(times.map((at, place) => [`context/sample-${place + 1}`, { value: at }]));
  return { folded: { winners }, value: (field) => winners.get(field)?.value ?? null };
}

test("each line stands with the book that lay open when it was begun", () => {
  const books = openings(aRecord(0, 60000, 150000));
  assert.deepEqual(
    [0, 59999, 60000, 149999, 900000].map((at) => bookAt(books, at)),
    [1, 1, 2, 2, 3],
  );
  assert.equal(bookAt([], 5000), 1);
});

test("a book that was opened by mistake is not counted, and its lines go to the one before", () => {
  const books = openings(aRecord(0, 60000, null));
  assert.equal(books.length, 2);
  assert.equal(bookAt(books, 900000), 2);
  assert.equal(nextBook(books), 3);
});

test("the first book lies open as the record begins, once, and only where books are read", () => {
  assert.deepEqual(firstBook(aRecord(), "work-sample"), ["context/sample-1", 0]);
  assert.equal(firstBook(aRecord(0), "work-sample"), null);
  assert.equal(firstBook(aRecord(), "lesson"), null);
});

test("in the place of a time a line says its book", () => {
  const say = (key, { number }) => `${key} ${number}`;
  assert.equal(bookTime(aRecord(0, 60000), say)(70000), "book 2");
});
