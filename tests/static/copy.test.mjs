import assert from "node:assert/strict";
import { test } from "node:test";

import { copyText } from "../../observe/static/js/people/copy.mjs";

const field = () => ({
  value: "https://observe.example/link/x",
  select() {
    this.selected = true;
  },
});

test("a link is copied whole on a secure page", async () => {
  const written = [];
  const done = await copyText(field(), { clipboard: { writeText: async (text) => written.push(text) } });
  assert.deepEqual([done, written], [true, ["https://observe.example/link/x"]]);
});

test("without a clipboard the link is selected and copied as if by hand", async () => {
  const link = field();
  assert.equal(await copyText(link, { clipboard: undefined, byHand: () => link.selected }), true);
});
