// The capture sheet, put together: the lesson that its address names, its record, the panes, and the way to the server.

import { openStoreBeside } from "../beside.mjs";
import { createApi, hold } from "../device.mjs";
import { newId } from "../operations.mjs";
import { block, habits, speaker, write } from "../page.mjs";
import { remember, who } from "../person.mjs";
import { Record } from "../record.mjs";
import { whenNewer } from "../shell.mjs";
import { databaseName } from "../store.mjs";
import { actsOf } from "./acts.mjs";
import { sheetOf } from "./agenda.mjs";
import { arrive, recordIn } from "./arrival.mjs";
import { Clock } from "./clock.mjs";
import { drawHead, drawLesson } from "./lesson.mjs";
import { handOutLesson } from "./lesson_file.mjs";
import { Letters } from "./letters.mjs";
import { moments } from "./moments.mjs";
import { noRecord } from "./no_record.mjs";
import { panes, toSeal } from "./panes.mjs";
import { quietness } from "./quiet.mjs";
import { Recording } from "./recording.mjs";
import { bookTime } from "./samples.mjs";
import { shortcutList } from "./shortcut_list.mjs";
import { Shortcuts } from "./shortcuts.mjs";
import { Undo } from "./undo.mjs";
import { Views } from "./views.mjs";

const NEWS_EVERY = 30000;

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
const aloud = (words) => write(part("did-aloud"), words);

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
  part("arrival").replaceChildren(noRecord(why, { sheet, say, observation, here: location }));
  part("arrival").hidden = false;
  main.dataset.arrival = why;
}

/** The record with its clock, before anything is read. */
function recordOf({ store, observation }) {
  const clock = new Clock({
    started: () => record.value("clock/started"),
    ended: () => record.value("context/ended"),
    wall: Date.now,
    steady: () => performance.now(),
    furthest: () => record.furthest,
  });
  const given = { store, observation, rubric: sheet.digest, now: Date.now, elapsed: () => clock.elapsed() };
  const record = new Record({ ...given, newId, later });
  return { record, clock };
}

const timeOfDay = (clock) => (elapsed) => hours.format((clock.startedAt ?? Date.now()) + elapsed);

/** Who decides what on this sheet, each with what it needs. */
function together({ person, store, lesson, observation }) {
  const { record, clock } = recordOf({ store, observation });
  const undo = new Undo(record);
  const shortcuts = new Shortcuts(store);
  const recording = new Recording({ record, rubric, clock, lesson, undo, now: Date.now, state: () => letters.state });
  const letters = new Letters({
    ...{ person, store, api, record, lesson },
    seal: () => recording.seal(),
    tell: () => views?.redraw(),
    told: (newer) => drawHead(newer, say),
  });
  let views = null;
  const about = { store, record, person, lesson, rubric: sheet.digest };
  const file = () => handOutLesson({ ...about, quarantine: letters.quarantine, now: Date.now() });
  const reopen = () => recording.reopen().then(() => letters.start());
  const acts = actsOf({ record, letters, file, reopen, signInUrl: sheet.sign_in_url, say, aloud });
  const { show } = panes({ main, tabs: part("tabs") });
  const build = () =>
    (views = new Views({
      ...{ main, rubric, store, record, clock, undo, shortcuts, letters, acts, reopen, show, newId, say, later },
      ...{ digest: sheet.digest, quiet: quietness({ root: main, now: Date.now }), day: (at) => told.day(at) },
      time: rubric.kind === "work-sample" ? bookTime(record, say) : timeOfDay(clock),
      change: (job) => recording.change(job),
      seal: () => recording.seal().then(() => letters.start()),
      pairUrl: `${sheet.pairs_url}${lesson.lesson_id}`,
    }));
  return { record, clock, shortcuts, letters, recording, show, file, build };
}

function offerNewer(views) {
  const tell = () => ((views.newer = true), views.redraw());
  whenNewer(navigator.serviceWorker, tell).catch(() => {});
}

async function openSheet(found) {
  drawLesson({ ...found, say, day: (iso) => told.plain(Date.parse(iso)) });
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
  if (!found.fresh) letters.news();
  offerNewer(views);
}

function listen({ views, record, clock, letters, recording, show, file }) {
  record.onChange(({ typed = false }) => (typed ? views.redrawCalmly() : views.redraw()));
  part("start").addEventListener("click", () => recording.change(() => {}));
  part("start").disabled = false;
  part("to-seal").addEventListener("click", (event) => toSeal(event, show));
  main.addEventListener("click", ({ target }) => target.closest("[data-export]") && file());
  document.addEventListener("keydown", (event) => {
    const pane = event.altKey && { KeyR: "criteria", KeyN: "notes" }[event.code];
    if (pane) (event.preventDefault(), views.enter(pane));
  });
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
  setInterval(() => letters.awaits && !document.hidden && letters.news(), NEWS_EVERY);
}

async function start() {
  habits({ hand: "right", theme: "system" }, part("ways"));
  const observation = recordIn(location.hash);
  keepAddress(observation);
  const open = (person) => openStoreBeside(person, main.dataset.writer);
  const found = await arrive({ observation, rubric: sheet.digest, api, who, remember, now: Date.now, open });
  if (found.why) turnAway(found, observation);
  else await openSheet({ ...found, observation });
}

start();
