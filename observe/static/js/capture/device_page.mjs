// This tablet: what is kept here, what has reached the server, and how to take it away.

import { copied } from "../clipboard.mjs";
import { fileName, handOut } from "../file.mjs";
import { drawing, habits, make, part, write } from "../page.mjs";
import { tabletName } from "../tablet_name.mjs";
import { exportAll, lessonsHere, unsent } from "../tablet.mjs";
import { wayOut } from "../way_out.mjs";
import { keptOf, sheetOf } from "./agenda.mjs";
import { keptFacts, keptWords, versionState } from "./kept_facts.mjs";
import { nameOf } from "./lesson_cards.mjs";
import { size } from "./moments.mjs";
import {
  api,
  drawOthers,
  greet,
  keepRelease,
  language,
  news,
  person,
  renew,
  say,
  shown,
  store,
  told,
} from "./on_tablet.mjs";
import { linesOf, refusedWords } from "./refused.mjs";
import { whatWaits, whyWords } from "./waiting.mjs";

let state = null;

async function draw() {
  const [{ quarantine, lines, lastSent }, lessons, waits] = await Promise.all([
    store.transact("readonly", aside),
    lessonsHere(store),
    unsent(store, Date.now()),
  ]);
  const { held, planned } = keptOf(lessons);
  drawLessons(held, planned);
  drawRefused(quarantine, lines, lessons);
  drawWaits(waits, lastSent);
}

async function aside(tx) {
  const quarantine = await tx.all("quarantine");
  const rows = quarantine.length ? await tx.all("operations") : [];
  return { quarantine, lines: linesOf(rows), lastSent: (await tx.get("kept", "last_sent")) ?? null };
}

function drawWaits(waits, lastSent) {
  const when = waits.oldest === null ? "" : told.when(waits.oldest);
  part("waiting").hidden = waits.changes === 0;
  write(part("waiting-words"), waits.changes ? say("waits_in_words", { what: whatWaits(waits, say), when }) : "");
  write(part("waiting-why"), whyWords(state, say) || say("waits_more"));
  write(part("fact-oldest"), told.asHead(when) || say("nothing_not_sent"));
  write(part("fact-sent"), lastSent ? told.asHead(told.when(lastSent)) : say("never_sent"));
}

function drawLessons(lessons, planned) {
  part("no-lessons").hidden = lessons.length > 0;
  part("lessons").hidden = lessons.length === 0;
  renew(part("lessons").querySelector("tbody"), [lessons, told.date(Date.now())], () => lessons.map(row));
  write(part("planned-words"), say(planned.length ? "planned_here" : "none_planned_here", { n: planned.length }));
}

function row(lesson) {
  const at = lesson.starts_at ? told.asHead(told.when(Date.parse(lesson.starts_at))) : "";
  const name = nameOf(lesson, say);
  const number = (count, label) => make("td", { className: "n", data: { label: say(label) } }, String(count));
  return make(
    "tr",
    {},
    make(
      "th",
      { scope: "row" },
      lesson.rubric ? make("a", { href: sheetOf(lesson) }, name) : name,
      make("small", { className: "quiet" }, at),
    ),
    number(lesson.here.notes, "label_here"),
    number(lesson.server.notes, "label_server"),
    make("td", {}, stateTag(lesson)),
  );
}

function stateTag({ state: now, unsent: waiting, here, server }) {
  const notes = here.notes - server.notes;
  const words = notes ? say("n_waiting", { n: notes }) : say("n_changes_waiting", { n: waiting });
  if (waiting) return make("span", { className: "tag tag-warn" }, drawing("off"), words);
  if (now === "sealed") return make("span", { className: "tag tag-good" }, drawing("done"), say("here_sealed"));
  return make("span", { className: "tag" }, say(STATES[now] ?? "here_under_way"));
}

const STATES = { withdrawn: "here_withdrawn" };

