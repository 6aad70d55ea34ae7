// The capture sheet, put together: the lesson that its address names, its record, the panes, and the way to the server.

import { createApi, hold } from "../device.mjs";
import { handOut } from "../file.mjs";
import { newId } from "../operations.mjs";
import { block, habits, make, speaker, write } from "../page.mjs";
import { remember, who } from "../person.mjs";
import { Record } from "../record.mjs";
import { databaseName } from "../store.mjs";
import { openingOf } from "../tablet.mjs";
import { arrive, recordIn } from "./arrival.mjs";
import { Clock, clockFace, occasionAt } from "./clock.mjs";
import { codeWords, drawHead, drawPrecedents, drawTargets } from "./lesson.mjs";
import { Letters } from "./letters.mjs";
import { moments } from "./moments.mjs";
import { evidence, notesOf } from "./notes.mjs";
import { allow, panes, toSeal } from "./panes.mjs";
import { Ratings, coverage, rated, targets } from "./ratings.mjs";
import { banner, exportOf, savingBoard, tally } from "./saving.mjs";
import { Composer, Lines } from "./scripting.mjs";
import { Finish } from "./seal.mjs";
import { Undo, undoButton } from "./undo.mjs";

const CALM = 300;
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
const day = (iso) => told.day(Date.parse(iso));

/** Another record is another sheet; a link within the page does not forget which one this is. */
function keepAddress(observation) {
  addEventListener("hashchange", () => {
    const other = recordIn(location.hash);
    if (other && other !== observation) location.reload();
    else if (!other) history.replaceState(null, "", `#${observation}`);
  });
}

/** Says why there is no record to write, and what to do. */
function sorry({ why, lesson }) {
  const key = why === "no network" ? "no_network_here" : why.replaceAll(" ", "_");
  const way =
    why === "nobody"
      ? make("a", { className: "button", href: `${sheet.sign_in_url}?next=/` }, say("act_sign_in"))
      : make("a", { className: "button", href: sheet.today_url }, say("to_today"));
  if (why === "other rubric") return location.replace(`/sheet/${lesson.rubric.replace("sha256:", "")}${location.hash}`);
  const words = make("span", { role: "alert" }, make("b", {}, `${say(`${key}_b`)} `), say(key));
  part("arrival").replaceChildren(make("div", { className: "banner banner-warn" }, words, way));
  part("arrival").hidden = false;
  main.dataset.arrival = key;
}

