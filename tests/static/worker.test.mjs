import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { aServer, aTablet, answer, workerOf } from "./worker.mjs";

const aWorker = workerOf(readFileSync(new URL("../../observe/static/worker.js", import.meta.url), "utf8"));
const SHEET = `/sheet/${"a".repeat(64)}`;
const OTHER_SHEET = `/sheet/${"b".repeat(64)}`;
const SIGN_IN = answer("sign in", { redirected: true, url: "https://observe.test/sign-in?next=/" });

/** A tablet with release `one` on it, and one sheet kept. */
async function ready() {
  const tablet = aTablet();
  const server = aServer("one", { [SHEET]: answer("sheet one", { mark: "one" }) });
  const worker = aWorker(tablet, server, "one");
  await worker.install();
  await worker.activate();
  assert.deepEqual({ ...(await worker.keep([SHEET])) }.whole, true);
  return { tablet, server, worker };
}

function newRelease(tablet, { signedIn = true } = {}) {
  const sheet = signedIn ? answer("sheet two", { mark: "two" }) : SIGN_IN;
  const server = aServer("two", { [SHEET]: sheet });
  return { server, worker: aWorker(tablet, server, "two") };
}

const body = async (found) => (await found)?.body;

test("without a server the tablet's own pages, its sheets and their files open", async () => {
  const { server, worker } = await ready();
  server.trouble.all = "down";
  assert.equal(await body(worker.get("/")), "tablet one");
  assert.equal(await body(worker.get("/tablet?code=KWRTZB")), "tablet one");
  assert.equal(await body(worker.get("/device")), "device one");
  assert.equal(await body(worker.get(SHEET)), "sheet one");
  assert.equal(await body(worker.get("/static/one/a.css", { mode: "cors" })), "css one");
  assert.equal(await body(worker.get("/agreement")), "tablet one");
  assert.equal(await body(worker.get(OTHER_SHEET)), "tablet one");
});

test("a draft opens from the tablet without a server, and from the server with one", async () => {
  const address = `/feedback/${"0".repeat(8)}-0000-7000-8000-${"0".repeat(12)}/edit`;
  const { server, worker } = await ready();
  server.pages[address] = answer("summary");
  assert.equal(await body(worker.get(address)), "summary");
  server.trouble[address] = answer("not yours", { status: 403 });
  assert.equal(await body(worker.get(address)), "not yours");
  server.trouble[address] = answer("broken", { status: 502 });
  assert.equal(await body(worker.get(address)), "draft one");
  server.trouble.all = "down";
  delete server.trouble[address];
  assert.equal(await body(worker.get(address)), "draft one");
  assert.equal(await body(worker.get("/feedback")), "tablet one");
});

test("with a server its own answers are shown, also where it refuses", async () => {
  const { server, worker } = await ready();
  assert.equal(await body(worker.get("/")), "today one");
  assert.equal(await body(worker.get("/agreement")), "agreement");
  server.trouble["/"] = answer("not for you", { status: 403, mark: "one" });
  server.trouble["/agreement"] = answer("broken", { status: 503 });
  assert.equal(await body(worker.get("/")), "not for you");
  assert.equal(await body(worker.get("/agreement")), "broken");
});

test("what is sent, asked of the API, or asked elsewhere is none of the worker's business", async () => {
  const { worker } = await ready();
  assert.equal(await worker.get("/api/v1/session", { mode: "cors" }), null);
  assert.equal(await worker.get("/", { method: "POST" }), null);
  assert.equal(await worker.get("/", { host: "https://elsewhere.test" }), null);
  assert.equal(await worker.get("/agreement/rows.csv", { mode: "cors" }), null);
});

for (const [name, trouble] of Object.entries({
  "is in trouble": answer("bad gateway", { status: 502 }),
  "is overrun": answer("unavailable", { status: 503, mark: "one" }),
  "does not answer in time": "silent",
  "stands behind a guest network that answers for it": answer("Welcome to the hotel"),
  "stands behind a network that leads elsewhere": answer("", { redirected: true, url: "https://hotel.test/" }),
}))
  test(`Today opens from the tablet while the server ${name}`, async () => {
    const { server, worker } = await ready();
    server.trouble.all = trouble;
    assert.equal(await body(worker.get("/")), "tablet one");
    assert.equal(await body(worker.get(SHEET)), "sheet one");
    if (trouble.status >= 500) assert.equal(await body(worker.get(OTHER_SHEET)), "tablet one");
  });

test("whoever is signed out is led to the sign-in page", async () => {
  const { server, worker } = await ready();
  server.trouble["/"] = SIGN_IN;
  assert.deepEqual(await worker.get("/"), { status: 302, url: SIGN_IN.url });
});

