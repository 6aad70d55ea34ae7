// Today, on this tablet: everything that can be done without asking the server.

import { sendDrafts } from "../drafts.mjs";
import { newId } from "../operations.mjs";
import { drawing, make, part, write } from "../page.mjs";
import { lessonsHere, makeUnplanned, unsent } from "../tablet.mjs";
import { wayOut } from "../way_out.mjs";
import { agenda, sheetOf, sheetPage } from "./agenda.mjs";
import { remind } from "./badge.mjs";
import { lessonRow, nextCard } from "./lesson_cards.mjs";
import {
  api,
  drawOthers,
  greet,
  keepRelease,
  news,
  person,
  renew,
  say,
  shown,
  store,
  told,
} from "./on_tablet.mjs";
import { newPairCode } from "./pair_code.mjs";
import { UnplannedForm } from "./unplanned_form.mjs";
import { savingWords, whyWords, whatWaits } from "./waiting.mjs";

const OWN_ADDRESS = "/tablet";
const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

const place = { elsewhere: location.pathname !== OWN_ADDRESS, home: location.pathname === "/", back: false };

let state = null;
let form = null;

async function draw() {
  const [known, lessons, waits] = await Promise.all([
    store.transact("readonly", knownHere),
    lessonsHere(store),
    unsent(store, Date.now()),
  ]);
  const zones = new Map(known.schools.map(({ id, zone }) => [id, zone]));
  const zone = ({ school }) => zones.get(school?.id);
  drawDay(lessons, { say, told, zone, now: Date.now(), remove });
  drawAge(known.at);
  drawForm(known, lessons);
  drawWaiting(waits, known.lastSent);
}

async function knownHere(tx) {
  const { schools = [], at = null } = (await tx.get("kept", "bootstrap")) ?? {};
  const rubrics = (await tx.under("kept", "rubric/")).map(([, rubric]) => rubric);
  return { schools, rubrics, at, lastSent: (await tx.get("kept", "last_sent")) ?? null };
}

function drawDay(lessons, given) {
  const day = agenda(lessons, given.now);
  const minute = Math.floor(given.now / MINUTE);
  write(part("day"), told.date(given.now));
  renew(part("next"), [day.next, minute], () => (day.next ? nextCard(day.next, given) : nothing()));
  for (const name of ["later", "earlier"]) drawList(part(name), day[name], given);
}

// What is planned may have changed since.
function drawAge(at) {
  const old = at !== null && Date.now() - at > HOUR;
  part("as-of").hidden = !old;
  write(part("as-of"), old ? say("as_of", { when: told.when(at) }) : "");
}

function drawList(section, lessons, given) {
  section.hidden = lessons.length === 0;
  const rows = () => lessons.map((lesson) => lessonRow(lesson, given));
  renew(section.querySelector("ul"), [lessons, told.date(given.now)], rows);
}

const nothing = () =>
  make("div", { className: "empty" }, make("h2", {}, say("no_lesson")), make("p", {}, say("no_lesson_more")));

function drawForm({ schools, rubrics }, lessons) {
  const able = schools.some(({ teachers }) => teachers.length) && rubrics.length > 0;
  part("unplanned").hidden = !able;
  part("unplanned-not").hidden = able;
  write(part("unplanned-not"), say(rubrics.length ? "no_school" : "nothing_fetched"));
  if (able) form.offer({ schools, rubrics, likely: mostUsed(lessons) });
}

// Whoever came for it, or has nothing else to begin, finds the form open.
function unfold() {
  const asked = location.hash === "#unplanned" || new URLSearchParams(location.search).has("code");
  part("unplanned").open ||= asked || !part("next").querySelector(".start");
  if (asked) part("unplanned-h").scrollIntoView({ block: "nearest" });
}

function mostUsed(lessons) {
  const times = new Map();
  for (const { rubric } of lessons) times.set(rubric, (times.get(rubric) ?? 0) + 1);
  return [...times].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function drawWaiting(waits, lastSent) {
  const { words, sign } = savingWords({ waits, lastSent }, { say, told });
  part("saving").classList.toggle("saving-off", sign !== "done");
  renew(part("saving-sign"), sign, () => drawing(sign));
  write(part("saving-words"), words);
  drawReminder(remind(waits));
  part("waiting").hidden = waits.changes === 0;
  if (!waits.changes) return;
  write(part("waiting-words"), say("waits_in_words", { what: whatWaits(waits, say), when: told.when(waits.oldest) }));
  write(part("waiting-why"), whyWords(state, say));
  part("sign-in").hidden = state !== "sign in";
}

function drawReminder(days) {
  part("waiting-long").hidden = days === 0;
  write(part("waiting-long").querySelector("span"), days ? say("waits_long", { n: days }) : "");
}

/** A sheet that the tablet keeps opens anywhere; another one needs the network. */
const isReady = async (rubric) =>
  navigator.onLine || !("caches" in window) || Boolean(await caches.match(sheetPage(rubric)));

const begin = (chosen) =>
  shown(async () => {
    const lesson = { ...chosen, pair_code: chosen.pair_code ?? newPairCode() };
    location.assign(sheetOf(await makeUnplanned({ store, newId, now: Date.now }, lesson)));
  }, place);

/** Takes a lesson off the list that was made here by mistake and never begun. */
async function remove({ observation_id: observation }) {
  await store.transact("readwrite", (tx) => tx.remove("kept", `lesson/${observation}`));
  await redraw();
}

const redraw = () => shown(draw, place);

function heard(now) {
  if (now === "sending") return;
  state = now;
  redraw();
  if (["sent", "idle"].includes(now)) sendDrafts({ person, store, session: api.session }).catch(() => {});
}

function listen(way) {
  part("send").addEventListener("click", () => way.now());
  addEventListener("pageshow", ({ persisted }) => persisted && redraw());
  addEventListener("online", () => (greet(place), ask()));
  addEventListener("offline", () => greet(Object.assign(place, { back: false })));
  setInterval(redraw, MINUTE);
  setInterval(ask, MINUTE);
}

async function start() {
  greet(place);
  if (person) await open();
  part("main").dataset.ready = "true";
  if (await news()) await back();
  await keepRelease();
}

// A server that was slow or away when another page was asked for may answer now.
const ask = async () => place.elsewhere && !place.back && (await news()) && back();

function back() {
  place.back = true;
  return redraw();
}

async function open() {
  form = new UnplannedForm({ form: part("unplanned-form"), say, begin, isReady });
  const asked = new URLSearchParams(location.search);
  form.take(asked.get("code") ?? "", asked.get("rubric"));
  const way = wayOut({ person, store, api, tell: heard, changed: redraw });
  listen(way);
  await redraw();
  unfold();
  way.start();
  drawOthers();
}

start();
