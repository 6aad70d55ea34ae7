// The author's page. Words are kept on the tablet with each key, then sent; the page opens with or without a network.

import { createApi, hold, alone, Line, Sender } from "../device.mjs";
import {
  draftPost,
  fresh,
  keepDraft,
  keepFacts,
  opened,
  pruneDrafts,
  readDraft,
  readFacts,
  fieldsOf,
  sendDraft,
  waits,
  writerOf,
} from "../drafts.mjs";
import { block, drawing, make, pageLanguage, part, speaker, write } from "../page.mjs";
import { remember, who } from "../person.mjs";
import { newestRelease } from "../shell.mjs";
import { databaseName, openStore } from "../store.mjs";
import { asking } from "./asking.mjs";
import { Editor } from "./editor.mjs";
import { keeper } from "./keeping.mjs";
import { moulded } from "./moulds.mjs";
import { savingWords } from "./saving.mjs";

const IN_PATH = /^\/feedback\/([0-9a-f-]{36})\/edit$/;
const CALM = 2500;
const TICK = 1000;

const language = pageLanguage();
const say = speaker(block("words-said"), language);
const form = part("draft");
const timer = { set: (job, delay) => setTimeout(job, delay), clear: (id) => clearTimeout(id) };
const later = (job, delay) => setTimeout(job, delay);

let draft = null;
let editor = null;
let leaving = false;
const saving = { keeping: "kept", written: 0, since: null, state: null, savedAt: "" };

async function start() {
  const brought = part("facts") ? block("facts") : null;
  const person = brought?.person ?? who();
  const id = brought?.id ?? idHere();
  if (brought) remember(person);
  if (!person) return notice("nobody");
  const store = openStore(person.id);
  const kept = await readDraft(store, id).catch(() => (notice("too_old"), undefined));
  const facts = brought ?? (await readFacts(store, id).catch(() => undefined));
  if (!facts) return notice("not_here");
  if (!brought) fillPage(facts, person);
  draft = brought ? opened(brought, kept) : (kept ?? fresh(facts));
  await open({ store, person, facts, brought });
}

const idHere = () => IN_PATH.exec(location.pathname)?.[1] ?? location.hash.slice(1);

function fillPage(facts, person) {
  form.hidden = part("state").hidden = part("who").hidden = false;
  write(part("who"), person.name);
  document.title = `${facts.heading} · Observe`;
  for (const name of ["heading", "lead", "due"]) write(part(name), facts[name]);
  part("online").href = `/feedback/${facts.id}/edit`;
  showSeen(facts);
  const offline = () => (part("online").hidden = !navigator.onLine);
  for (const name of ["online", "offline"]) addEventListener(name, offline);
  offline();
  notice(navigator.onLine ? null : "offline");
}

async function open({ store, person, facts, brought }) {
  saving.savedAt = facts.saved ?? "";
  const api = createApi();
  const way = wayFor({ store, person, facts, api });
  editor = new Editor({
    ...{ draft, facts, say, language, tell },
    api: asking({ id: draft.id, token: () => tokenOf(api, person) }),
    changed: (now) => changed(now, way),
  });
  form.classList.add("is-live");
  part("tray-used")?.remove();
  if (!(await hold(writerOf(person.id, draft.id)))) return elsewhere(person);
  if (brought) keepFacts(store, { ...facts, opened_at: Date.now() }).catch(() => {});
  way.keep.write(draft);
  listen(way);
  way.sender.now();
  form.dataset.ready = "true";
  if (brought) newestRelease(navigator.serviceWorker).catch(() => {});
  return pruneDrafts(store, Date.now()).catch(() => {});
}

/** Keeping here first, and sending what is kept. */
function wayFor({ store, person, facts, api }) {
  const keep = keeper({ keep: (now) => keepDraft(store, now), tell: keptAs, later });
  const post = draftPost({ person: person.id, session: api.session, token: form.elements.csrf_token?.value ?? null });
  const change = (how) => ((draft = how(draft)), keep.write(draft));
  const once = () => sendDraft({ read: async () => draft, change, post, heard: (body) => heard(body, { store, facts }) });
  const line = new Line({ connected: () => navigator.onLine, now: Date.now });
  const send = (asked) => line.through(asked, () => alone(`${databaseName(person.id)}-drafts`, once));
  const sender = new Sender({ send, now: Date.now, random: Math.random, timer, tell: (state) => sent(state, sender) });
  return { keep, line, sender };
}

function keptAs(state) {
  if (state === "writing" && saving.keeping !== "writing") saving.written = Date.now();
  saving.keeping = part("saving").dataset.keeping = state;
  drawSaving();
}

/** The token with which the page may ask: its own, or for a page from the tablet one that the server gives now. */
async function tokenOf(api, person) {
  const own = form.elements.csrf_token?.value;
  if (own) return own;
  const { body } = await api.session();
  return body?.person === person.id ? body.csrf : null;
}

