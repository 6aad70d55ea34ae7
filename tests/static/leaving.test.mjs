import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, keepDraft } from "../../observe/static/js/drafts.mjs";
import { allWaiting, leaveBy, leaving } from "../../observe/static/js/people/sign_out.mjs";
import { memoryStore } from "./memory.mjs";

/** A tablet with so many unsent changes; `sends` is what a sending leaves of them, `ended` how it ended. */
function aTablet({ unsent = 0, sends = unsent, ended = "no network", reachable = true } = {}) {
  const tablet = { left: false, said: [], asked: undefined, handed: 0 };
  const way = leaving({
    waits: async () => unsent,
    send: async () => {
      unsent = sends;
      return ended;
    },
    hand: async () => (tablet.handed += 1),
    leave: async () => (tablet.left = reachable),
    tell: (name) => void tablet.said.push(name),
    ask: (n) => void (tablet.asked = n),
  });
  return Object.assign(tablet, way);
}

test("with nothing to send one is signed out at once", async () => {
  const tablet = aTablet();
  await tablet.begin();
  assert.deepEqual([tablet.left, tablet.asked], [true, undefined]);
});

test("with unsent work one is asked first, and may stay", async () => {
  const tablet = aTablet({ unsent: 3 });
  await tablet.begin();
  assert.deepEqual([tablet.left, tablet.asked], [false, 3]);
  tablet.act("stay");
  assert.deepEqual([tablet.left, tablet.asked], [false, null]);
});

test("once everything is sent one is signed out", async () => {
  const tablet = aTablet({ unsent: 3, sends: 0, ended: "sent" });
  await tablet.act("send");
  assert.deepEqual([tablet.left, tablet.said], [true, ["sending"]]);
});

test("what could not be sent keeps one signed in, with the reason", async () => {
  for (const [ended, said] of [
    ["no network", "no_network"],
    ["wrong person", "wrong_person"],
    ["sign in", "sign_in"],
    ["new version", "new_version"],
    ["busy", "busy"],
  ]) {
    const tablet = aTablet({ unsent: 3, ended });
    await tablet.act("send");
    assert.deepEqual([tablet.left, tablet.said], [false, ["sending", said]]);
  }
});

test("taking the file away is no sign-out, keeping it here is one", async () => {
  const tablet = aTablet({ unsent: 3 });
  await tablet.act("export");
  assert.deepEqual([tablet.left, tablet.handed, tablet.said], [false, 1, ["exported"]]);
  await tablet.act("keep");
  assert.equal(tablet.left, true);
});

test("without a network nothing is forgotten and it is said", async () => {
  const tablet = aTablet({ reachable: false });
  await tablet.begin();
  assert.deepEqual(tablet.said, ["unreachable"]);
});

const aForm = () => ({
  elements: { csrf_token: { value: "" } },
  submitted: false,
  submit() {
    this.submitted = true;
  },
});
const answering = (status, body) => ({ session: async () => ({ status, body }) });

test("a sign-out carries a token that the server gives now, and the tablet forgets its person", async () => {
  const form = aForm();
  let forgotten = false;
  const api = answering(200, { person: "sion", csrf: "fresh" });
  assert.equal(await leaveBy(form, { api, forget: () => (forgotten = true) }), true);
  assert.deepEqual([form.submitted, form.elements.csrf_token.value, forgotten], [true, "fresh", true]);
});

test("a sign-in that is over already only has to be forgotten here", async () => {
  const form = aForm();
  const gone = [];
  const api = answering(200, { person: null, csrf: "x" });
  assert.equal(await leaveBy(form, { api, forget: () => {}, go: (url) => void gone.push(url) }), true);
  assert.deepEqual([form.submitted, gone], [false, ["/sign-in"]]);
});

test("where the server does not answer the tablet remembers its person", async () => {
  let forgotten = false;
  assert.equal(await leaveBy(aForm(), { api: answering(0, null), forget: () => (forgotten = true) }), false);
  assert.equal(forgotten, false);
});

test("drafts of summaries that were not sent count among what waits", async () => {
  const store = memoryStore("sion");
  const line = { key: "1", part: "question", text: "kept", notes: [], criterion: null, plan: null, was: "" };
  const draft = fresh({ id: "a", teacher: "Catrin", revision: 1, lines: [line] });
  await keepDraft(store, draft);
  assert.equal(await allWaiting(store), 0);
  await keepDraft(store, { ...draft, lines: [{ ...line, text: "more" }] });
  assert.equal(await allWaiting(store), 1);
});