function drawRefused(quarantine, lines, lessons) {
  const n = quarantine.length;
  write(part("refused-h"), say(n ? "n_refused" : "none_refused", { n }));
  write(part("refused-words"), say(n ? "refused_more" : "none_refused_more"));
  part("refused").hidden = part("refused-all").hidden = !n;
  renew(part("refused"), quarantine, () => quarantine.map((entry) => refusedItem(entry, lines, lessons)));
}

function refusedItem(entry, lines, lessons) {
  const { title, text } = refusedWords(entry, { say, lines });
  const lesson = lessons.find((each) => each.observation_id === entry.op.observation_id);
  const where = [lesson && nameOf(lesson, say), told.when(Date.parse(entry.op.at))].filter(Boolean).join(", ");
  const words = [
    make("h3", {}, title),
    make("small", {}, where),
    text ? make("p", { className: "refused-text" }, text) : null,
    make("p", { className: "quiet small" }, say("because", { why: entry.detail ?? entry.code ?? "" })),
  ];
  const more = [
    text ? act("copy", () => copy(text)) : null,
    act("export_one", () => exportOne(entry)),
  ];
  return make("li", {}, make("div", {}, ...words), make("div", { className: "row" }, ...more));
}

const act = (name, onclick) => make("button", { type: "button", className: "button button-small", onclick }, say(name));

async function copy(text) {
  if (await copied(text)) write(part("said"), say("copied"));
}

const exportOne = (entry) =>
  handOut(fileName(`refused-${entry.op.op_id.slice(-6)}`, Date.now()), { quarantine: [entry] });

async function drawFacts() {
  const facts = await keptFacts();
  const words = keptWords(facts);
  write(part("fact-name"), say("name_of", { tablet: tabletName(), name: person.name }));
  write(part("fact-kept"), say(words.kept));
  write(part("fact-home"), say(words.home));
  write(part("fact-space"), spaceWords(facts));
  part("ask-to-keep").hidden = facts.kept !== false;
}

const spaceWords = ({ usage, quota }) =>
  quota ? say("space", { used: size(usage, language), of: size(quota, language) }) : say("space_unknown");

async function askToKeep() {
  const kept = await navigator.storage.persist().catch(() => false);
  write(part("said"), say(kept ? "kept_now" : "kept_refused"));
  await drawFacts();
}

async function drawVersion() {
  const { version } = part("main").dataset;
  const found = await versionState(version, { fetch: (...asked) => fetch(...asked), address: "/device" });
  write(part("fact-version"), say(VERSIONS[found], { version }));
}

const VERSIONS = { newest: "version_newest", older: "version_older", unknown: "version_unknown" };

async function exportEverything() {
  handOut(fileName("everything", Date.now()), await exportAll({ store, person, now: Date.now }));
  write(part("said"), say("exported"));
}

async function exportRefused() {
  const quarantine = await store.transact("readonly", (tx) => tx.all("quarantine"));
  handOut(fileName("refused", Date.now()), { quarantine });
}

const redraw = () => shown(draw);

function heard(now) {
  if (now === "sending") return;
  state = now;
  redraw();
}

function listen(way) {
  part("send").addEventListener("click", () => way.now());
  part("export-all").addEventListener("click", exportEverything);
  part("export-refused").addEventListener("click", exportRefused);
  part("ask-to-keep").addEventListener("click", askToKeep);
  addEventListener("pageshow", ({ persisted }) => persisted && redraw());
  for (const name of ["online", "offline"]) addEventListener(name, () => greet());
}

async function open() {
  const way = wayOut({ person, store, api, tell: heard, changed: redraw });
  listen(way);
  await Promise.all([redraw(), drawFacts()]);
  way.start();
  drawOthers();
}

async function start() {
  habits({ hand: "right", theme: "system" }, part("ways"));
  greet();
  if (person) await open();
  part("main").dataset.ready = "true";
  if (await news()) await redraw();
  await keepRelease();
  if (person) await drawVersion();
}

start();
