import assert from "node:assert/strict";
import { test } from "node:test";
import { databaseName, openStore } from "../../observe/static/js/store.mjs";

const failure = (name) => Object.assign(new Error(name), { name });
const soon = (job) => queueMicrotask(job);

// A browser's database as far as a lost connection shows: each transaction ends, or fails as told.
function aFactory(failures = []) {
  const made = { opened: 0, closed: 0, asked: [] };
  const transaction = (...asked) => {
    made.asked.push(asked);
    const fault = failures.shift();
    if (fault?.at === "begin") throw fault.error;
    return aTransaction(fault);
  };
  made.open = (name) => {
    made.opened += 1;
    made.name = name;
    const request = {};
    made.connection = request.result = { transaction, close: () => (made.closed += 1) };
    soon(() => request.onsuccess());
    return request;
  };
  return made;
}

function aTransaction(fault) {
  const ended = { error: null, commit: () => soon(() => (fault ? lose() : ended.oncomplete())), abort: () => {} };
  const lose = () => {
    ended.error = fault.error;
    ended.onabort();
  };
  return ended;
}

test("each person has a database of their own, opened once", async () => {
  const factory = aFactory();
  const store = openStore("sion", factory);
  assert.equal(await store.transact("readonly", async () => 1), 1);
  await store.transact("readwrite", async () => 2, ["kept"]);
  assert.deepEqual([factory.name, databaseName("ruth"), factory.opened], ["observe-sion", "observe-ruth", 1]);
  assert.deepEqual(factory.asked[1], [["kept"], "readwrite", { durability: "strict" }]);
});

for (const at of ["begin", "end"])
  test(`a connection that was lost at the ${at} of a write is opened again, and the write is tried again`, async () => {
    const factory = aFactory([{ at, error: failure("InvalidStateError") }]);
    const store = openStore("sion", factory);
    assert.equal(await store.transact("readwrite", async () => "kept"), "kept");
    assert.deepEqual([factory.opened, factory.closed], [2, 1]);
  });

test("a connection that the browser closed by itself is opened again", async () => {
  const factory = aFactory();
  const store = openStore("sion", factory);
  await store.transact("readonly", async () => {});
  factory.connection.onclose();
  await store.transact("readonly", async () => {});
  assert.equal(factory.opened, 2);
});

test("a full tablet is said at once, and the next write has the same connection", async () => {
  const factory = aFactory([{ at: "end", error: failure("QuotaExceededError") }]);
  const store = openStore("sion", factory);
  await assert.rejects(
    store.transact("readwrite", async () => {}),
    { name: "QuotaExceededError" },
  );
  assert.equal(await store.transact("readwrite", async () => "kept"), "kept");
  assert.equal(factory.opened, 1);
});

test("another tab that needs the database to itself gets it", async () => {
  const factory = aFactory();
  await openStore("sion", factory).transact("readonly", async () => {});
  factory.connection.onversionchange();
  assert.equal(factory.closed, 1);
});
