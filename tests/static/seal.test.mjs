import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOpen, repairer } from "../../observe/static/js/capture/seal.mjs";
import { blankNote } from "../../observe/static/js/capture/notes.mjs";
import { newId } from "../../observe/static/js/operations.mjs";
import { Outbox } from "../../observe/static/js/outbox.mjs";
import { Record } from "../../observe/static/js/record.mjs";
import { memoryStore } from "./memory.mjs";

async function aRecord(store) {
  const record = await new Record({
    store,
    observation: "o",
    rubric: "r",
    now: () => 0,
    elapsed: () => 0,
    newId,
    later: () => {},
  }).open();
  await record.set("note/a/text", "Waits.");
  await record.set("rating/wait/whole", 3);
  return record;
}

test("what is still open is listed before the record is sealed", async () => {
  const rubric = {
    occasions: { whole: true },
    scales: { s: { type: "ordinal" } },
    criteria: [
      { criterion: "wait", scale: "s", occasion: "whole" },
      { criterion: "ask", scale: "s", occasion: "whole" },
    ],
  };
  const record = await aRecord(memoryStore());
  const open = leftOpen({ rubric, record, notes: [{ ...blankNote("a"), text: "Waits." }], elapsed: 0 });
  assert.deepEqual(
    open.criteria.map((each) => each.criterion),
    ["ask"],
  );
  assert.equal(open.lines, 1);
});

test("a seal that does not fit sends what the server lacks, and seals again, three times at most", async () => {
  const store = memoryStore();
  const record = await aRecord(store);
  record.take([...record.rows.values()].map(({ waiting: _, ...row }) => ({ ...row, sent: true, verdict: "accepted" })));
  const rating = record.folded.winners.get("rating/wait/whole").op_id;
  let seals = 0;
  const outbox = new Outbox({ store });
  const repair = repairer({ record, outbox, bring: async () => [], seal: async () => (seals += 1) });
  const repairs = [{ observation: "o", fields: { "rating/wait/whole": rating } }];
  for (let answers = 0; answers < 5; answers += 1) await repair(repairs);
  assert.deepEqual(
    record.waiting.map((row) => row.op.field),
    ["note/a/text"],
  );
  assert.equal(seals, 3);
});
