import assert from "node:assert/strict";
import { test } from "node:test";
import { newId, operation } from "../../observe/static/js/operations.mjs";
import { fitting } from "../../observe/static/js/jobs.mjs";
import { Outbox, judge } from "../../observe/static/js/outbox.mjs";
import { memoryStore } from "./memory.mjs";
import { accepted, aServer } from "./server.mjs";

const refusal = (status, code, more = {}) => ({ status, body: { code, detail: "", ...more }, protocol: true });
const rowsIn = (store, name = "operations") => store.transact("readonly", (tx) => tx.all(name));

async function holding(count) {
  const store = memoryStore();
  for (let lamport = 1; lamport <= count; lamport += 1) await add(store, lamport);
  return store;
}

function add(store, lamport, value = lamport) {
  const op = operation({
    op_id: newId(),
    observation_id: "o",
    lamport,
    kind: "set",
    field: `note/${lamport}/text`,
    value,
  });
  return store.transact("readwrite", (tx) => tx.add("operations", { op, sent: false, waiting: 1, verdict: null }));
}

function anOutbox(store, api) {
  const told = [];
  const box = new Outbox({
    store,
    api,
    person: "p",
    label: "iPad",
    newId,
    now: () => 0,
    tell: (what) => told.push(what),
  });
  return Object.assign(box, { told });
}

test("what an observer wrote waits until the server has said that it holds it", async () => {
  const store = await holding(3);
  const box = anOutbox(store, aServer([{ status: 0 }]));
  assert.equal(await box.flush(), "no network");
  assert.equal((await rowsIn(store)).filter((row) => row.waiting).length, 3);
  assert.equal(await box.flush(), "sent");
  assert.equal((await rowsIn(store)).filter((row) => row.waiting).length, 0);
});

test("an answer that was lost is asked for again with the same operations", async () => {
  const store = await holding(2);
  const server = aServer([(batch) => (accepted(server, batch), { status: 0 })]);
  await anOutbox(store, server).flush();
  await anOutbox(store, server).flush();
  assert.deepEqual(server.requests[0].operations, server.requests[1].operations);
  assert.deepEqual(
    (await rowsIn(store)).map((row) => row.verdict),
    ["accepted", "accepted"],
  );
});

test("operations are marked as sent before they leave", async () => {
  const store = await holding(1);
  let marked = null;
  const server = aServer();
  const sync = server.sync;
  server.sync = async (...asked) => {
    marked = (await rowsIn(store))[0].sent;
    return sync(...asked);
  };
  await anOutbox(store, server).flush();
  assert.equal(marked, true);
});

test("a day without network goes out in batches of 200", async () => {
  const server = aServer();
  assert.equal(await anOutbox(await holding(450), server).flush(), "sent");
  assert.deepEqual(
    server.requests.map((request) => request.operations.length),
    [200, 200, 50],
  );
});

test("a batch stays under half a megabyte", () => {
  const rows = Array.from({ length: 60 }, () => ({ op: { value: "ŵ".repeat(8000) } }));
  assert.equal(fitting(rows).length, 32);
  assert.equal(fitting([{ op: { value: "x".repeat(10 ** 6) } }]).length, 1);
});

test("a page of the hotel's network is not the server", async () => {
  const store = await holding(1);
  const page = { status: 200, body: null, protocol: false };
  assert.equal(await anOutbox(store, aServer([page])).flush(), "no network");
  assert.equal((await rowsIn(store))[0].waiting, 1);
  assert.equal(judge({ status: 200, body: { results: [] }, protocol: false }), "no network");
  assert.equal(judge({ status: 400, body: null }), "no network");
  assert.equal(judge({ status: 302, body: null }), "no network");
});

test("one bad operation is set aside, and everything else arrives", async () => {
  const store = await holding(5);
  const [, , bad] = await rowsIn(store);
  const server = aServer(
    Array(12).fill((batch) =>
      batch.operations.some((op) => op.op_id === bad.op.op_id) ? refusal(400, "malformed") : undefined,
    ),
  );
  assert.equal(await anOutbox(store, server).flush(), "sent");
  assert.equal(server.held.size, 4);
  assert.deepEqual(
    (await rowsIn(store, "quarantine")).map((row) => row.op.op_id),
    [bad.op.op_id],
  );
  assert.deepEqual(server.requests.at(-2).skipped, [3]);
});

test("a tablet that has put much behind it names its missing numbers in parts that any request has room for", async () => {
  const store = await holding(3);
  const [first, second, third] = await rowsIn(store);
  await store.transact("readwrite", async (tx) => {
    for (const row of [second, third]) await tx.remove("operations", row.device_seq);
    await tx.put("operations", { ...second, device_seq: 25000 });
    await tx.put("operations", { ...third, device_seq: 25001, op: { ...third.op, value: "x".repeat(400000) } });
  });
  const server = aServer();
  assert.equal(await anOutbox(store, server).flush(), "sent");
  for (const batch of server.requests) assert.ok(JSON.stringify(batch).length < 512 * 1024);
  const [{ skipped, operations }] = server.requests;
  assert.deepEqual([skipped.length, skipped[0], operations[0].device_seq], [10000, 2, first.device_seq]);
  assert.equal(server.held.size, 3);
});

