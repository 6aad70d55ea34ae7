// Keeps the pages and files of one release on the tablet, so that Observe opens without a network.
// It touches nothing that an observer wrote and never answers for the API.
// The server puts what belongs to the release before this text: const RELEASE = {version, files, pages, home, draft}.

const FAMILY = "observe-";
const NAME = FAMILY + RELEASE.version;
const MARK = "X-Observe-Shell";
const SHEET = /^\/sheet\/[0-9a-f]{64}$/;
const DRAFT = /^\/feedback\/[0-9a-f-]{36}\/edit$/;
const STATIC = "/static/";
const API = "/api/";
const HOW = { ignoreVary: true };
const HOME_PATIENCE = 3000;
const PATIENCE = 10000;
const FETCH_PATIENCE = 60000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(hear(event)));
self.addEventListener("fetch", (event) => {
  const answer = answerFor(event.request);
  if (answer) event.respondWith(answer);
});

// All or nothing: a release that is not whole on the tablet is not taken.
async function install() {
  const begun = await caches.has(NAME);
  try {
    await complete();
  } catch (error) {
    if (!begun) await caches.delete(NAME);
    throw error;
  }
  await keepSheets(await sheetsElsewhere());
}

async function activate() {
  await self.clients.claim();
  await complete();
  await tidy();
}

async function hear({ data, source, ports }) {
  if (data === "take over") await takeOver(source);
  if (Array.isArray(data?.keep)) ports[0]?.postMessage(await keepAsked(data.keep));
}

// A sheet that lies open goes on as it is: only its own page asks for the new release, by a tap.
async function takeOver(source) {
  if (isSheet(source.url) || !(await sheetsOpen()).length) await self.skipWaiting();
}

/** Keeps what is asked for, and answers which sheets open without a network now. */
async function keepAsked(addresses) {
  const asked = addresses.filter((address) => SHEET.test(address));
  const whole = await complete().then(
    () => true,
    () => false,
  );
  await keepSheets(asked);
  await tidy();
  const held = await Promise.all(asked.map((address) => kept(address)));
  return { whole, kept: asked.filter((_, place) => held[place]), missing: asked.filter((_, place) => !held[place]) };
}

/** Fetches whatever of this release is not kept yet; fails if anything is missing in the end. */
async function complete() {
  const cache = await caches.open(NAME);
  const held = new Set((await cache.keys()).map((request) => pathOf(request.url)));
  const wanted = (address) => !held.has(address);
  await Promise.all([
    ...RELEASE.files.filter(wanted).map((address) => keepFile(cache, address)),
    ...RELEASE.pages.filter(wanted).map((address) => keepPage(cache, address)),
  ]);
}

// What cannot be had now, because nobody is signed in perhaps, stays with the release that has it.
async function keepSheets(addresses) {
  const cache = await caches.open(NAME);
  const wanted = [];
  for (const address of addresses) if (!(await cache.match(address, HOW))) wanted.push(address);
  await Promise.allSettled(wanted.map((address) => keepPage(cache, address)));
}

async function keepFile(cache, address) {
  const answer = await asked(address, {});
  const type = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || type.startsWith("text/html")) throw new Error(`${address} did not come`);
  await cache.put(address, answer);
}

async function keepPage(cache, address) {
  const answer = await asked(address, { cache: "no-cache" });
  if (!answer.ok || answer.headers.get(MARK) !== RELEASE.version) throw new Error(`${address} did not come`);
  await cache.put(address, answer);
}

const asked = (address, how) =>
  fetch(address, {
    ...how,
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(FETCH_PATIENCE),
  });

/** Removes releases of which every sheet is here too, once no sheet lies open that may need their files. */
async function tidy() {
  const { installing, waiting } = self.registration;
  if (installing || waiting || (await sheetsOpen()).length) return;
  const cache = await caches.open(NAME);
  for (const name of await otherReleases()) {
    const held = await Promise.all((await sheetsIn(name)).map((address) => cache.match(address, HOW)));
    if (held.every(Boolean)) await caches.delete(name);
  }
}

/** The other releases on this tablet, the newest first. */
async function otherReleases() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(FAMILY) && name !== NAME).reverse();
}

async function sheetsIn(name) {
  const requests = await (await caches.open(name)).keys();
  return requests.map((request) => pathOf(request.url)).filter((path) => SHEET.test(path));
}

async function sheetsElsewhere() {
  const found = await Promise.all((await otherReleases()).map(sheetsIn));
  return [...new Set(found.flat())];
}

async function sheetsOpen() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter((page) => isSheet(page.url));
}

const pathOf = (address) => new URL(address, self.location.href).pathname;
const isSheet = (address) => SHEET.test(pathOf(address));

/** What is kept under an address: of this release, else of the newest other that has it. */
async function kept(path) {
  const here = await (await caches.open(NAME)).match(path, HOW);
  return here ?? keptElsewhere(path);
}

async function keptElsewhere(path) {
  for (const name of await otherReleases()) {
    const found = await (await caches.open(name)).match(path, HOW);
    if (found) return found;
  }
  return undefined;
}

/** The answer to a request as a promise, or null for what is none of this worker's business. */
function answerFor(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith(API)) return null;
  if (url.pathname.startsWith(STATIC)) return file(request, url.pathname);
  if (request.mode !== "navigate") return null;
  if (url.pathname === RELEASE.home) return home(request);
  if (RELEASE.pages.includes(url.pathname) || SHEET.test(url.pathname)) return shellPage(request, url.pathname);
  return DRAFT.test(url.pathname) ? draftPage(request) : otherPage(request);
}

const file = async (request, path) => (await kept(path)) ?? fetch(request);

const shellPage = async (request, path) => (await kept(path)) ?? within(PATIENCE, fetch(request)).then(sound).catch(away);

// A draft that was opened on this tablet before is written on without a network: on a page that holds nothing itself.
const draftPage = (request) =>
  within(PATIENCE, fetch(request))
    .then(sound)
    .catch(async () => (await kept(RELEASE.draft)) ?? away());

const otherPage = (request) => within(PATIENCE, fetch(request)).catch(away);

// Redirects are followed here, because one that leads elsewhere comes from something in between.
const home = (request) =>
  within(HOME_PATIENCE, fetch(request.url, { credentials: "same-origin", cache: "no-store" }))
    .then((answer) => (isRedirect(answer) ? Response.redirect(answer.url) : ours(answer)))
    .catch(away);

const isRedirect = ({ redirected, url }) => redirected && new URL(url).origin === self.location.origin;

const within = (most, job) =>
  Promise.race([job, new Promise((_, fail) => setTimeout(() => fail(new Error("no answer in time")), most))]);

function sound(answer) {
  if (answer.status >= 500) throw new Error("the server is in trouble");
  return answer;
}

function ours(answer) {
  if (!answer.headers.has(MARK)) throw new Error("this page is somebody else's");
  return sound(answer);
}

const away = async () => (await kept(RELEASE.pages[0])) ?? Response.error();