for (const [name, [path, trouble]] of Object.entries({
  "a file is missing": ["/static/one/a.css", answer("none", { status: 404 })],
  "a filter puts its page in a file's place": ["/static/one/a.css", answer("blocked")],
  "a page leads elsewhere": ["/device", SIGN_IN],
  "a page is an error": ["/tablet", answer("broken", { status: 500, mark: "one" })],
  "a page is not ours": ["/tablet", answer("Welcome to the hotel")],
  "a page is of another release": ["/tablet", answer("tablet two", { mark: "two" })],
  "the network goes": ["/device", "down"],
}))
  test(`nothing is kept of a release if ${name}, and the next time it is whole`, async () => {
    const tablet = aTablet();
    const server = aServer("one");
    server.trouble[path] = trouble;
    const worker = aWorker(tablet, server, "one");
    await assert.rejects(worker.install());
    assert.deepEqual(tablet.names(), []);
    server.trouble = {};
    await worker.install();
    assert.equal((await tablet.named.get("observe-one").keys()).length, 4);
  });

test("a sheet is kept only if it came whole, and the page is told which", async () => {
  const { server, worker } = await ready();
  server.pages[OTHER_SHEET] = SIGN_IN;
  const told = await worker.keep([SHEET, OTHER_SHEET, "/me", "https://elsewhere.test/sheet"]);
  assert.deepEqual([[...told.kept], [...told.missing]], [[SHEET], [OTHER_SHEET]]);
  assert.ok(!server.asked.includes("/me"));
});

test("what the browser lost of a release is fetched again", async () => {
  const { tablet, server, worker } = await ready();
  tablet.named.clear();
  const told = await worker.keep([SHEET]);
  server.trouble.all = "down";
  assert.deepEqual([told.whole, [...told.kept]], [true, [SHEET]]);
  assert.equal(await body(worker.get("/")), "tablet one");
});

test("a new release brings its own sheets before the old one goes", async () => {
  const { tablet } = await ready();
  const { worker, server } = newRelease(tablet);
  await worker.install();
  assert.deepEqual(tablet.names(), ["observe-one", "observe-two"]);
  await worker.activate();
  assert.deepEqual(tablet.names(), ["observe-two"]);
  server.trouble.all = "down";
  assert.equal(await body(worker.get(SHEET)), "sheet two");
});

test("while nobody is signed in, an old sheet still opens with its old files, and goes once the new one is here", async () => {
  const { tablet } = await ready();
  const { worker, server } = newRelease(tablet, { signedIn: false });
  await worker.install();
  await worker.activate();
  assert.deepEqual(tablet.names(), ["observe-one", "observe-two"]);
  assert.equal(await body(worker.get(SHEET)), "sheet one");
  assert.equal(await body(worker.get("/static/one/a.css", { mode: "cors" })), "css one");
  server.pages[SHEET] = answer("sheet two", { mark: "two" });
  await worker.keep([SHEET]);
  assert.deepEqual(tablet.names(), ["observe-two"]);
});

test("the files of an open sheet stay until it is closed", async () => {
  const { tablet } = await ready();
  tablet.open = [SHEET];
  const { worker } = newRelease(tablet);
  await worker.install();
  await worker.activate();
  assert.equal(await body(worker.get("/static/one/a.css", { mode: "cors" })), "css one");
  tablet.open = ["/"];
  await worker.keep([]);
  assert.deepEqual(tablet.names(), ["observe-two"]);
});

test("a new release takes over from any page, but while a sheet lies open only from a sheet", async () => {
  const { tablet } = await ready();
  const { worker } = newRelease(tablet);
  tablet.open = ["/", `${SHEET}#1`];
  await worker.tell("take over", "/");
  assert.equal(worker.self.skipped, 0);
  await worker.tell("take over", SHEET);
  assert.equal(worker.self.skipped, 1);
  tablet.open = ["/"];
  await worker.tell("take over", "/");
  assert.equal(worker.self.skipped, 2);
});

test("the old release does not throw away the new one that waits", async () => {
  const { tablet, server } = await ready();
  const { worker: next } = newRelease(tablet);
  await next.install();
  const still = aWorker(tablet, server, "one", { registration: { waiting: {} } });
  await still.keep([SHEET]);
  assert.deepEqual(tablet.names(), ["observe-one", "observe-two"]);
});

test("a release that fails leaves the one before it whole", async () => {
  const { tablet } = await ready();
  const { worker, server } = newRelease(tablet);
  server.trouble["/device"] = "down";
  await assert.rejects(worker.install());
  assert.deepEqual(tablet.names(), ["observe-one"]);
});
