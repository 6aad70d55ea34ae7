// The capture sheet, put together: the record, its panes, and the way to the server.

import { Line, Sender, alone, bring, createApi, hold, lessonOf } from "../device.mjs";
import { newId } from "../operations.mjs";
import { Outbox } from "../outbox.mjs";
import { block, habits, speaker, write } from "../page.mjs";
import { Record } from "../record.mjs";
import { databaseName, openStore } from "../store.mjs";
import { Clock, clockFace, occasionAt } from "./clock.mjs";
import { evidence, notesOf } from "./notes.mjs";
import { Ratings, coverage, rated, targets } from "./ratings.mjs";
import { banner, download, exportOf, savingBoard, tally } from "./saving.mjs";
import { Composer, Lines, undoBar } from "./scripting.mjs";
import { Finish, repairer, stateOf } from "./seal.mjs";

const PATIENCE = 3000;
const CALM = 300;
const PARTNER_EVERY = 30000;

const part = (id) => document.getElementById(id);
const later = (job, delay) => setTimeout(job, delay);
const sheet = block("sheet");
const rubric = block("rubric");
const language = document.documentElement.lang || "en-GB";
const say = speaker(block("words"), language);
const main = part("main");
const hours = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });

const store = openStore(sheet.person.id);
const api = createApi({ fetch: (...asked) => fetch(...asked) });
const tabs = "BroadcastChannel" in window ? new BroadcastChannel(databaseName(sheet.person.id)) : null;
const record = new Record({
  store,
  observation: sheet.observation_id,
  rubric: sheet.digest,
  now: Date.now,
  elapsed: () => clock.elapsed(),
  newId,
  later,
});
const clock = new Clock({
  started: () => record.value("clock/started"),
  wall: Date.now,
  steady: () => performance.now(),
  furthest,
});
const outbox = new Outbox({
  store,
  person: sheet.person.id,
  label: tabletName(),
  api,
  newId,
  now: Date.now,
  tell: heard,
});
const line = new Line({ connected: () => navigator.onLine, now: Date.now });
const send = (asked) =>
  line.through(asked, () => alone(`${databaseName(sheet.person.id)}-sends`, () => outbox.flush()));
const timer = { set: (job, delay) => setTimeout(job, delay), clear: (id) => clearTimeout(id) };
const sender = new Sender({ send, now: Date.now, random: Math.random, timer, tell: sent });
const bringMine = (whole = false) => bring({ api, store, observation: sheet.observation_id, whole });
const repair = repairer({ record, outbox, bring: bringMine, seal });

let net = "sent";
let known = sheet.state;
let pair = null;
let quarantine = [];
let current = null;
let due = false;
let drawn = null;
let parts = "";

function furthest() {
  return Math.max(0, ...[...record.rows.values()].map((row) => row.op.elapsed_ms ?? 0));
}

function tabletName() {
  const { userAgent } = navigator;
  return (
    ["iPad", "iPhone", "Android", "Windows", "Macintosh", "CrOS", "Linux"].find((name) => userAgent.includes(name)) ??
    "Tablet"
  );
}

/** The first change of any kind opens the record and starts the clock; looking at the sheet does neither. */
function change(job) {
  if (state() !== "draft") return;
  begin();
  job(record);
}

function begin() {
  open();
  if (record.value("clock/started") === null) record.set("clock/started", new Date().toISOString());
}

function open() {
  const steps = [...record.folded.steps.values()];
  if (!steps.some((op) => op.kind === "open")) record.step("open", { lesson_id: sheet.lesson.lesson_id });
}

const state = () => stateOf(record, known);
const time = (elapsed) => hours.format((clock.startedAt ?? Date.now()) + elapsed);

/** What the outbox learned: verdicts, states of records, and seals that did not fit. */
function heard({ rows = [], records = [], repairs = [] }) {
  const mine = records.find((each) => each.observation_id === sheet.observation_id);
  if (mine) known = mine.state;
  record.take(rows);
  tabs?.postMessage({ rows, known: mine?.state });
  if (repairs.length) repair(repairs).catch(() => {});
  else if (mine) catchUp(mine).catch(() => {});
  redraw();
}

// Another tablet of this person wrote to this record: the server's state is not ours, though nothing waits here.
async function catchUp({ state_hash: theirs }) {
  if (record.waiting.length || theirs === (await record.hash())) return;
  record.take(await bringMine());
}

