// What sending and fetching ask of the store: each is one transaction, in the page or in the worker that writes for it.

import { ALL } from "./store.mjs";
import { joinAll, keepFetched, keepTold } from "./told.mjs";

export const MOST = { operations: 200, bytes: 512 * 1024, skipped: 10000 };
const ENVELOPE = 8 * 1024;
const ROOM = MOST.bytes - ENVELOPE;
const NUMBER = 17;
const SENT = ["operations", "kept"];
const READING = ["anything", "device", "quiet"];
const WIDE = ["settle", "setAside", "keepFetched", "keepTold"];

const anything = async (tx) => (await tx.by("operations", "waiting", 1, 1)).length > 0;
const device = (tx) => tx.get("kept", "device");
const quiet = (tx) => envelope(tx, []);
const keepDevice = async (tx, id) => tx.put("kept", id, "device");

const JOBS = {
  ...{ anything, device, quiet, keepDevice, firstEpoch },
  ...{ take, settle, setAside, unsend, sendAgain, keepFetched, keepTold },
};

/** Does one of the jobs on a store, which may have a worker for it. */
export function run(store, name, facts) {
  if (store.run) return store.run(name, facts);
  const names = WIDE.includes(name) ? ALL : SENT;
  return store.transact(READING.includes(name) ? "readonly" : "readwrite", (tx) => JOBS[name](tx, ...facts), names);
}

/** The first rows that fit into one request. */
export function fitting(rows, most = ROOM) {
  let size = 0;
  return rows.filter((row, place) => {
    size += new TextEncoder().encode(JSON.stringify(row.op)).length + 40;
    return place === 0 || size <= most;
  });
}

async function firstEpoch(tx, epoch) {
  if (epoch && (await tx.get("kept", "epoch")) === undefined) await tx.put("kept", epoch, "epoch");
}

// Marked before they leave: from now on no keystroke may rewrite them.
async function take(tx, most) {
  const [found, kept] = await Promise.all([tx.by("operations", "waiting", 1, most + 1), head(tx)]);
  const some = fitting(found.slice(0, most));
  const batch = await envelope(tx, some, kept);
  const rows = batch.skipped.length ? fitting(some, ROOM - NUMBER * batch.skipped.length) : some;
  for (const row of rows) if (!row.sent) tx.put("operations", { ...row, sent: true });
  return { ...batch, rows: rows.map((row) => ({ ...row, sent: true })), more: found.length > rows.length };
}

async function head(tx) {
  const names = ["acknowledged_through", "device", "epoch", "skipped"];
  const [through, device, epoch, aside] = await Promise.all(names.map((name) => tx.get("kept", name)));
  return { through: through ?? 0, device, epoch, aside: new Set(aside ?? []) };
}

async function envelope(tx, rows, kept = null) {
  const { aside, ...rest } = kept ?? (await head(tx));
  return { rows, ...rest, skipped: await missing(tx, rest.through, rows, aside) };
}

// Numbers that will never be sent: set aside, or gone with an old, confirmed lesson. The lowest first: the server
// counts on from there, and the rest goes with what is sent next.
async function missing(tx, through, rows, aside) {
  const last = rows.at(-1)?.device_seq ?? through;
  const whole = last - through === rows.filter((row) => row.device_seq > through).length;
  if (last <= through || whole) return [];
  const held = new Set(await tx.keysAbove("operations", through));
  const numbers = Array.from({ length: last - through }, (_, place) => through + 1 + place);
  return numbers.filter((number) => !held.has(number) || aside.has(number)).slice(0, MOST.skipped);
}

// Nothing is asked of the store here, so that no keystroke waits for this.
async function settle(tx, { rows, refused, records, aliases }, body, now) {
  const server = Date.parse(body.server_time);
  for (const row of rows) tx.put("operations", row);
  for (const each of refused) tx.put("quarantine", each);
  for (const record of records) tx.put("kept", { ...record, heard_at: now }, `known/${record.observation_id}`);
  for (const { first, second } of aliases) tx.put("kept", first, `alias/${second}`);
  const facts = { acknowledged_through: body.acknowledged_through ?? 0, clock_offset_ms: server - now };
  for (const [key, value] of Object.entries({ ...facts, server_time: server, last_sent: now }))
    tx.put("kept", value, key);
  return joinAll(tx, rows);
}

/** How a refused operation is kept. */
export const aside = (row, { code, detail }, now) => ({
  op: row.op,
  device_seq: row.device_seq,
  code,
  detail,
  at: now,
});

async function setAside(tx, row, reason, now) {
  const { waiting: _, ...rest } = row;
  const skipped = { ...rest, verdict: "skipped", code: reason.code };
  const before = (await tx.get("kept", "skipped")) ?? [];
  tx.put("operations", skipped);
  tx.put("quarantine", aside(row, reason, now));
  tx.put("kept", [...before, row.device_seq], "skipped");
  return { rows: [skipped] };
}

async function unsend(tx, through, kept) {
  const rows = (await tx.after("operations", through)).filter((row) => row.verdict !== "skipped");
  const cursors = await tx.under("kept", "cursor/");
  tx.put("kept", through, "acknowledged_through");
  for (const [key, value] of Object.entries(kept)) tx.put("kept", value, key);
  // What other tablets wrote is asked for from the beginning: this server may have lost and regained it.
  for (const [key] of cursors) tx.remove("kept", key);
  return sendAgain(tx, rows);
}

async function sendAgain(tx, rows) {
  const again = rows.map((row) => ({
    ...row,
    waiting: 1,
    verdict: null,
    refused: row.verdict === "rejected" || row.refused,
  }));
  for (const row of again) tx.put("operations", row);
  return again;
}
