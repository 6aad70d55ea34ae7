import assert from "node:assert/strict";
import { test } from "node:test";

import { copied } from "../../observe/static/js/clipboard.mjs";

const LINK = "https://observe.example/link/x";

/** A page on which one copies by hand, with what was selected when it was copied. */
const aPage = () => {
  const page = { taken: [], left: 0, selected: null };
  const area = { select: () => (page.selected = area.value), remove: () => (page.left -= 1) };
  page.createElement = () => area;
  page.body = { append: () => (page.left += 1) };
  page.execCommand = () => page.taken.push(page.selected) > 0;
  return page;
};

test("a link is copied whole on a secure page", async () => {
  const written = [];
  const done = await copied(LINK, { clipboard: { writeText: async (text) => written.push(text) }, page: aPage() });
  assert.deepEqual([done, written], [true, [LINK]]);
});

for (const [why, clipboard] of [
  ["without a clipboard", null],
  ["where the browser does not allow it", { writeText: () => Promise.reject(new Error("no")) }],
]) {
  test(`${why} the link is copied as if by hand, and nothing stays on the page`, async () => {
    const page = aPage();
    assert.equal(await copied(LINK, { clipboard, page }), true);
    assert.deepEqual([page.taken, page.left], [[LINK], 0]);
  });
}
