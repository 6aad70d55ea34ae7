// What every page of the tablet has: whose it is, where its work is kept, and how it speaks.

import { createApi } from "../device.mjs";
import { block, pageLanguage, part, speaker, write } from "../page.mjs";
import { remember, who } from "../person.mjs";
import { refresh } from "../refresh.mjs";
import { keepPages, newestRelease } from "../shell.mjs";
import { openStore } from "../store.mjs";
import { moments } from "./moments.mjs";
import { bannerOf, noticeOf } from "./notice.mjs";
import { othersWaiting } from "./others.mjs";
import { sheetsHere } from "./sheets.mjs";

export const language = pageLanguage();
export const say = speaker(block("words"), language);
export const told = moments({ language, now: Date.now });
export const api = createApi();

/** Whoever signed in last on this tablet, or null; nobody else's work is opened. */
export const person = who();
export const store = person && openStore(person.id);

/** Says whose page this is, and what has to be said first. */
export function greet(notice) {
  write(part("who"), person?.name ?? "");
  part("who").hidden = !person;
  notify(notice);
}

function notify(about) {
  const page = { known: Boolean(person), secure: window.isSecureContext, online: navigator.onLine };
  const notice = noticeOf({ failed: false, elsewhere: false, home: false, ...page, ...about });
  const looks = JSON.stringify(notice);
  if (part("notices").dataset.looks === looks) return;
  part("notices").dataset.looks = looks;
  part("notices").replaceChildren(...(notice ? [bannerOf(notice, say)] : []));
}

/** Does something with the store; one that cannot be read or written is said. `about`: what the notice has to know. */
export async function shown(job, about = {}) {
  const done = await job().then(
    () => true,
    () => false,
  );
  if (done) part("desk").hidden = false;
  notify({ ...about, failed: !done });
  return done;
}

const looks = new Map();

/** Builds a part of the page anew, but only where it would look different; the link that had the focus keeps it. */
export function renew(into, look, build) {
  const now = JSON.stringify(look);
  if (looks.get(into) === now) return;
  looks.set(into, now);
  const held = into.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  into.replaceChildren(...[build()].flat());
  if (held) [...into.querySelectorAll("a")].find((link) => link.getAttribute("href") === held)?.focus();
}

/** How many other people's work waits here, if any does. */
export async function drawOthers() {
  const others = await othersWaiting(person.id).catch(() => 0);
  part("others").hidden = others === 0;
  write(part("others"), others ? say("others", { n: others }) : "");
}

/** Brings what the server has for this person; true if something came. Whoever else signed in gets their own page. */
export async function news() {
  if (await somebodyElse()) return location.reload();
  return person !== null && (await refresh({ api, store, now: Date.now })) !== null;
}

/** Brings the newest release of the pages, and the sheets of every rubric that this person may need. */
export async function keepRelease() {
  const worker = await newestRelease(navigator.serviceWorker).catch(() => null);
  if (worker && store) await keepPages(worker, await sheetsHere(store));
}

async function somebodyElse() {
  const { status, body } = await api.session();
  if (status !== 200 || !body?.person || body.person === person?.id) return false;
  const answer = await api.bootstrap();
  return answer.status === 200 && answer.body?.person?.id === body.person && remember(answer.body.person);
}