test("what the server refuses is kept in quarantine with the reason", async () => {
  const store = await holding(1);
  const detail = "Level 5 is not in this rubric.";
  const refused = (batch) => {
    const answer = accepted(server, batch);
    return {
      status: 200,
      protocol: true,
      body: {
        ...answer,
        results: [{ op_id: batch.operations[0].op_id, status: "rejected", code: "bad_value", detail }],
      },
    };
  };
  const server = aServer([refused]);
  assert.equal(await anOutbox(store, server).flush(), "sent");
  const [kept] = await rowsIn(store, "quarantine");
  assert.equal(kept.detail, detail);
});

test("a request that is too large is halved", async () => {
  const server = aServer([refusal(413, "too_large"), refusal(413, "too_large")]);
  assert.equal(await anOutbox(await holding(8), server).flush(), "sent");
  assert.deepEqual(
    server.requests.map((request) => request.operations.length),
    [8, 4, 2, 6],
  );
});

test("when sign-in has ended everything stays on the tablet", async () => {
  const store = await holding(2);
  assert.equal(await anOutbox(store, aServer([refusal(401, "sign_in")])).flush(), "sign in");
  assert.equal((await rowsIn(store)).filter((row) => row.waiting).length, 2);
});

test("an old form token is fetched anew, once", async () => {
  const server = aServer([refusal(403, "csrf")]);
  assert.equal(await anOutbox(await holding(1), server).flush(), "sent");
  assert.deepEqual(
    server.requests.map((request) => request.csrf),
    ["t1", "t2"],
  );
  const stubborn = aServer([refusal(403, "csrf"), refusal(403, "csrf"), refusal(403, "csrf")]);
  assert.equal(await anOutbox(await holding(1), stubborn).flush(), "sign in");
  assert.equal(stubborn.requests.length, 2);
});

test("nothing is ever sent as somebody else", async () => {
  const server = aServer();
  server.person = "another";
  assert.equal(await anOutbox(await holding(1), server).flush(), "wrong person");
  assert.equal(server.requests.length, 0);
  assert.equal(await anOutbox(await holding(1), aServer([refusal(403, "wrong_person")])).flush(), "wrong person");
});

test("a tablet that the server does not know registers again and sends everything it holds", async () => {
  const store = await holding(2);
  const server = aServer([undefined, refusal(403, "unknown_device")]);
  const box = anOutbox(store, server);
  await box.flush();
  await add(store, 3);
  assert.equal(await box.flush(), "sent");
  const again = server.requests.at(-1);
  assert.equal(again.device_id, "d2");
  assert.equal(again.acknowledged_through, 0);
  assert.deepEqual(
    again.operations.map((op) => op.device_seq),
    [1, 2, 3],
  );
});

test("a server that came back from a backup gets again what it lost", async () => {
  const store = await holding(4);
  const server = aServer([undefined, refusal(409, "epoch", { epoch: "e2", known_through: 2 })]);
  const box = anOutbox(store, server);
  await box.flush();
  await add(store, 5);
  assert.equal(await box.flush(), "sent");
  const again = server.requests.at(-1);
  assert.deepEqual(
    [again.epoch, again.acknowledged_through, again.operations.map((op) => op.device_seq)],
    ["e2", 2, [3, 4, 5]],
  );
});

test("an older protocol waits for the new pages, and a busy server is given time", () => {
  assert.equal(judge(refusal(426, "protocol")), "new version");
  for (const status of [429, 500, 503, 507]) assert.equal(judge({ status, body: null }), "busy");
});

test("a verdict that is late or needs repair is told to the sheet", async () => {
  const store = await holding(2);
  const [first, second] = await rowsIn(store);
  const server = aServer([
    (batch) => ({
      status: 200,
      protocol: true,
      body: {
        ...accepted(server, batch),
        results: [
          { op_id: first.op.op_id, status: "late" },
          { op_id: second.op.op_id, status: "accepted", code: "needs_repair", fields: { a: "x" } },
        ],
      },
    }),
  ]);
  const box = anOutbox(store, server);
  await box.flush();
  assert.deepEqual(
    box.told[0].rows.map((row) => row.verdict),
    ["late", "accepted"],
  );
  assert.deepEqual(box.told[0].repairs, [{ observation: "o", fields: { a: "x" } }]);
});

