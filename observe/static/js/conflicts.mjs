// Where two tabs or tablets changed one field without knowing of each other: what decides, and what the other one says.

import { canonical } from "./canonical.mjs";
import { order } from "./operations.mjs";
import { counts } from "./record.mjs";

/**
 * `[{field, winner, others}]` of a record's rows: the operation that decides and, the latest first, what each other
 * way from the same `previous` came to in the end. Ways that came to the same value are no conflict, nor is one whose
 * operation is in `settled`, because the observer has seen it.
 */
export function conflicts(rows, settled = new Set()) {
  const taken = [...rows].filter((row) => counts(row) && row.op.kind === "set").map((row) => row.op);
  const forked = fieldsWithForks(taken);
  const told = taken.filter((op) => forked.has(op.field));
  return [...grouped(told, (op) => op.field)]
    .map(([field, ops]) => conflictIn(field, ops, settled))
    .filter((found) => found.others.length);
}

// Nearly every field has one way only; this is asked each time that the sheet is drawn.
function fieldsWithForks(ops) {
  const seen = new Set();
  const forked = new Set();
  for (const { field, previous } of ops) {
    const way = `${field} ${previous}`;
    if (seen.has(way)) forked.add(field);
    seen.add(way);
  }
  return forked;
}

function conflictIn(field, ops, settled) {
  const winner = ops.reduce(later);
  const next = grouped(ops, (op) => op.previous ?? null);
  const forks = [...next.values()].filter((ways) => ways.length > 1 && new Set(ways.map(spelled)).size > 1);
  const ends = new Set(forks.flat().map((op) => endOf(op, next)));
  const other = (op) => spelled(op) !== spelled(winner) && !settled.has(op.op_id);
  return { field, winner, others: [...ends].filter(other).sort(order).reverse() };
}

/** What a way came to: the latest of those that follow an operation. */
function endOf(op, next) {
  const after = (next.get(op.op_id) ?? []).filter((each) => order(each, op) > 0);
  return after.length ? endOf(after.reduce(later), next) : op;
}

const later = (one, other) => (order(one, other) >= 0 ? one : other);
const spelled = (op) => canonical(op.value ?? null);

function grouped(ops, keyOf) {
  const groups = new Map();
  for (const op of ops) {
    const key = keyOf(op);
    if (groups.has(key)) groups.get(key).push(op);
    else groups.set(key, [op]);
  }
  return groups;
}
