import assert from "node:assert/strict";
import { test } from "node:test";

import {
  accepted,
  draftPost,
  fieldsOf,
  fresh,
  keepDraft,
  keepFacts,
  met,
  opened,
  pruneDrafts,
  readDraft,
  sendDraft,
  sendDrafts,
  waitingDrafts,
  waits,
} from "../../observe/static/js/drafts.mjs";
import { memoryStore } from "./memory.mjs";

const line = (key, text) => ({ key, part: "question", text, notes: [], criterion: null, plan: null, was: "" });
const told = (text = "kept", revision = 1) => ({ id: "a", teacher: "Catrin", revision, lines: [line("1", text)] });
const written = (draft, text) => ({ ...draft, lines: [line("1", text)] });

/** A draft in a hand, as the page holds it. */
function hand(draft) {
  const holds = { draft, heard: [] };
  return Object.assign(holds, {
    read: async () => holds.draft,
    change: async (how) => (holds.draft = how(holds.draft)),
    heard: () => {},
  });
}

test("a draft waits from the first letter until the server has it", async () => {
  const page = hand(fresh(told()));
  assert.equal(await sendDraft({ ...page, post: assert.fail }), "idle");
  page.draft = written(page.draft, "more");
  assert.ok(waits(page.draft));
  assert.equal(await sendDraft({ ...page, post: async () => ({ status: 200, body: { revision: 2 } }) }), "sent");
  assert.ok(!waits(page.draft));
  assert.equal(page.draft.base.revision, 2);
});

test("what is typed while it is on its way is still to be sent", async () => {
  const page = hand(written(fresh(told()), "more"));
  const post = async () => ((page.draft = written(page.draft, "more still")), { status: 200, body: { revision: 2 } });
  await sendDraft({ ...page, post });
  assert.ok(waits(page.draft));
  assert.equal(page.draft.lines[0].text, "more still");
});

test("before it leaves, the tablet knows what may arrive without an answer", async () => {
  const page = hand(written(fresh(told()), "more"));
  await sendDraft({ ...page, post: async () => ({ why: "no network" }) });
  assert.equal(page.draft.sent[0].text, "more");
});

test("an answer that was lost is no change by somebody else", () => {
  const sent = { ...written(fresh(told()), "more"), sent: [line("1", "more")] };
  const now = met(written(sent, "more still"), told("more", 2));
  assert.equal(now.lines[0].text, "more still");
  assert.deepEqual(now.others, {});
});

test("what another tablet wrote meanwhile is shown beside what was written here", async () => {
  const page = hand(written(fresh(told()), "here"));
  const state = await sendDraft({ ...page, post: async () => ({ status: 412, body: told("there", 5) }) });
  assert.equal(state, "met");
  assert.equal(page.draft.lines[0].text, "here");
  assert.equal(page.draft.others["1"].text, "there");
  assert.equal(page.draft.base.revision, 5);
});

test("a draft that is opened again goes on from what this tablet holds", () => {
  const kept = written(fresh(told()), "typed and killed");
  assert.equal(opened(told(), kept).lines[0].text, "typed and killed");
  assert.equal(opened(told("kept", 2), kept).lines[0].text, "typed and killed");
  assert.equal(opened(told("newer", 2), fresh(told())).lines[0].text, "newer");
});

for (const [status, state] of [[409, "with reader"], [403, "not yours"], [404, "not yours"], [400, "refused"], [500, "busy"]])
  test(`an answer of ${status} keeps every word and is said as: ${state}`, async () => {
    const page = hand(written(fresh(told()), "more"));
    assert.equal(await sendDraft({ ...page, post: async () => ({ status, body: { detail: "Too long." } }) }), state);
    assert.equal(page.draft.lines[0].text, "more");
    assert.ok(waits(page.draft));
  });

test("a finding that was put aside without a network is put aside when there is one", () => {
  const draft = { ...fresh(told()), aside: [["pupil_named", "Rose"]], used: ["p1"] };
  assert.ok(waits(draft));
  const fields = fieldsOf(draft).map((field) => field.join("="));
  assert.ok(fields.includes("aside=pupil_named Rose") && fields.includes("used=p1"));
  assert.ok(!waits(accepted({ ...draft }, { lines: draft.lines, aside: draft.aside, again: [], used: ["p1"] }, { revision: 1 })));
});

test("nothing is sent while somebody else is signed in, or nobody", async () => {
  const asked = [];
  const fetch = async (address) => (asked.push(address), { status: 400, json: async () => Promise.reject(new Error()) });
  const of = (person) => async () => ({ status: 200, body: { person, csrf: "t" } });
  assert.deepEqual(await draftPost({ person: "sion", session: of("ruth"), fetch })("a", []), { why: "wrong person" });
  assert.deepEqual(await draftPost({ person: "sion", session: of(null), fetch })("a", []), { why: "sign in" });
  const away = async () => ({ status: 0, body: null });
  assert.deepEqual(await draftPost({ person: "sion", session: away, fetch })("a", []), { why: "no network" });
  assert.deepEqual(asked, []);
});

test("a token that is not taken any more is asked for anew", async () => {
  const tokens = [];
  const fetch = async (_, { headers }) => {
    tokens.push(headers["X-CSRFToken"]);
    const good = headers["X-CSRFToken"] === "new";
    return { status: good ? 200 : 400, json: async () => (good ? { revision: 2 } : Promise.reject(new Error())) };
  };
  const session = async () => ({ status: 200, body: { person: "sion", csrf: "new" } });
  const { status } = await draftPost({ person: "sion", session, token: "old", fetch })("a", []);
  assert.equal(status, 200);
  assert.deepEqual(tokens, ["old", "new"]);
});

test("a draft whose page was killed is sent by another page", async () => {
  const store = memoryStore("sion");
  await keepDraft(store, written(fresh(told()), "typed and killed"));
  const session = async () => ({ status: 200, body: { person: "sion", csrf: "t" } });
  const before = globalThis.fetch;
  globalThis.fetch = async () => ({ status: 200, json: async () => ({ revision: 2 }) });
  try {
    assert.equal(await sendDrafts({ person: { id: "sion" }, store, session, locks: null }), 0);
  } finally {
    globalThis.fetch = before;
  }
  assert.equal((await readDraft(store, "a")).base.revision, 2);
});

test("a tablet forgets a draft a fortnight after it was opened, but none that waits", async () => {
  const store = memoryStore("sion");
  const day = 24 * 60 * 60 * 1000;
  for (const id of ["a", "b"]) await keepFacts(store, { id, opened_at: 0 });
  await keepDraft(store, fresh(told()));
  await keepDraft(store, { ...written(fresh(told()), "more"), id: "b" });
  await pruneDrafts(store, 15 * day);
  assert.equal(await readDraft(store, "a"), undefined);
  assert.deepEqual((await waitingDrafts(store)).map(({ id }) => id), ["b"]);
});
