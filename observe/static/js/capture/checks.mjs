// What is tried on /check, one after the other. Each answers {state, words, values, who, detail}.
// state: fine, look or broken; who can mend it: you, technician or keeper; detail: for the technician.

const PROTOCOL = "X-Observe-Protocol";
const LARGE = 500_000;
const ROUNDS = 5;
const PATIENCE = 15_000;
const CLOCK = { fine: 2 * 60_000, told: 60_000 };
const SPEED = { fine: 700, slow: 3_000 };
const ROOM = { fine: 200e6, least: 20e6 };
const KEPT_SINCE = "observe-check-since";
const SHEET = /\/sheet\/[0-9a-f]{64}$/;

const fine = (words, detail, values) => ({ state: "fine", words, detail, values });
const look = (words, who, detail, values) => ({ state: "look", words, who, detail, values });
const broken = (words, who, detail, values) => ({ state: "broken", words, who, detail, values });

/** The address: HTTPS with a certificate that the browser accepts. */
export async function address({ page }) {
  const { protocol, hostname } = page.location;
  const detail = `${protocol}//${hostname}, isSecureContext ${page.isSecureContext}`;
  if (!page.isSecureContext) return broken("address_http", "keeper", detail);
  return fine(protocol === "https:" ? "address_https" : "address_trial", detail);
}

/** The API answers, and nothing on the way changes its answer. */
export async function server({ ask }) {
  const { status, headers, body, type, fault } = await ask("/api/v1/session");
  const detail = `GET /api/v1/session: ${fault ?? [status, type, `${PROTOCOL} ${headers.get(PROTOCOL)}`].join(", ")}`;
  if (fault) return broken("server_silent", "technician", detail);
  if (status >= 500) return broken("server_fault", "keeper", detail);
  if (status !== 200 || !body || !("csrf" in body)) return broken("server_other", "technician", detail);
  return headers.get(PROTOCOL) === "1" ? fine("server_fine", detail) : broken("server_header", "keeper", detail);
}

/** A cookie that the server sets comes back to it: both tokens are made from the same secret. */
export async function cookies({ ask, page }) {
  const [one, other] = [await ask("/api/v1/session"), await ask("/api/v1/session")].map(({ body }) => body?.csrf);
  if (!one || !other) return notTried();
  const kept = one.split(".")[0] === other.split(".")[0];
  if (kept) return fine("cookies_fine", "two tokens of one session");
  return broken("cookies_lost", page.isSecureContext ? "you" : "keeper", "two tokens of two sessions");
}

const notTried = () => look("not_tried", null, "the server was not reached");

/** As much as a tablet sends at once passes; without a sign-in the server refuses it in its own words. */
export async function large({ ask }) {
  const sent = { method: "POST", body: "x".repeat(LARGE), credentials: "omit" };
  const { status, headers, body, fault } = await ask("/api/v1/sync", sent);
  const detail = `POST /api/v1/sync with 500 kB: ${fault ?? `${status}, ${PROTOCOL} ${headers.get(PROTOCOL)}`}`;
  if (status === 413) return broken("large_refused", "keeper", detail);
  if (fault) return broken("large_lost", "technician", detail);
  if (status === 401 && body?.code) return fine("large_fine", detail);
  return broken("large_other", "keeper", detail);
}

/** How far this tablet's clock is from the server's. Nothing is ordered by it, but the times on the notes are. */
export async function clock({ ask, page }) {
  const before = page.Date.now();
  const { body } = await ask("/api/v1/session");
  const theirs = Date.parse(body?.server_time);
  if (Number.isNaN(theirs)) return notTried();
  const off = Math.round((before + page.Date.now()) / 2 - theirs);
  const detail = `${off} ms`;
  if (Math.abs(off) <= CLOCK.fine) return fine("clock_fine", detail);
  const n = Math.round(Math.abs(off) / CLOCK.told);
  return look(off > 0 ? "clock_ahead" : "clock_behind", "you", detail, { n });
}

/** How long the server takes to answer, the middle one of five. */
export async function speed({ ask, page }) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = page.performance.now();
    const { status } = await ask("/api/v1/session");
    if (!status) return notTried();
    times.push(Math.round(page.performance.now() - before));
  }
  const middle = [...times].sort((one, other) => one - other)[Math.floor(ROUNDS / 2)];
  const detail = times.map((time) => `${time} ms`).join(", ");
  if (middle <= SPEED.fine) return fine("speed_fine", detail, { n: middle });
  return look(middle <= SPEED.slow ? "speed_slow" : "speed_crawls", "technician", detail, { n: middle });
}

/** The worker that opens Observe without a network registers, runs and answers for this page. */
export async function worker({ page, later, ask }) {
  const container = page.navigator.serviceWorker;
  if (!container) return noWorker(page);
  const registered = await container.register("/worker.js", { updateViaCache: "none" }).catch((fault) => ({ fault }));
  if (registered.fault) return refusedWorker(registered.fault, await ask("/worker.js"));
  const running = await Promise.race([container.ready, later(PATIENCE)]);
  if (!running) return broken("worker_stuck", "technician", `${stateOf(registered)} after ${PATIENCE / 1000} s`);
  const controls = container.controller ?? (await Promise.race([controlled(container), later(3000)]));
  return controls
    ? fine("worker_fine", stateOf(registered))
    : look("worker_not_yet", "you", "runs, does not control this page");
}

const noWorker = (page) =>
  page.isSecureContext
    ? broken("worker_none", "you", "navigator.serviceWorker is missing")
    : broken("worker_http", "keeper", "not a secure context");

