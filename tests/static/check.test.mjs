import assert from "node:assert/strict";
import { test } from "node:test";
import { CHECKS, asText, asker, verdictOf } from "../../observe/static/js/capture/checks.mjs";
import { memoryStore } from "./memory.mjs";

const NOW = Date.UTC(2026, 10, 17, 10);
const HEADER = { "X-Observe-Protocol": "1", "Content-Type": "application/json" };

/** A tablet on which everything is right; `broken` puts other parts in their place. */
function aTablet(broken = {}) {
  const kept = new Map();
  const registration = { active: {} };
  return {
    location: { protocol: "https:", hostname: "observe.example.org" },
    isSecureContext: true,
    Date: { now: () => NOW },
    performance: { now: () => 0 },
    localStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
    caches: {
      match: async () => ({}),
      keys: async () => ["observe-1"],
      open: async () => ({
        keys: async () => [{ url: `https://x/sheet/${"a".repeat(64)}` }, { url: "https://x/tablet" }],
      }),
    },
    navigator: {
      serviceWorker: { register: async () => registration, ready: Promise.resolve(registration), controller: {} },
      storage: {
        estimate: async () => ({ usage: 1e6, quota: 1e9 }),
        persisted: async () => true,
        getDirectory: async () => ({}),
      },
    },
    ...broken,
  };
}

const session = (more = {}) => ({
  csrf: "secret.1.x",
  server_time: new Date(NOW).toISOString(),
  person: null,
  ...more,
});
const answer = (status, body, headers = HEADER) => new Response(JSON.stringify(body), { status, headers });

const right = async (path) =>
  path.endsWith("session") ? answer(200, session()) : answer(401, { code: "sign_in", detail: "Sign in." });

const run = (
  name,
  { fetch = right, page = aTablet(), openStore = () => ({ ...memoryStore(), close: async () => {} }) } = {},
) =>
  CHECKS[name]({
    page,
    ask: asker(fetch),
    openStore,
    later: async () => null,
    before: {},
    size: (bytes) => `${bytes} B`,
  });

const told = async (name, given) => {
  const { state, words, who } = await run(name, given);
  return [state, words, who];
};

const navigator = (more) => aTablet({ navigator: { ...aTablet().navigator, ...more } });

test("on a tablet and a network that are right everything is fine", async () => {
  const results = await Promise.all(Object.keys(CHECKS).map((name) => run(name)));
  assert.deepEqual([...new Set(results.map(({ state }) => state))], ["fine"]);
  assert.equal(verdictOf(results), "good");
});

test("a plain http name is the server's keeper's to mend", async () => {
  const page = aTablet({ isSecureContext: false, location: { protocol: "http:", hostname: "observe.school" } });
  assert.deepEqual(await told("address", { page }), ["broken", "address_http", "keeper"]);
});

test("a proxy that drops our header, a guest network's page, a filter and a dead line are told apart", async () => {
  const proxy = async () => answer(200, session(), { "Content-Type": "application/json" });
  const portal = async () => new Response("<h1>Welcome</h1>", { headers: { "Content-Type": "text/html" } });
  const trouble = async () => new Response("bad gateway", { status: 502 });
  const silence = async () => Promise.reject(new TypeError("Failed to fetch"));
  assert.deepEqual(await told("server", { fetch: proxy }), ["broken", "server_header", "keeper"]);
  assert.deepEqual(await told("server", { fetch: portal }), ["broken", "server_other", "technician"]);
  assert.deepEqual(await told("server", { fetch: trouble }), ["broken", "server_fault", "keeper"]);
  assert.deepEqual(await told("server", { fetch: silence }), ["broken", "server_silent", "technician"]);
});

test("cookies that are not kept are found without signing in", async () => {
  let visit = 0;
  const forgets = async () => answer(200, session({ csrf: `secret${(visit += 1)}.1.x` }));
  assert.deepEqual(await told("cookies", { fetch: forgets }), ["broken", "cookies_lost", "you"]);
});

test("a proxy that takes too little is found by what it says to 500 kB", async () => {
  const refuses = async () => new Response("<h1>413</h1>", { status: 413 });
  const cuts = async () => Promise.reject(new TypeError("Failed to fetch"));
  const other = async () => new Response("<h1>Blocked</h1>", { status: 200 });
  assert.deepEqual(await told("large", { fetch: refuses }), ["broken", "large_refused", "keeper"]);
  assert.deepEqual(await told("large", { fetch: cuts }), ["broken", "large_lost", "technician"]);
  assert.deepEqual(await told("large", { fetch: other }), ["broken", "large_other", "keeper"]);
});