test("a tablet on which nothing waits asks too, and brings back what the server lost", async () => {
  const store = await holding(2);
  const server = aServer();
  await anOutbox(store, server).flush();
  assert.equal(await anOutbox(store, server).flush(), "idle");
  assert.deepEqual(server.requests[1].operations, []);
  assert.equal(server.requests[1].acknowledged_through, 2);
  const back = aServer([refusal(409, "epoch", { epoch: "e2", known_through: 1 })]);
  const box = anOutbox(store, back);
  assert.equal(await box.flush(), "sent");
  assert.deepEqual(
    back.requests[1].operations.map((op) => op.device_seq),
    [2],
  );
  assert.equal(await box.flush(), "idle");
  assert.equal(back.requests.length, 2);
});

test("asking in vain is no news for whoever has nothing to send", async () => {
  const store = await holding(1);
  await anOutbox(store, aServer()).flush();
  for (const answer of [{ status: 0 }, refusal(401, "sign_in"), refusal(507, "disk_full")])
    assert.equal(await anOutbox(store, aServer([answer])).flush(), "idle");
});

test("where the request itself is refused, no operation is blamed for it", async () => {
  const store = await holding(3);
  const server = aServer(Array(9).fill(refusal(400, "malformed")));
  assert.equal(await anOutbox(store, server).flush(), "busy");
  assert.deepEqual(await rowsIn(store, "quarantine"), []);
  assert.equal((await rowsIn(store)).filter((row) => row.waiting).length, 3);
});

test("a server that speaks only another protocol waits for the new pages", async () => {
  const server = aServer();
  server.session = async () => ({ status: 200, body: { person: "p", csrf: "t", protocols: [2] }, protocol: true });
  assert.equal(await anOutbox(await holding(1), server).flush(), "new version");
  server.session = async () => ({ status: 200, body: { person: "p", csrf: "t" }, protocol: false });
  assert.equal(await anOutbox(await holding(1), server).flush(), "no network");
});

const saying = (more) => (batch) => ({
  status: 200,
  protocol: true,
  body: { ...accepted({ held: new Map(), acknowledged: 0 }, batch), ...more(batch) },
});

test("a record under a second id is known by its first from then on", async () => {
  const store = await holding(1);
  const same = ({ operations: [op] }) => ({ results: [{ op_id: op.op_id, status: "accepted", same_as: "first" }] });
  const box = anOutbox(store, aServer([saying(same)]));
  await box.flush();
  assert.equal(await store.transact("readonly", (tx) => tx.get("kept", "alias/o")), "first");
  assert.equal(box.told[0].rows[0].same_as, "first");
});

test("what came for a record that was withdrawn is kept apart, and the record is withdrawn here too", async () => {
  const store = await holding(1);
  const gone = ({ operations: [op] }) => ({ results: [{ op_id: op.op_id, status: "rejected", code: "withdrawn" }] });
  const box = anOutbox(store, aServer([saying(gone)]));
  await box.flush();
  assert.equal((await rowsIn(store, "quarantine"))[0].code, "withdrawn");
  assert.deepEqual(box.told[0].records, [{ observation_id: "o", state: "withdrawn" }]);
  assert.equal((await store.transact("readonly", (tx) => tx.get("kept", "known/o"))).state, "withdrawn");
});

test("what came late takes part once the record is opened again to include it, and later late ones do not", async () => {
  const store = await holding(3);
  const [, unseal] = await rowsIn(store);
  const opened = { ...unseal, op: { ...unseal.op, kind: "unseal", field: null, value: { reason: "", include: true } } };
  await store.transact("readwrite", (tx) => tx.put("operations", opened));
  const status = ["late", "accepted", "late"];
  const judged = ({ operations }) => ({
    results: operations.map((op, place) => ({ op_id: op.op_id, status: status[place], sequence: place + 1 })),
  });
  const box = anOutbox(store, aServer([saying(judged)]));
  await box.flush();
  assert.deepEqual(
    (await rowsIn(store)).map((row) => row.verdict),
    ["accepted", "accepted", "late"],
  );
});

test("three thousand operations of a day offline go out in fifteen batches, and a small save in one", async () => {
  const server = aServer();
  const store = await holding(3000);
  const box = anOutbox(store, server);
  assert.equal(await box.flush(), "sent");
  assert.equal(server.requests.length, 15);
  await add(store, 3001);
  const before = store.commits;
  await box.flush();
  assert.deepEqual([server.requests.length, store.commits - before], [16, 3]);
});

test("a restored server is asked for everything of other tablets too", async () => {
  const store = await holding(1);
  await store.transact("readwrite", (tx) => tx.put("kept", 88, "cursor/o"));
  await anOutbox(store, aServer([refusal(409, "epoch", { epoch: "e2", known_through: 0 })])).flush();
  assert.equal(await store.transact("readonly", (tx) => tx.get("kept", "cursor/o")), undefined);
});
