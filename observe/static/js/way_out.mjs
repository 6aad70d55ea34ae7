// The way to the server for a page that is no sheet: what waits goes out, and open sheets hear of it.

import { Line, Sender, alone } from "./device.mjs";
import { newId } from "./operations.mjs";
import { Outbox } from "./outbox.mjs";
import { databaseName } from "./store.mjs";
import { tabletName } from "./tablet_name.mjs";

const timer = { set: (job, delay) => setTimeout(job, delay), clear: (id) => clearTimeout(id) };

/** Sends what waits, once; answers "sent", "idle" or the reason why something still waits. */
export const sendOnce = (given) => flush(given.person, outboxOf(given));

const outboxOf = ({ person, store, api, tell = () => {} }) =>
  new Outbox({ store, person: person.id, label: tabletName(), api, newId, now: Date.now, tell });

const flush = (person, outbox) => alone(`${databaseName(person.id)}-sends`, () => outbox.flush());

// What a sending asks for beside being told: nothing waits any more, or the server speaks another protocol.
const CARES = {
  sent: () => navigator.clearAppBadge?.().catch(() => {}),
  "new version": askForRelease,
};

/**
 * Sends whenever it may work; `tell(state)` hears how each sending went, `heard(told)` what the server said of it,
 * `changed(event)` that another tab wrote or sent.
 */
export function wayOut({ person, store, api, tell, heard = () => {}, changed = () => {} }) {
  const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(databaseName(person.id)) : null;
  const outbox = outboxOf({ person, store, api, tell: (told) => (pass(tabs, told), heard(told)) });
  const line = new Line({ connected: () => navigator.onLine, now: Date.now });
  const send = (asked) => line.through(asked, () => flush(person, outbox));
  const said = (state) => (CARES[state]?.(), tell(state));
  const sender = new Sender({ send, now: Date.now, random: Math.random, timer, tell: said });
  tabs?.addEventListener("message", changed);
  addEventListener("online", () => sender.now());
  addEventListener("offline", () => (line.lost(), tell("no network")));
  addEventListener("pageshow", () => sender.now());
  document.addEventListener("visibilitychange", () => document.hidden || sender.now());
  return {
    now: () => sender.now({ asked: true }),
    start: () => sender.now(),
    soon: () => sender.soon(),
    resend: (rows) => outbox.resend(rows),
    post: (rows) => tabs?.postMessage({ rows }),
    likely: () => line.likely,
  };
}

// A sheet that is open in another tab learns what the server said of its record.
function pass(tabs, { rows = [], records = [] }) {
  const of = (id) => rows.filter((row) => row.op.observation_id === id);
  for (const { observation_id: id, state } of records) tabs?.postMessage({ rows: of(id), known: state });
  const told = new Set(records.map((record) => record.observation_id));
  const rest = rows.filter((row) => !told.has(row.op.observation_id));
  if (rest.length) tabs?.postMessage({ rows: rest });
}

// A server that speaks another protocol has pages that do so too; nothing is reloaded here.
async function askForRelease() {
  const kept = await navigator.serviceWorker?.getRegistration().catch(() => null);
  kept?.update().catch(() => {});
}