test("500 kB are really sent, and without anybody's sign-in", async () => {
  const sent = [];
  const fetch = async (path, how) => {
    sent.push([path, how.method, how.body.length, how.credentials]);
    return right(path);
  };
  await run("large", { fetch });
  assert.deepEqual(sent, [["/api/v1/sync", "POST", 500_000, "omit"]]);
});

test("a clock is told by how many minutes it is off, and in which direction", async () => {
  const ahead = aTablet({ Date: { now: () => NOW + 5 * 60_000 } });
  const behind = aTablet({ Date: { now: () => NOW - 366 * 24 * 3_600_000 } });
  const { words, values } = await run("clock", { page: ahead });
  assert.deepEqual([words, values.n], ["clock_ahead", 5]);
  assert.equal((await run("clock", { page: behind })).words, "clock_behind");
});

test("a slow network is to be looked at and never broken", async () => {
  let time = 0;
  const page = aTablet({ performance: { now: () => (time += 2000) } });
  assert.deepEqual(await told("speed", { page }), ["look", "speed_slow", "technician"]);
});

test("where the worker cannot come up it is said whether the browser, the certificate or a filter is in the way", async () => {
  const refusing = (fault) =>
    navigator({ serviceWorker: { register: () => Promise.reject(fault), ready: new Promise(() => {}) } });
  const fault = new Error("An unknown error occurred when fetching the script.");
  const script = async () => new Response("const RELEASE", { headers: { "Content-Type": "text/javascript" } });
  const filter = async () => new Response("<h1>Blocked</h1>", { headers: { "Content-Type": "text/html" } });
  assert.deepEqual(await told("worker", { page: navigator({ serviceWorker: undefined }) }), [
    "broken",
    "worker_none",
    "you",
  ]);
  const refused = (fetch) => told("worker", { page: refusing(fault), fetch });
  assert.deepEqual(await refused(script), ["broken", "worker_certificate", "technician"]);
  assert.deepEqual(await refused(filter), ["broken", "worker_refused", "technician"]);
  const stuck = { register: async () => ({ installing: {} }), ready: new Promise(() => {}) };
  assert.deepEqual(await told("worker", { page: navigator({ serviceWorker: stuck }) }), [
    "broken",
    "worker_stuck",
    "technician",
  ]);
});

test("pages that are not kept yet come by opening Today", async () => {
  const none = { ...aTablet().caches, match: async () => undefined };
  assert.deepEqual(await told("pages", { page: aTablet({ caches: none }) }), ["broken", "pages_missing", "you"]);
  const noSheet = { ...aTablet().caches, open: async () => ({ keys: async () => [] }) };
  assert.deepEqual(await told("pages", { page: aTablet({ caches: noSheet }) }), ["look", "pages_no_sheet", "you"]);
});

test("a browser that keeps nothing is found by writing and reading back", async () => {
  const refuses = () => ({ transact: () => Promise.reject(new DOMException("full", "QuotaExceededError")) });
  assert.deepEqual(await told("storage", { openStore: refuses }), ["broken", "storage_refused", "you"]);
});

test("a tablet that is nearly full, or makes no promise, is told before a lesson is lost", async () => {
  const storage = (more) => navigator({ storage: { ...aTablet().navigator.storage, ...more } });
  assert.equal(
    (await run("room", { page: storage({ estimate: async () => ({ usage: 0, quota: 1e6 }) }) })).words,
    "room_none",
  );
  assert.equal((await run("promise", { page: storage({ persisted: async () => false }) })).words, "promise_none");
  assert.equal((await run("promise", { page: navigator({ storage: undefined }) })).words, "promise_unknown");
});

test("a private window is guessed from what it forbids, and an earlier check on this tablet is remembered", async () => {
  const storage = { getDirectory: () => Promise.reject(new DOMException("private", "SecurityError")) };
  assert.deepEqual(await told("private", { page: navigator({ storage }) }), ["broken", "private_yes", "you"]);
  const page = aTablet();
  assert.equal((await run("private", { page })).words, "private_no");
  assert.equal((await run("private", { page })).words, "private_since");
});

test("what the technician gets says everything in lines", () => {
  const rows = [{ name: "clock", state: "look", said: "5 minutes ahead.", who: "you", detail: "300000 ms" }];
  assert.equal(
    asText(rows, ["Observe abc, https://x"]),
    "Observe abc, https://x\n\n[look] clock: 5 minutes ahead. (you) {300000 ms}",
  );
});
