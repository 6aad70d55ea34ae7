import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, told } from "../../observe/static/js/programme/people_ticks.mjs";

test("people are found by the first letters of any of their names or of their school, whatever the accents", () => {
  const text = "Siôn Prydderch Ysgol Llan-faes";
  for (const sought of ["", "sio", "PRYD", "pry sion", "llan", "sion faes"]) assert.equal(fits(text, sought), true, sought);
  for (const sought of ["ion", "sion bryn"]) assert.equal(fits(text, sought), false, sought);
});

test("how many are ticked is said, and that nobody has these letters", () => {
  const words = { ticked: "{n} ticked.", none: "Nobody." };
  assert.deepEqual(
    [told({ shown: 3, ticked: 0 }, words), told({ shown: 3, ticked: 2 }, words), told({ shown: 0, ticked: 2 }, words)],
    ["", "2 ticked.", "Nobody."],
  );
});