function openSheet({ person, store, lesson, precedents, observation }) {
  const record = new Record({
    store,
    observation,
    rubric: sheet.digest,
    now: Date.now,
    elapsed: () => clock.elapsed(),
    newId,
    later,
    writer: main.dataset.writer,
    person: person.id,
  });
  const clock = new Clock({
    started: () => record.value("clock/started"),
    wall: Date.now,
    steady: () => performance.now(),
    furthest: () => record.furthest,
  });
  const time = (elapsed) => hours.format((clock.startedAt ?? Date.now()) + elapsed);
  const letters = new Letters({ person, store, api, record, lesson, seal, tell: redraw });
  const { show } = panes({ main, tabs: part("tabs") });
  const undo = new Undo(record);

  let views = null;
  let current = null;
  let due = false;
  let drawn = null;
  let parts = "";

  /** The first change of any kind opens the record and starts the clock; looking at the sheet does neither. */
  function change(job) {
    if (letters.state !== "draft") return;
    begin();
    undo.run(job);
  }

  function begin() {
    open();
    if (record.value("clock/started") === null) record.set("clock/started", new Date().toISOString());
  }

  function open() {
    const steps = [...record.folded.steps.values()];
    if (!steps.some((op) => op.kind === "open")) record.step("open", openingOf(lesson));
  }

  function redraw() {
    if (due || !views) return;
    due = true;
    requestAnimationFrame(draw);
  }

  function draw() {
    due = false;
    clearTimeout(drawn);
    drawn = null;
    const now = letters.state;
    const notes = notesOf(record.folded);
    const { lines, late } = linesOf(notes);
    const counts = evidence(notes);
    main.dataset.net = letters.net;
    views.lines.draw(lines, { late, readOnly: now !== "draft" });
    views.composer.draw();
    views.ratings.draw(counts);
    views.coverage.draw(counts, current);
    views.finish.draw(now, notes, letters.pair);
    views.clock.draw();
    views.targets.draw();
    views.undo.draw();
    drawSaving(notes, now);
    drawTabs(notes);
    if (allow(main, now)) entered(now);
  }

  function entered(now) {
    write(part("to-seal"), say(now === "draft" ? "finish" : `state_${now}`));
    if (now === "sealed") letters.partner();
  }

  // The line being written is in the note line, not yet in the list; what came after the seal is marked in it.
  function linesOf(notes) {
    const ids = new Set(notes.map((note) => note.id));
    const after = record.late.length ? notesOf(record.withLate).filter((note) => !ids.has(note.id)) : [];
    const lines = [...notes, ...after].filter((note) => note.id !== record.draft?.note);
    return {
      lines: lines.sort((one, other) => one.elapsed_ms - other.elapsed_ms),
      late: new Set(after.map((note) => note.id)),
    };
  }

  function drawSaving(notes, now) {
    const figures = tally(record, notes);
    const refused = letters.quarantine.filter((each) => record.is(each.op.observation_id)).length;
    const about = { record, net: letters.net, figures, refused, late: record.late.length, state: now };
    views.saving.draw(record, figures, banner(about));
  }

  function drawTabs(notes) {
    const { all } = rated(rubric, (field) => record.value(field), clock.elapsed());
    write(part("tab-notes"), say("tab_notes", { n: notes.length }));
    write(part("tab-criteria"), all.of ? say("tab_criteria", all) : say("criteria"));
  }

  async function seal() {
    views.composer.end();
    views.lines.close();
    open();
    await record.step("seal", { state_hash: await record.hash() });
    letters.start();
  }

  /** Opens the record again, with what came late; the server refuses once a partner has sealed. */
  async function reopen() {
    await record.step("unseal", { reason: "", include: true });
    letters.start();
  }

  async function exportLesson() {
    const device = await store.transact("readonly", (tx) => tx.get("kept", "device")).catch(() => null);
    const { quarantine } = letters;
    handOut(
      `observe-${lesson.starts_at?.slice(0, 10) ?? "lesson"}-${observation.slice(-6)}.json`,
      exportOf({ record, person, lesson, rubric: sheet.digest, device, quarantine, now: Date.now() }),
    );
  }

  const copy = () =>
    navigator.clipboard.writeText(
      record.unsaved
        .map((each) => each.value)
        .filter((value) => typeof value === "string")
        .join("\n\n"),
    );

  function reveal(criterion) {
    show("criteria");
    views.ratings.reveal(criterion);
  }

  function filterUntagged() {
    show("notes");
    views.lines.filter(true);
  }

  const acts = {
    copy,
    export: exportLesson,
    send: () => letters.now(),
    sign_in: () => location.assign(`${sheet.sign_in_url}?next=${encodeURIComponent(location.pathname)}`),
    load: () => location.reload(),
    include: reopen,
  };

  function build() {
    const given = { rubric, record, clock, change, newId, say, time };
    const pane = part("pane-criteria");
    const aloud = (words) => write(part("did-aloud"), words);
    const lines = new Lines({
      ...given,
      list: part("notes"),
      empty: part("notes-empty"),
      only: part("untagged"),
      template: part("note-edit"),
      aloud,
      rest: part("note"),
    });
    views = {
      lines,
      composer: new Composer({ ...given, form: part("composer"), notes: () => notesOf(record.folded), ended: redraw }),
      ratings: new Ratings({ ...given, pane, opened: (criterion) => ((current = criterion), redraw()) }),
      coverage: coverage({ strip: part("coverage"), rubric, say, show: reveal }),
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
      finish: new Finish({
        ...given,
        section: part("seal"),
        pairUrl: `${sheet.pairs_url}${lesson.lesson_id}`,
        seal,
        reopen,
        show: reveal,
        filter: filterUntagged,
        redraw,
      }),
      undo: undoButton({
        undo,
        button: part("undo"),
        aloud: part("did-aloud"),
        criteria: rubric.criteria,
        say,
        may: () => letters.state === "draft",
        done: redraw,
      }),
      clock: clockFace({ root: part("clock"), clock, occasions: rubric.occasions, say, time }),
    };
  }

  function listen() {
    record.onChange(changed);
    document.addEventListener("visibilitychange", awake);
    part("start").addEventListener("click", () => change(() => {}));
    part("start").disabled = false;
    part("to-seal").addEventListener("click", (event) => toSeal(event, show));
    main.addEventListener("click", ({ target }) => target.closest("[data-export]") && exportLesson());
  }

  // While somebody types, the page is drawn now and then; what was typed is on it already.
  function changed({ typed = false }) {
    if (!typed) redraw();
    else drawn ??= setTimeout(redraw, CALM);
  }

  function awake() {
    if (document.hidden) return;
    clock.wake();
    letters.fetch();
    if (letters.state === "sealed") letters.partner();
    redraw();
  }

  function tick() {
    views.clock.draw();
    if (letters.state === "draft") views.composer.draw();
    const now = ["segment", "sample", "interval"]
      .filter((kind) => rubric.criteria.some((each) => each.occasion === kind))
      .map((kind) => occasionAt(kind, rubric.occasions, clock.elapsed()))
      .join();
    if (now !== parts) redraw();
    parts = now;
  }

  function drawLesson() {
    drawHead({ heading: part("lesson"), lesson, say });
    drawPrecedents({ pane: part("pane-criteria"), precedents, say, day });
    drawTargets({ place: part("targets"), targets: lesson.targets ?? [], say, day });
    const code = codeWords(lesson, say);
    part("pair-code").hidden = !code;
    write(part("pair-code"), code);
    write(part("seal-words"), say(lesson.pair?.partners?.length ? "seal_beside" : "seal_alone"));
  }

  return async function begun() {
    drawLesson();
    record.keepsDraft = await hold(`${databaseName(person.id)}-${observation}-writes`);
    await record.open();
    if (!record.keepsDraft) record.draft = null;
    letters.known ??= record.known?.state;
    await letters.fetchFirst();
    build();
    listen();
    draw();
    tick();
    setInterval(tick, 1000);
    setInterval(() => letters.state === "sealed" && !document.hidden && letters.partner(), PARTNER_EVERY);
    part("sheet-body").inert = false;
    main.dataset.ready = "true";
    navigator.storage?.persist?.().catch(() => {});
    letters.start();
  };
}

async function start() {
  habits({ hand: "right", theme: "system" }, part("ways"));
  const observation = recordIn(location.hash);
  keepAddress(observation);
  const found = await arrive({ observation, rubric: sheet.digest, api, who, remember, now: Date.now });
  if (found.why) sorry(found);
  else await openSheet({ ...found, observation })();
}

start();
