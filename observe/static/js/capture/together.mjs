// Who decides what on a sheet: the record, its clock, the way to the server and the views, each with what it needs.

import { newId } from "../operations.mjs";
import { part, write } from "../page.mjs";
import { Record } from "../record.mjs";
import { actsOf } from "./acts.mjs";
import { Clock } from "./clock.mjs";
import { drawHead } from "./lesson.mjs";
import { handOutLesson } from "./lesson_file.mjs";
import { Letters } from "./letters.mjs";
import { panes } from "./panes.mjs";
import { quietness } from "./quiet.mjs";
import { Recording } from "./recording.mjs";
import { bookTime } from "./samples.mjs";
import { Shortcuts } from "./shortcuts.mjs";
import { Undo } from "./undo.mjs";
import { Views } from "./views.mjs";

const later = (job, delay) => setTimeout(job, delay);
const aloud = (words) => write(part("did-aloud"), words);

/** `{record, clock, shortcuts, letters, recording, show, file, build}` of a lesson (`found`) on a page; `build` makes the views. */
export function together(found, page) {
  const { main, sheet, say } = page;
  const core = coreOf(found, page);
  const { record, letters, recording } = core;
  const about = { ...found, record, rubric: sheet.digest };
  const file = () => handOutLesson({ ...about, quarantine: letters.quarantine, now: Date.now() });
  const reopen = () => recording.reopen().then(() => letters.start());
  const acts = actsOf({ record, letters, file, reopen, signInUrl: sheet.sign_in_url, say, aloud });
  const { show } = panes({ main, tabs: part("tabs") });
  const withdraw = (reason) => recording.withdraw(reason).then(() => letters.start());
  const given = { ...page, ...core, store: found.store, acts, reopen, withdraw, show, newId, later };
  const build = () => (core.views = viewsOf(given));
  return { ...core, main, show, file, build };
}

function viewsOf(given) {
  const { main, sheet, rubric, record, clock, recording, letters, say, told, hours } = given;
  const ofDay = (elapsed) => hours.format((clock.startedAt ?? Date.now()) + elapsed);
  return new Views({
    ...given,
    ...{ aloud, digest: sheet.digest, quiet: quietness({ root: main, now: Date.now }), day: told.day },
    time: rubric.kind === "work-sample" ? bookTime(record, say) : ofDay,
    change: (job) => recording.change(job),
    seal: () => recording.seal().then(() => letters.start()),
    pairUrl: () => sheet.pairs_url + letters.lesson.lesson_id,
  });
}

/** What does without a page: the record and whatever changes, sends or times it. */
function coreOf({ person, store, lesson, observation }, { sheet, rubric, api, say }) {
  const { record, clock } = recordOf({ store, observation, rubric: sheet.digest });
  const undo = new Undo(record);
  const recording = new Recording({ record, rubric, clock, lesson, undo, now: Date.now, state: () => letters.state });
  const letters = new Letters({
    ...{ person, store, api, record, lesson },
    seal: () => recording.seal(),
    tell: () => core.views?.redraw(),
    told: (newer) => drawHead(newer, say),
  });
  const core = { record, clock, undo, recording, letters, shortcuts: new Shortcuts(store), views: null };
  return core;
}

/** The record with its clock, before anything is read. */
function recordOf({ store, observation, rubric }) {
  const clock = new Clock({
    started: () => record.value("clock/started"),
    ended: () => record.value("context/ended"),
    wall: Date.now,
    steady: () => performance.now(),
    furthest: () => record.furthest,
  });
  const given = { store, observation, rubric, now: Date.now, elapsed: () => clock.elapsed(), newId, later };
  const record = new Record(given);
  return { record, clock };
}