async function sent(now) {
  if (now === "sending") return;
  net = now === "idle" ? (line.likely ? "sent" : net) : now;
  main.dataset.net = net;
  quarantine = await store.transact("readonly", (tx) => tx.all("quarantine")).catch(() => quarantine);
  redraw();
}

function redraw() {
  if (due) return;
  due = true;
  requestAnimationFrame(draw);
}

function draw() {
  due = false;
  clearTimeout(drawn);
  drawn = null;
  const now = state();
  const notes = notesOf(record.folded);
  const { lines, late } = linesOf(notes);
  const counts = evidence(notes);
  views.lines.draw(lines, { late, readOnly: now !== "draft" });
  views.composer.draw();
  views.ratings.draw(counts);
  views.coverage.draw(counts, current);
  views.finish.draw(now, notes, pair);
  views.clock.draw();
  views.targets.draw();
  drawSaving(notes, now);
  drawTabs(notes);
  close(now);
}

// The line being written is in the note line, not yet in the list; what came after the seal is marked in it.
function linesOf(notes) {
  const ids = new Set(notes.map((note) => note.id));
  const after = lateRows().length ? notesOf(record.withLate).filter((note) => !ids.has(note.id)) : [];
  const lines = [...notes, ...after].filter((note) => note.id !== record.draft?.note);
  return {
    lines: lines.sort((one, other) => one.elapsed_ms - other.elapsed_ms),
    late: new Set(after.map((note) => note.id)),
  };
}

const lateRows = () => [...record.rows.values()].filter((row) => row.verdict === "late");

function drawSaving(notes, now) {
  const figures = tally(record, notes);
  const refused = quarantine.filter((each) => each.op.observation_id === sheet.observation_id).length;
  views.saving.draw(record, figures, banner({ record, net, figures, refused, late: lateRows().length, state: now }));
}

function drawTabs(notes) {
  const { all } = rated(rubric, (field) => record.value(field), clock.elapsed());
  write(part("tab-notes"), say("tab_notes", { n: notes.length }));
  write(part("tab-criteria"), all.of ? say("tab_criteria", all) : say("criteria"));
}

// A sealed record can be read, and not changed.
function close(now) {
  if (main.dataset.record === now && main.dataset.ready) return;
  main.dataset.record = now;
  const closed = now !== "draft";
  part("composer").hidden = closed;
  write(part("to-seal"), say(closed ? `state_${now}` : "finish"));
  for (const input of part("pane-criteria").querySelectorAll(
    ".criterion input, .criterion textarea, .tally button, [data-take-back], [data-target] input",
  ))
    input.disabled = closed;
  if (now === "sealed") partner();
}

async function partner() {
  if (!line.likely) return;
  const lesson = await lessonOf(api, sheet.observation_id);
  pair = lesson?.pair ?? pair;
  redraw();
}

async function seal() {
  views.composer.end();
  views.lines.close();
  open();
  await record.step("seal", { state_hash: await record.hash() });
  sender.now();
}

/** Opens the record again, with what came late; the server refuses once a partner has sealed. */
async function reopen() {
  await record.step("unseal", { reason: "", include: true });
  sender.now();
}

async function exportLesson() {
  const device = await store.transact("readonly", (tx) => tx.get("kept", "device")).catch(() => null);
  download(
    `observe-${sheet.lesson.starts_at?.slice(0, 10) ?? "lesson"}-${sheet.observation_id.slice(-6)}.json`,
    exportOf({ record, sheet, device, quarantine, now: Date.now() }),
  );
}

const copy = () =>
  navigator.clipboard.writeText(
    record.unsaved
      .map((each) => each.value)
      .filter((value) => typeof value === "string")
      .join("\n\n"),
  );

function show(criterion) {
  showTab("criteria");
  views.ratings.reveal(criterion);
}

