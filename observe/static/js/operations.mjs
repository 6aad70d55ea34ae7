// What an operation of sync/1 is, and how operations fold into a record. Pure, and equal to the server's core.

import { bytes, canonical, digest } from "./canonical.mjs";

export const LARGEST_TEXT = 20 * 1024;
const LARGEST_OPERATION = 32 * 1024;

const EMPTY = { field: null, value: null, previous: null, rubric: null };

const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** A UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then 74 random bits. */
export function newId(now = Date.now(), random = randomBytes) {
  const parts = random(16);
  for (let place = 0; place < 6; place += 1) parts[place] = Math.floor(now / 2 ** (8 * (5 - place))) % 256;
  parts[6] = 0x70 | (parts[6] & 0x0f);
  parts[8] = 0x80 | (parts[8] & 0x3f);
  const digits = Array.from(parts, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** An operation with every key of sync/1; keys without content are null. */
export const operation = (parts) => ({ ...EMPTY, ...parts });

/** Above 0 if `one` decides over `other`: by lamport, then by op_id. */
export const order = (one, other) =>
  one.lamport - other.lamport || (one.op_id < other.op_id ? -1 : Number(one.op_id > other.op_id));

/** A record with nothing in it. */
export const blank = () => ({ winners: new Map(), tallies: new Map(), taken: new Set(), steps: new Map() });

/** Operations of one observation, in any order and any number of times, as a record. */
export const fold = (operations) => [...operations].reduce(apply, blank());

/** Puts one operation into a record and gives the record back. */
export function apply(record, op) {
  (KINDS[op.kind] ?? keepStep)(record, op);
  return record;
}

const KINDS = {
  set: keepWinner,
  tally: keepTally,
  untally: (record, op) => record.taken.add(named(op.field, op.value)),
};

const named = (field, tally) => `${field} ${tally}`;

function keepWinner(record, op) {
  const winner = record.winners.get(op.field);
  if (!winner || order(op, winner) >= 0) record.winners.set(op.field, op);
}

function keepTally(record, op) {
  const tallies = record.tallies.get(op.field) ?? new Map();
  record.tallies.set(op.field, tallies.set(op.op_id, op));
}

function keepStep(record, op) {
  record.steps.set(op.op_id, op);
}

/** The value of a field, null where there is none. */
export const valueOf = (record, field) => record.winners.get(field)?.value ?? null;

/** The counts of a field that were not taken back, the latest last. */
export const standing = (record, field) =>
  [...(record.tallies.get(field)?.values() ?? [])]
    .filter((op) => !record.taken.has(named(field, op.op_id)))
    .sort(order);

/** The canonical state: each field with its value, each counted field with its number. */
export function stateOf(record) {
  const values = [...record.winners].map(([field, op]) => [field, op.value ?? null]);
  const counts = [...record.tallies.keys()].map((field) => [field, standing(record, field).length]);
  return Object.fromEntries([...values, ...counts]);
}

/** sha256 of the canonical state, as a seal carries it. */
export const stateHash = (record) => digest(stateOf(record));

const AFTER = { seal: "closing", unseal: "draft", withdraw: "withdrawn" };

/** The state to which the last step among operations that wait leads (`closing`: the seal is on its way); null without one. */
export function stateAfter(waiting) {
  const steps = waiting.filter((op) => op.kind in AFTER).sort(order);
  return AFTER[steps.at(-1)?.kind] ?? null;
}

/** Fields on which the server's winners (from `needs_repair`) and ours are not the same operations. */
export function differing(record, theirs) {
  const ours = winningIds(record);
  const fields = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...fields].filter((field) => String(ours[field]) !== String(sorted(theirs[field])));
}

function winningIds(record) {
  const sets = [...record.winners].map(([field, op]) => [field, op.op_id]);
  const counts = [...record.tallies.keys()].map((field) => [
    field,
    sorted(standing(record, field).map((op) => op.op_id)),
  ]);
  return Object.fromEntries([...sets, ...counts]);
}

const sorted = (ids) => (Array.isArray(ids) ? [...ids].sort() : ids);

/** The reason why the server would refuse this operation for its size, or null. */
export function tooLarge(op) {
  if (typeof op.value === "string" && bytes(op.value) > LARGEST_TEXT) return "text";
  return bytes(canonical(op)) > LARGEST_OPERATION ? "operation" : null;
}
