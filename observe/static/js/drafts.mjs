// Drafts of summaries on this tablet: every word is here before it is anywhere else, and stays until the server has it.
// What is kept of one, under `summary/<id>`: {id, teacher, base: {revision, lines}, lines, sent, aside, again, used,
// others, refused, written_at}. `base` is what the server has, `sent` what may have reached it without an answer.

import { merge, sameLines } from "./merging.mjs";

const UNDER = "summary/";
const FACTS = "summary-facts/";
const PATIENCE = 15000;
const KEPT = 14 * 24 * 60 * 60 * 1000;
const ONE_BY_ONE = ["kept"];

/** A draft as the server tells it, with nothing written here. */
export const fresh = ({ id, teacher, revision, lines }) => ({
  ...{ id, teacher, base: { revision, lines }, lines, sent: null },
  ...{ aside: [], again: [], used: [], others: {}, refused: null, written_at: null },
});

/** Whether something of it has still to reach the server. */
export const waits = ({ lines, base, aside, again, used }) =>
  aside.length + again.length + used.length > 0 || !sameLines(lines, base.lines);

/** The draft once the server holds what was sent. */
export const accepted = (now, sent, { revision }) => ({
  ...now,
  ...{ base: { revision, lines: sent.lines }, sent: null, refused: null },
  aside: without(now.aside, sent.aside),
  again: without(now.again, sent.again),
  used: now.used.slice(sent.used.length),
});

const without = (all, some) => {
  const done = new Set(some.map((each) => JSON.stringify(each)));
  return all.filter((each) => !done.has(JSON.stringify(each)));
};

/** The draft once it is known what was written elsewhere; an answer that was lost is no change of somebody else. */
export function met(now, { revision, lines }) {
  const heard = now.sent && sameLines(now.sent, lines);
  const merged = merge(heard ? now.sent : now.base.lines, now.lines, lines);
  return {
    ...now,
    ...{ base: { revision, lines }, lines: merged.lines, sent: null, refused: null },
    others: { ...now.others, ...merged.others },
  };
}

/** What the page and this tablet hold together: the tablet's words go on from what the server told. */
export function opened(told, kept) {
  if (!kept || !(waits(kept) || Object.keys(kept.others).length)) return fresh(told);
  return kept.base.revision === told.revision ? kept : met(kept, told);
}

export const readDraft = (store, id) => store.transact("readonly", (tx) => tx.get("kept", UNDER + id), ONE_BY_ONE);
export const keepDraft = (store, draft) =>
  store.transact("readwrite", (tx) => tx.put("kept", draft, UNDER + draft.id), ONE_BY_ONE);
export const readFacts = (store, id) => store.transact("readonly", (tx) => tx.get("kept", FACTS + id), ONE_BY_ONE);
export const keepFacts = (store, facts) =>
  store.transact("readwrite", (tx) => tx.put("kept", facts, FACTS + facts.id), ONE_BY_ONE);

/** Drafts of which the server lacks something. */
export const waitingDrafts = (store) =>
  store.transact(
    "readonly",
    async (tx) => (await tx.under("kept", UNDER)).map(([, draft]) => draft).filter(waits),
    ONE_BY_ONE,
  );

/** Removes what the server holds and nobody wrote in for a fortnight. */
export const pruneDrafts = (store, now) =>
  store.transact(
    "readwrite",
    async (tx) => {
      for (const [, facts] of await tx.under("kept", FACTS)) {
        const draft = await tx.get("kept", UNDER + facts.id);
        if ((draft && waits(draft)) || Math.abs(now - facts.opened_at) < KEPT) continue;
        for (const name of [UNDER, FACTS]) tx.remove("kept", name + facts.id);
      }
    },
    ONE_BY_ONE,
  );

/** What is sent of a draft, as the fields of its form. */
export function fieldsOf({ base, lines, aside, again, used }) {
  const fields = [["revision", String(base.revision)]];
  for (const line of lines) fields.push(...fieldsOfLine(line));
  for (const [name, all] of [["aside", aside], ["again", again]])
    for (const [kind, quote] of all) fields.push([name, `${kind} ${quote}`]);
  return [...fields, ...used.map((id) => ["used", id])];
}

function fieldsOfLine({ key, part, text, notes, criterion, plan }) {
  const words = plan ? ["try", "when", "see", "due"].map((name) => [name, plan[name] ?? ""]) : [["text", text]];
  return [
    ["line", key],
    [`part-${key}`, part],
    [`criterion-${key}`, criterion ?? ""],
    ...notes.map((note) => [`notes-${key}`, note]),
    ...words.map(([name, value]) => [`${name}-${key}`, value]),
  ];
}

const SAID = { 409: "with reader", 403: "not yours", 404: "not yours" };

/**
 * Sends what waits of a draft once. `read()` gives it, `change(how)` changes what is kept of it and waits until that is
 * durable, `post(id, fields)` answers `{status, body}` or `{why}`. Answers "sent", "idle" or why something still waits;
 * `heard(body)` is told what the server said.
 */
export async function sendDraft({ read, change, post, heard = () => {} }) {
  const sent = await read();
  if (!sent || !waits(sent)) return "idle";
  await change((now) => ({ ...now, sent: sent.lines }));
  const { status, body, why } = await post(sent.id, fieldsOf(sent));
  if (why) return why;
  if (status === 200) {
    await change((now) => accepted(now, sent, body));
    heard(body);
    return "sent";
  }
  if (status === 412) {
    await change((now) => met(now, body));
    heard(body);
    return "met";
  }
  if (status === 400) await change((now) => ({ ...now, refused: body?.detail ?? "" }));
  return status === 400 ? "refused" : (SAID[status] ?? "busy");
}

/**
 * The way to the server for one person's drafts. A token that is not taken is asked for anew, and nothing is sent while
 * somebody else is signed in. `given`: person (id), session (as of createApi), token (of the page, or null), fetch.
 */
export function draftPost({ person, session, token = null, fetch = (...asked) => globalThis.fetch(...asked) }) {
  let csrf = token;
  return async function post(id, fields) {
    const first = csrf && (await attempt(fetch, id, fields, csrf));
    if (first?.body) return first;
    const { status, body } = await session();
    if (status !== 200 || !body) return { why: "no network" };
    if (!body.person) return { why: "sign in" };
    if (body.person !== person) return { why: "wrong person" };
    csrf = body.csrf;
    const again = await attempt(fetch, id, fields, csrf);
    return again.status ? again : { why: "no network" };
  };
}

async function attempt(fetch, id, fields, csrf) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  const headers = { Accept: "application/json", "X-CSRFToken": csrf };
  const how = { method: "POST", body, headers, redirect: "error", credentials: "same-origin" };
  try {
    const answer = await fetch(`/feedback/${id}/lines`, { ...how, signal: AbortSignal.timeout(PATIENCE) });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

/** The name of the lock that the page on which a draft is written holds. */
export const writerOf = (person, id) => `observe-${person}-summary-${id}`;

/** Sends every draft that waits, but those that lie open on a page, which sends its own; how many still wait. */
export async function sendDrafts({ person, store, session, locks = globalThis.navigator?.locks }) {
  const post = draftPost({ person: person.id, session });
  for (const { id } of await waitingDrafts(store)) {
    const change = async (how) => keepDraft(store, how(await readDraft(store, id)));
    const send = (lock) => lock && sendDraft({ read: () => readDraft(store, id), change, post });
    await (locks ? locks.request(writerOf(person.id, id), { ifAvailable: true }, send) : send(true));
  }
  return (await waitingDrafts(store)).length;
}