// A page may be opened in spite of its certificate, a worker never: then the page gets the file, and the worker does not.
function refusedWorker(fault, { status, type }) {
  const detail = `${fault.name}: ${fault.message} The page itself gets ${status}, ${type || "nothing"}.`;
  const comes = status === 200 && type.includes("javascript");
  return broken(comes ? "worker_certificate" : "worker_refused", "technician", detail);
}

const stateOf = ({ installing, waiting, active }) =>
  Object.entries({ installing, waiting, active })
    .filter(([, one]) => one)
    .map(([name]) => name)
    .join(", ");

const controlled = (container) =>
  new Promise((resolve) => container.addEventListener("controllerchange", () => resolve(true), { once: true }));

/** The pages and sheets that open without a network are on the tablet. */
export async function pages({ page, before }) {
  if (!page.caches) return look("not_tried_http", null, "no caches here");
  if (before.worker?.state === "broken") return look("pages_need_worker", null, "see above");
  const [day, device] = await Promise.all(["/tablet", "/device"].map((path) => page.caches.match(path)));
  if (!day || !device) return broken("pages_missing", "you", `/tablet ${Boolean(day)}, /device ${Boolean(device)}`);
  const sheets = await sheetsKept(page.caches);
  const detail = `${sheets} sheets`;
  return sheets ? fine("pages_fine", detail, { n: sheets }) : look("pages_no_sheet", "you", detail);
}

async function sheetsKept(caches) {
  const names = await caches.keys();
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return new Set(
    requests
      .flat()
      .map(({ url }) => url)
      .filter((url) => SHEET.test(url)),
  ).size;
}

/** What is written is on the tablet's disk when it says so, and can be read back. */
export async function storage({ openStore, page }) {
  const written = { text: "Wort für Wort, gair am air", at: page.Date.now() };
  const before = page.performance.now();
  try {
    const store = openStore("check");
    await store.transact("readwrite", (tx) => tx.put("kept", written, "check"));
    const read = await store.transact("readonly", (tx) => tx.get("kept", "check"));
    await store.close();
    const took = `${Math.round(page.performance.now() - before)} ms`;
    return read?.text === written.text ? fine("storage_fine", took) : broken("storage_wrong", "you", took);
  } catch (fault) {
    return broken("storage_refused", "you", `${fault?.name}: ${fault?.message}`);
  }
}

/** How much room is left. */
export async function room({ page, size }) {
  const { usage, quota } = (await page.navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (!quota) return look("room_unknown", null, "navigator.storage.estimate is missing");
  const left = quota - usage;
  const values = { left: size(left), of: size(quota) };
  const detail = `${usage} of ${quota} bytes`;
  if (left >= ROOM.fine) return fine("room_fine", detail, values);
  return left >= ROOM.least ? look("room_little", "you", detail, values) : broken("room_none", "you", detail, values);
}

/** The browser has promised not to clear it by itself. */
export async function promise({ page }) {
  const kept = await page.navigator.storage?.persisted?.().catch(() => null);
  if (kept === undefined || kept === null)
    return look("promise_unknown", "you", "navigator.storage.persisted is missing");
  return kept ? fine("promise_fine", "persisted") : look("promise_none", "you", "not persisted");
}

/** A private window forgets everything when it is closed; browsers hide it, so traces of it are looked for. */
export async function privateWindow({ page }) {
  const since = keptSince(page);
  const shut = await page.navigator.storage?.getDirectory?.().then(
    () => null,
    (fault) => `${fault.name}: ${fault.message}`,
  );
  if (since === null) return broken("private_nothing", "you", "localStorage refuses");
  if (shut) return broken("private_yes", "you", shut);
  return since
    ? fine("private_since", new Date(since).toISOString(), { at: since })
    : fine("private_no", "first check on this tablet");
}

/** When an earlier check was made here in ms, 0 if this is the first, null where nothing can be kept. */
function keptSince({ localStorage: kept, Date: wall }) {
  try {
    const since = Number(kept.getItem(KEPT_SINCE) ?? 0);
    if (!since) kept.setItem(KEPT_SINCE, String(wall.now()));
    return since;
  } catch {
    return null;
  }
}

/** In the order in which they are shown. */
export const CHECKS = {
  address,
  server,
  cookies,
  large,
  clock,
  speed,
  worker,
  pages,
  storage,
  room,
  promise,
  private: privateWindow,
};

/** Asks the server: {status, headers, body, type} or {fault} where no answer came. */
export const asker = (fetch) => async (path, how) => {
  try {
    const answer = await fetch(path, {
      cache: "no-store",
      redirect: "error",
      ...how,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { status, headers } = answer;
    return { status, headers, type: headers.get("Content-Type") ?? "", body: await answer.json().catch(() => null) };
  } catch (fault) {
    return { status: 0, headers: new Map(), body: null, type: "", fault: `${fault.name}: ${fault.message}` };
  }
};

/** What all of it means: "good", "careful" or "stop". */
export const verdictOf = (results) =>
  results.some(({ state }) => state === "broken")
    ? "stop"
    : results.some(({ state }) => state === "look")
      ? "careful"
      : "good";

/** The result as text for the technician. `rows`: {name, state, said, who, detail}. */
export const asText = (rows, about) =>
  [
    ...about,
    "",
    ...rows.map(
      ({ name, state, said, who, detail }) => `[${state}] ${name}: ${said}${who ? ` (${who})` : ""} {${detail}}`,
    ),
  ].join("\n");
