// A twin of the tablet's store that lives in memory: the same transactions, none of the browser.

const KEYS = { operations: (row) => row.device_seq, fetched: (row) => row.op.op_id, quarantine: (row) => row.op.op_id };
const PATHS = {
  observation: (row) => row.op.observation_id,
  op_id: (row) => row.op.op_id,
  waiting: (row) => row.waiting,
};

export function memoryStore(person) {
  let tables = { operations: new Map(), fetched: new Map(), quarantine: new Map(), kept: new Map() };
  let next = 1;
  let turn = Promise.resolve();
  const store = { person, failures: 0, commits: 0, running: 0, most: 0, transact };

  function transact(mode, job) {
    if (mode === "readwrite") store.most = Math.max(store.most, (store.running += 1));
    const ran = turn.then(() => attempt(job)).finally(() => (store.running -= mode === "readwrite"));
    turn = ran.catch(() => {});
    return ran;
  }

  async function attempt(job) {
    const copies = Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, new Map(rows)]));
    const numbers = { next };
    const answer = await job(handle(copies, numbers));
    if (store.failures > 0) {
      store.failures -= 1;
      throw new Error("The tablet is full.");
    }
    tables = copies;
    next = numbers.next;
    store.commits += 1;
    return answer;
  }

  return store;
}

const sorted = (rows) =>
  [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => structuredClone(row));

const handle = (tables, numbers) => ({
  get: async (name, key) => structuredClone(tables[name].get(key)),
  all: async (name) => sorted(tables[name]),
  by: async (name, index, key, most) =>
    sorted(tables[name])
      .filter((row) => PATHS[index](row) === key)
      .slice(0, most),
  after: async (name, key, most) =>
    sorted([...tables[name]].filter(([other]) => key === null || other > key)).slice(0, most),
  under: async (name, prefix) =>
    structuredClone(
      [...tables[name]].filter(([key]) => key.startsWith(prefix)).sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  keysAbove: async (name, key) => [...tables[name].keys()].filter((other) => other > key),
  async add(name, value) {
    const device_seq = numbers.next++;
    tables[name].set(device_seq, structuredClone({ ...value, device_seq }));
    return device_seq;
  },
  async put(name, value, key) {
    tables[name].set(key ?? KEYS[name](value), structuredClone(value));
  },
  async remove(name, key) {
    tables[name].delete(key);
  },
});
