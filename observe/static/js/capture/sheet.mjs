// The capture sheet, put together: the lesson that its address names, its record, the panes, and the way to the server.

import { createApi, hold } from "../device.mjs";
import { newId } from "../operations.mjs";
import { block, habits, speaker, write } from "../page.mjs";
import { remember, who } from "../person.mjs";
import { Record } from "../record.mjs";
import { newestRelease, whenNewer } from "../shell.mjs";
import { databaseName } from "../store.mjs";
import { sheetOf } from "./agenda.mjs";
import { arrive, recordIn } from "./arrival.mjs";
import { Clock } from "./clock.mjs";
import { codeWords, drawHead, drawPrecedents, drawTargets } from "./lesson.mjs";
import { handOutLesson, unsavedText } from "./lesson_file.mjs";
import { Letters } from "./letters.mjs";
import { moments } from "./moments.mjs";
import { noRecord } from "./no_record.mjs";
import { panes, toSeal } from "./panes.mjs";
import { Recording } from "./recording.mjs";
import { Shortcuts, shortcutList } from "./shortcuts.mjs";
import { Undo } from "./undo.mjs";
import { Views } from "./views.mjs";

const PARTNER_EVERY = 30000;

const part = (id) => document.getElementById(id);
const later = (job, delay) => setTimeout(job, delay);
const sheet = block("sheet");
const rubric = block("rubric");
const language = document.documentElement.lang || "en-GB";
const say = speaker(block("words"), language);
const main = part("main");
const api = createApi({ fetch: (...asked) => fetch(...asked) });
const hours = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const told = moments({ language, now: Date.now });
const here = () => location.pathname + location.hash;

/** Another record is another sheet; a link within the page does not forget which one this is. */
function keepAddress(observation) {
  addEventListener("hashchange", () => {
    const other = recordIn(location.hash);
    if (other && other !== observation) location.reload();
    else if (!other) history.replaceState(null, "", `#${observation}`);
  });
}

/** Says why there is no record to write, or goes to the sheet on which it is written. */
function turnAway({ why, lesson }, observation) {
  if (why === "other rubric") return location.replace(sheetOf({ ...lesson, observation_id: observation }));
  part("arrival").replaceChildren(noRecord(why, { sheet, say, observation, here: here() }));
  part("arrival").hidden = false;
  main.dataset.arrival = why;
}

function drawLesson({ lesson, precedents }) {
  const day = (iso) => told.day(Date.parse(iso));
  drawHead({ heading: part("lesson"), lesson, say });
  drawPrecedents({ pane: part("pane-criteria"), precedents, say, day });
  drawTargets({ place: part("targets"), targets: lesson.targets ?? [], say, day });
  const code = codeWords(lesson, say);
  part("pair-code").hidden = !code;
  write(part("pair-code"), code);
  write(part("seal-words"), say(lesson.pair?.partners?.length ? "seal_beside" : "seal_alone"));
}

/** The record with its clock, before anything is read. */
function recordOf({ store, person, observation }) {
  const clock = new Clock({
    started: () => record.value("clock/started"),
    wall: Date.now,
    steady: () => performance.now(),
    furthest: () => record.furthest,
  });
  const given = { store, observation, rubric: sheet.digest, writer: main.dataset.writer, person: person.id };
  const record = new Record({ ...given, now: Date.now, elapsed: () => clock.elapsed(), newId, later });
  return { record, clock };
}

/** Who decides what on this sheet, each with what it needs. */
function together({ person, store, lesson, observation }) {
  const { record, clock } = recordOf({ store, person, observation });
  const undo = new Undo(record);
  const shortcuts = new Shortcuts(store);
  const recording = new Recording({ record, lesson, undo, now: Date.now, state: () => letters.state });
  const letters = new Letters({
    ...{ person, store, api, record, lesson },
    seal: () => recording.seal(),
    tell: () => views?.redraw(),
  });
  let views = null;
  const file = () =>
    handOutLesson({ store, record, person, lesson, rubric: sheet.digest, quarantine: letters.quarantine, now: Date.now() });
  const reopen = () => recording.reopen().then(() => letters.start());
  const acts = {
    copy: () => navigator.clipboard.writeText(unsavedText(record)),
    export: file,
    send: () => letters.now(),
    sign_in: () => location.assign(`${sheet.sign_in_url}?next=${encodeURIComponent(here())}`),
    load: () => loadNewest(record),
    include: reopen,
  };
  const { show } = panes({ main, tabs: part("tabs") });
  const build = () =>
    (views = new Views({
      ...{ main, rubric, record, clock, undo, shortcuts, letters, acts, reopen, show, newId, say, later },
      time: (elapsed) => hours.format((clock.startedAt ?? Date.now()) + elapsed),
      change: (job) => recording.change(job),
      seal: () => recording.seal().then(() => letters.start()),
      pairUrl: `${sheet.pairs_url}${lesson.lesson_id}`,
    }));
  return { record, clock, shortcuts, letters, recording, show, file, build };
}

/** The same sheet of the newest release, once all that was written is in the store. */
async function loadNewest(record) {
  await record.settled();
  await newestRelease(navigator.serviceWorker).catch(() => null);
  location.reload();
}

function offerNewer(views) {
  const tell = () => ((views.newer = true), views.redraw());
  whenNewer(navigator.serviceWorker, tell).catch(() => {});
}

async function openSheet(found) {
  drawLesson(found);
  const { record, clock, shortcuts, letters, recording, show, file, build } = together(found);
  record.keepsDraft = await hold(`${databaseName(found.person.id)}-${found.observation}-writes`);
  await Promise.all([record.open(), shortcuts.open()]);
  if (!record.keepsDraft) record.draft = null;
  letters.known ??= record.known?.state;
  await letters.fetchFirst();
  const views = build();
  shortcutList({ root: part("shortcuts"), shortcuts, say });
  listen({ views, record, clock, letters, recording, show, file });
  views.draw();
  every({ views, letters });
  part("sheet-body").inert = false;
  main.dataset.ready = "true";
  navigator.storage?.persist?.().catch(() => {});
  letters.start();
  offerNewer(views);
}

function listen({ views, record, clock, letters, recording, show, file }) {
  record.onChange(({ typed = false }) => (typed ? views.redrawCalmly() : views.redraw()));
  part("start").addEventListener("click", () => recording.change(() => {}));
  part("start").disabled = false;
  part("to-seal").addEventListener("click", (event) => toSeal(event, show));
  main.addEventListener("click", ({ target }) => target.closest("[data-export]") && file());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    clock.wake();
    letters.wake();
    views.redraw();
  });
}

function every({ views, letters }) {
  views.tick();
  setInterval(() => views.tick(), 1000);
  setInterval(() => letters.state === "sealed" && !document.hidden && letters.partner(), PARTNER_EVERY);
}

async function start() {
  habits({ hand: "right", theme: "system" }, part("ways"));
  const observation = recordIn(location.hash);
  keepAddress(observation);
  const found = await arrive({ observation, rubric: sheet.digest, api, who, remember, now: Date.now });
  if (found.why) turnAway(found, observation);
  else await openSheet({ ...found, observation });
}

start();