function showTab(name) {
  main.dataset.tab = name;
  for (const tab of part("tabs").children) {
    const chosen = tab.dataset.shows === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
}

function filterUntagged() {
  showTab("notes");
  views.lines.filter(true);
}

const acts = {
  copy,
  export: exportLesson,
  send: () => sender.now({ asked: true }),
  sign_in: () => location.assign(`${sheet.sign_in_url}?next=${encodeURIComponent(location.pathname)}`),
  load: () => location.reload(),
  include: reopen,
};

let views = null;

function build() {
  const given = { rubric, record, clock, change, newId, say, time };
  const pane = part("pane-criteria");
  const undoable = undoBar({ root: part("undo"), change, record, later });
  const lines = new Lines({
    ...given,
    list: part("notes"),
    empty: part("notes-empty"),
    only: part("untagged"),
    template: part("note-edit"),
    undoable,
  });
  views = {
    lines,
    composer: new Composer({ ...given, form: part("composer"), notes: () => notesOf(record.folded), ended: redraw }),
    ratings: new Ratings({ ...given, pane, opened: (criterion) => ((current = criterion), redraw()) }),
    coverage: coverage({ strip: part("coverage"), rubric, say, show }),
    saving: savingBoard({
      root: main,
      line: part("saving"),
      aloud: part("saving-aloud"),
      banners: part("banners"),
      say,
      acts,
      later,
    }),
    targets: targets({ pane, record, change }),
    finish: new Finish({ ...given, section: part("seal"), sheet, seal, reopen, show, filter: filterUntagged, redraw }),
    clock: clockFace({ root: part("clock"), clock, occasions: rubric.occasions, say, time }),
  };
}

function listen() {
  record.onChange(changed);
  tabs?.addEventListener("message", ({ data }) => hearTab(data));
  addEventListener("online", () => sender.now());
  addEventListener("offline", () => (line.lost(), sent("no network")));
  addEventListener("pageshow", () => sender.now());
  document.addEventListener("visibilitychange", awake);
  part("start").addEventListener("click", () => change(() => {}));
  part("start").disabled = false;
  part("tabs").addEventListener("click", ({ target }) => target.dataset.shows && showTab(target.dataset.shows));
  part("tabs").addEventListener("keydown", arrows);
  part("to-seal").addEventListener("click", toSeal);
  main.addEventListener("click", ({ target }) => target.closest("[data-export]") && exportLesson());
}

// While somebody types, the page is drawn now and then; what was typed is on it already.
function changed({ rows, typed = false }) {
  if (rows?.length) tabs?.postMessage({ rows });
  if (rows?.length) sender.soon();
  if (!typed) redraw();
  else drawn ??= setTimeout(redraw, CALM);
}

function hearTab({ rows, known: told }) {
  if (told && rows.some((row) => row.op.observation_id === sheet.observation_id)) known = told;
  record.take(rows);
}

function awake() {
  if (document.visibilityState !== "visible") return;
  clock.wake();
  sender.now();
  if (line.likely)
    bringMine().then(
      (rows) => record.take(rows),
      () => {},
    );
  if (state() === "sealed") partner();
  redraw();
}

function arrows(event) {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const other = [...part("tabs").children].find((tab) => tab.tabIndex === -1);
  showTab(other.dataset.shows);
  other.focus();
}

function toSeal(event) {
  event.preventDefault();
  showTab("criteria");
  part("seal").scrollIntoView({ block: "start" });
  part("seal").focus({ preventScroll: true });
}

function tick() {
  views.clock.draw();
  if (state() === "draft") views.composer.draw();
  const now = ["segment", "sample", "interval"]
    .filter((kind) => rubric.criteria.some((each) => each.occasion === kind))
    .map((kind) => occasionAt(kind, rubric.occasions, clock.elapsed()))
    .join();
  if (now !== parts) redraw();
  parts = now;
}

// What another tablet wrote is there before the first tap, if the network is quick enough.
async function fetchElsewhere() {
  const empty = record.rows.size === 0;
  if (!line.likely || (empty && sheet.state === "planned")) return;
  const brought = bringMine(empty && ["sealed", "withdrawn"].includes(sheet.state)).then(
    (rows) => record.take(rows),
    () => {},
  );
  if (empty) await Promise.race([brought, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

async function start() {
  habits({ hand: "right", theme: "system" }, part("ways"));
  record.keepsDraft = await hold(`${databaseName(sheet.person.id)}-${sheet.observation_id}-writes`);
  await record.open();
  if (!record.keepsDraft) record.draft = null;
  known ??= record.known?.state;
  await fetchElsewhere();
  build();
  listen();
  draw();
  tick();
  setInterval(tick, 1000);
  setInterval(() => state() === "sealed" && !document.hidden && partner(), PARTNER_EVERY);
  part("sheet-body").inert = false;
  main.dataset.ready = "true";
  navigator.storage?.persist?.().catch(() => {});
  sender.now();
}

start();
