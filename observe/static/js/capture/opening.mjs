// Opening a sheet: from its address to a record that one can write on, and what keeps it awake.

import { openStoreBeside } from "../beside.mjs";
import { createApi, hold } from "../device.mjs";
import { block, habits, pageLanguage, part, speaker } from "../page.mjs";
import { remember, who } from "../person.mjs";
import { whenNewer } from "../shell.mjs";
import { databaseName } from "../store.mjs";
import { sheetOf } from "./agenda.mjs";
import { arrive, recordIn } from "./arrival.mjs";
import { drawLesson } from "./lesson.mjs";
import { hoursOf, moments } from "./moments.mjs";
import { noRecord } from "./no_record.mjs";
import { toSeal } from "./panes.mjs";
import { shortcutList } from "./shortcut_list.mjs";
import { together } from "./together.mjs";

const NEWS_EVERY = 30000;
const PANES = { KeyR: "criteria", KeyN: "notes" };

/** Opens the record that the address names. */
export async function openPage() {
  const page = brought();
  habits({ hand: "right", theme: "system" }, part("ways"));
  const observation = recordIn(location.hash);
  keepAddress(observation);
  const open = (person) => openStoreBeside(person, page.main.dataset.writer);
  const asked = { observation, rubric: page.sheet.digest, api: page.api };
  const found = await arrive({ ...asked, who, remember, now: Date.now, open });
  if (found.why) turnAway(found, observation, page);
  else await openSheet({ ...found, observation }, page);
}

/** What the page brings with it: its addresses, the rubric, its words and how it says days, and the way to the server. */
function brought() {
  const language = pageLanguage();
  return {
    main: part("main"),
    sheet: block("sheet"),
    rubric: block("rubric"),
    say: speaker(block("words"), language),
    told: moments({ language, now: Date.now }),
    hours: hoursOf(language),
    api: createApi(),
  };
}

/** Another record is another sheet; a link within the page does not forget which one this is. */
function keepAddress(observation) {
  addEventListener("hashchange", () => {
    const other = recordIn(location.hash);
    if (other && other !== observation) location.reload();
    else if (!other) history.replaceState(null, "", `#${observation}`);
  });
}

/** Says why there is no record to write, or goes to the sheet on which it is written. */
function turnAway({ why, lesson }, observation, { main, sheet, say }) {
  if (why === "other rubric") return location.replace(sheetOf({ ...lesson, observation_id: observation }));
  part("arrival").replaceChildren(noRecord(why, { sheet, say, observation, here: location }));
  part("arrival").hidden = false;
  main.dataset.arrival = why;
}

async function openSheet(found, page) {
  drawLesson({ ...found, ...page, day: (iso) => page.told.plain(Date.parse(iso)) });
  const all = together(found, page);
  await read(all, found);
  const views = all.build();
  shortcutList({ root: part("shortcuts"), shortcuts: all.shortcuts, say: page.say });
  listen({ ...all, views });
  views.draw();
  every({ ...all, views });
  part("sheet-body").inert = false;
  page.main.dataset.ready = "true";
  navigator.storage?.persist?.().catch(() => {});
  all.letters.start();
  if (!found.fresh) all.letters.news();
  offerNewer(views);
}

/** Brings what the tablet holds, and what another wrote if the network is quick enough. */
async function read({ record, letters, shortcuts }, { person, observation }) {
  record.keepsDraft = await hold(`${databaseName(person.id)}-${observation}-writes`);
  await Promise.all([record.open(), shortcuts.open()]);
  if (!record.keepsDraft) record.draft = null;
  letters.known ??= record.known?.state;
  await letters.fetchFirst();
}

function listen({ main, views, record, clock, letters, recording, show, file }) {
  record.onChange(({ typed = false }) => (typed ? views.redrawCalmly() : views.redraw()));
  part("start").addEventListener("click", () => recording.change(() => {}));
  part("start").disabled = false;
  part("to-seal").addEventListener("click", (event) => toSeal(event, show));
  main.addEventListener("click", ({ target }) => target.closest("[data-export]") && file());
  document.addEventListener("keydown", (event) => {
    const pane = event.altKey && PANES[event.code];
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

function offerNewer(views) {
  const tell = () => ((views.newer = true), views.redraw());
  whenNewer(navigator.serviceWorker, tell).catch(() => {});
}
