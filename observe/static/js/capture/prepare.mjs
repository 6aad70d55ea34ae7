// Today makes this tablet ready for lessons without a network, sends what waits, and says how both stand.

import { createApi } from "../device.mjs";
import { pruneDrafts, sendDrafts } from "../drafts.mjs";
import { block, drawing, pageLanguage, part, speaker, write } from "../page.mjs";
import { remember } from "../person.mjs";
import { refresh } from "../refresh.mjs";
import { keepPages, newestRelease } from "../shell.mjs";
import { openStore } from "../store.mjs";
import { lessonsHere, prune, unsent } from "../tablet.mjs";
import { wayOut } from "../way_out.mjs";
import { listed } from "./agenda.mjs";
import { remind } from "./badge.mjs";
import { readiness } from "./readiness.mjs";
import { sheetsHere } from "./sheets.mjs";

const AGAIN = 60000;

const { person, words } = block("prepare");
const say = speaker(words, pageLanguage());
const api = createApi();
const store = openStore(person.id);
const remembered = remember(person);
const found = { secure: window.isSecureContext };

let here = 0;
let way = null;

async function prepare() {
  await Promise.all([askLessons(), askRelease()]);
  if (found.worker && found.stored) found.told = await keepPages(found.worker, await sheetsHere(store));
  await draw();
  await sendDrafts({ person, store, session: api.session }).catch(() => {});
}

async function askLessons() {
  try {
    found.fetched = (await refresh({ api, store, now: Date.now })) !== null;
    await prune(store, Date.now());
    await pruneDrafts(store, Date.now());
    found.stored = remembered;
  } catch {
    found.stored = false;
  }
}

async function askRelease() {
  if (!found.secure) return;
  found.worker = await newestRelease(navigator.serviceWorker).catch(() => null);
}

async function draw() {
  if (found.fetched) here = listed(await lessonsHere(store), Date.now());
  drawReadiness(readiness(found));
  drawWaiting(found.stored ? await unsent(store, Date.now()) : { changes: 0 });
}

function drawReadiness({ key, sign }) {
  const line = part("ready");
  const more = sign === "done" && here ? say("lessons_here", { n: here }) : "";
  line.classList.toggle("saving-off", sign === "warn");
  if (line.dataset.sign !== sign) line.querySelector("svg").replaceWith(drawing(sign));
  line.dataset.sign = sign;
  write(line.querySelector("span span"), `${say(key)} ${more}`.trim());
}

function drawWaiting(waits) {
  const days = remind(waits);
  part("waits").hidden = waits.changes === 0;
  write(part("waits").querySelector("span"), waits.changes ? say("waits", { n: waits.changes }) : "");
  part("waits").classList.toggle("banner", days > 0);
  part("waits").classList.toggle("banner-warn", days > 0);
  part("long").hidden = days === 0;
  write(part("long"), days ? say("waits_long", { n: days }) : "");
}

async function start() {
  await draw();
  navigator.storage?.persist?.().catch(() => {});
  await prepare();
  if (!found.stored) return;
  way = wayOut({ person, store, api, tell: draw, changed: draw });
  way.start();
  part("send").addEventListener("click", () => way.now());
  addEventListener("online", prepare);
  setInterval(() => readiness(found).key === "not_all" && prepare(), AGAIN);
}

start();