function changed(now, { keep, sender }) {
  draft = now;
  saving.since ??= Date.now();
  keep.write(draft);
  sender.soon();
}

function sent(state, sender) {
  if (state === "sending") return;
  saving.state = state;
  if (!waits(draft)) saving.since = null;
  if (state === "sign in") signInFirst();
  else if (state === "sent" && part("notices").querySelector("#sign-in")) notice(null);
  if (state === "met") (tell(say("met"), true), editor.renew(draft), sender.soon());
  drawSaving();
}

// What the server found is shown, and kept for a day without a network.
function heard(body, { store, facts }) {
  saving.savedAt = body.saved;
  showSeen(body);
  editor.renew(draft, body);
  const { revision, lines, checks, held, marks, saved, words, changed: changes } = body;
  const told = { revision, lines, checks, held, marks, saved, words, changed: changes };
  Object.assign(facts, told);
  keepFacts(store, { ...facts, opened_at: Date.now() }).catch(() => {});
}

function showSeen({ checks, held }) {
  if (checks && part("checks-card").innerHTML !== checks) part("checks-card").innerHTML = checks;
  part("held").innerHTML = held ?? "";
}

function drawSaving() {
  const now = { ...saving, waits: waits(draft), refused: draft.refused };
  const told = savingWords(now, Date.now());
  if (told) sayOfSaving(told, now.waits);
  const old = now.waits && saving.state === "no network" && saving.savedAt;
  part("checks-age").hidden = !old;
  write(part("checks-age"), old ? say("age", { time: saving.savedAt }) : "");
}

function sayOfSaving({ key, values, sign, more }, waiting) {
  const words = [say(key, values), more ? say(more) : ""].filter(Boolean).join(". ");
  const line = part("saving");
  line.dataset.waits = String(waiting);
  line.classList.toggle("saving-off", sign !== "done");
  if (line.dataset.sign !== sign) (line.querySelector("svg")?.replaceWith(drawing(sign)), (line.dataset.sign = sign));
  if (line.querySelector("span").textContent !== words) (write(line.querySelector("span"), words), calmly(words));
}

let turn = 0;

// Whoever listens hears of the saving once it has come to rest.
function calmly(words) {
  const mine = (turn += 1);
  later(() => mine === turn && write(part("aloud"), words), CALM);
}

/** Says something aloud at once; what has to be seen too stands above the paper. */
function tell(words, shown = false) {
  turn += 1;
  part("aloud").textContent = "";
  part("aloud").textContent = words;
  if (shown) banner(words);
}

function banner(words) {
  const made = moulded("banner");
  made.querySelector("p").textContent = words;
  part("notices").replaceChildren(made);
}

function signInFirst() {
  if (part("sign-in")) return;
  banner(say("sign_in"));
  const next = encodeURIComponent(`/feedback/${draft.id}/edit`);
  part("notices").querySelector("p").append(" ", make("a", { id: "sign-in", href: `/sign-in?next=${next}` }, say("go_sign_in")));
}

function notice(key) {
  if (key) banner(say(key));
  else part("notices").replaceChildren();
}

// One tab writes; another shows the same and goes on once the first is closed.
function elsewhere(person) {
  notice("other_tab");
  for (const id of ["lines", "beside"]) part(id).inert = true;
  form.dataset.ready = "other tab";
  navigator.locks.request(writerOf(person.id, draft.id), () => location.reload());
}

function listen({ line, sender }) {
  addEventListener("online", () => sender.now());
  addEventListener("offline", () => (line.lost(), (saving.state = "no network"), drawSaving()));
  document.addEventListener("visibilitychange", () => document.hidden || sender.now());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  addEventListener("beforeunload", (event) => saving.keeping !== "kept" && !leaving && event.preventDefault());
  setInterval(() => waits(draft) && drawSaving(), TICK);
  form.addEventListener("submit", (event) => submit(event, sender));
  document.addEventListener("click", (event) => goOn(event, sender));
}

/** Sends what waits; true once the server has every word. */
async function allSent(sender) {
  for (let tries = 0; tries < 3 && waits(draft); tries += 1) await sender.now({ asked: true });
  return !waits(draft);
}

async function submit(event, sender) {
  event.preventDefault();
  if (event.submitter?.value !== "submit") return sender.now({ asked: true });
  if (!(await allSent(sender))) return tell(say("cannot_send"), true);
  leaving = true;
  return sendForm([...fieldsOf(draft), ["csrf_token", form.elements.csrf_token.value], ["do", "submit"]]);
}

function sendForm(fields) {
  const made = document.createElement("form");
  made.method = "post";
  made.hidden = true;
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    made.append(field);
  }
  document.body.append(made);
  made.submit();
}

// The page that shows what the teacher will see shows what the server has.
async function goOn(event, sender) {
  const link = event.target.closest?.("[data-go-on]");
  if (!link || !waits(draft)) return;
  event.preventDefault();
  if (await allSent(sender)) location.assign(link.href);
  else tell(say("cannot_send"), true);
}

if (form?.dataset.module === "draft") start();
