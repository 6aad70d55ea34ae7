// The person's own database on this tablet. Everything is read and written in transactions that are durable when they end.

const VERSION = 1;
export const ALL = ["operations", "fetched", "quarantine", "kept"];

/** The name of a person's database; nobody else's work is ever in it. */
export const databaseName = (person) => `observe-${person}`;

// What another connection would not mend: the tablet is full, or what was asked makes no sense.
const LASTING = ["QuotaExceededError", "ConstraintError", "DataError", "DataCloneError", "TypeError", "ReferenceError"];

/** A store with one way in: `transact(mode, job, names)`, tried once more after a lost connection. */
export function openStore(person, factory = indexedDB) {
  let connection = null;
  const connect = () => (connection ??= open(factory, databaseName(person), () => (connection = null)));
  const attempt = async (mode, job, names) => within(await connect(), mode, job, names);

  async function transact(mode, job, names = ALL) {
    try {
      return await attempt(mode, job, names);
    } catch (error) {
      if (LASTING.includes(error?.name)) throw error;
      await close();
      return attempt(mode, job, names);
    }
  }

  async function close() {
    const old = connection;
    connection = null;
    (await old?.catch(() => null))?.close();
  }
  return { person, transact, close };
}

function open(factory, name, lost) {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, VERSION);
    request.onupgradeneeded = () => build(request.result);
    request.onerror = () => refuse(reject, lost, request.error);
    request.onsuccess = () => resolve(watched(request.result, lost));
  });
}

function refuse(reject, lost, error) {
  lost();
  reject(error);
}

function watched(database, lost) {
  database.onclose = lost;
  database.onversionchange = () => {
    database.close();
    lost();
  };
  return database;
}

function build(database) {
  const operations = database.createObjectStore("operations", { keyPath: "device_seq", autoIncrement: true });
  operations.createIndex("observation", "op.observation_id");
  operations.createIndex("op_id", "op.op_id", { unique: true });
  operations.createIndex("waiting", "waiting");
  database.createObjectStore("fetched", { keyPath: "op.op_id" }).createIndex("observation", "op.observation_id");
  database.createObjectStore("quarantine", { keyPath: "op.op_id" });
  database.createObjectStore("kept");
}

async function within(database, mode, job, names) {
  const transaction = database.transaction(names, mode, { durability: "strict" });
  const ended = end(transaction);
  ended.catch(() => {});
  try {
    const answer = await job(handle(transaction));
    commit(transaction);
    await ended;
    return answer;
  } catch (error) {
    giveUp(transaction);
    throw transaction.error ?? error;
  }
}

// What was put need not be answered one by one: the end of the transaction answers for all.
function commit(transaction) {
  try {
    transaction.commit();
  } catch {
    // It is ending by itself.
  }
}

function giveUp(transaction) {
  try {
    transaction.abort();
  } catch {
    // It had ended by itself.
  }
}

const end = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The transaction was given up."));
  });

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const above = (key) => IDBKeyRange.lowerBound(key, true);

async function named(from, range) {
  const [keys, values] = await Promise.all([answer(from.getAllKeys(range)), answer(from.getAll(range))]);
  return keys.map((key, place) => [key, values[place]]);
}

/** Each id that was folded into another record, with the first id of that one. */
export const aliasesIn = async (tx) =>
  new Map((await tx.under("kept", "alias/")).map(([key, first]) => [key.slice("alias/".length), first]));

/** The ids under which a record was written: its first, then those that were folded into it. */
export async function idsOf(tx, observation) {
  const aliases = await aliasesIn(tx);
  const real = aliases.get(observation) ?? observation;
  return [real, ...[...aliases].filter(([, first]) => first === real).map(([second]) => second)];
}

/** All rows of one of the stores that were written under these ids. */
export const rowsOf = async (tx, name, ids) =>
  (await Promise.all(ids.map((id) => tx.by(name, "observation", id)))).flat();

/** What a job may do; tests have a twin of it in memory. */
const handle = (transaction) => ({
  get: (name, key) => answer(transaction.objectStore(name).get(key)),
  by: (name, index, key, most) => answer(transaction.objectStore(name).index(index).getAll(key, most)),
  all: (name) => answer(transaction.objectStore(name).getAll()),
  after: (name, key, most) => answer(transaction.objectStore(name).getAll(key === null ? null : above(key), most)),
  under: (name, prefix) => named(transaction.objectStore(name), IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
  keysAbove: (name, key) => answer(transaction.objectStore(name).getAllKeys(above(key))),
  add: (name, value) => answer(transaction.objectStore(name).add(value)),
  put: (name, value, key) => void transaction.objectStore(name).put(value, key),
  remove: (name, key) => void transaction.objectStore(name).delete(key),
});
