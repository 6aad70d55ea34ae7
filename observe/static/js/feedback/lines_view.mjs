// The paper: each part with its lines, as they are now. Nothing is decided here.

import { make, write } from "../page.mjs";
import { MOST } from "./deeds.mjs";
import { pieces } from "./marks.mjs";
import { moulded, named } from "./moulds.mjs";

/** What a line is called: its part, and which of several it is. */
export function nameOf(line, lines, { parts, say }) {
  const same = lines.filter((other) => other.part === line.part);
  const part = Object.fromEntries(parts)[line.part];
  return same.length === 1 ? part : say("line_of", { part, n: same.indexOf(line) + 1 });
}

/** `given`: root, facts (parts, observers, notes, comments), say. Answers draw(draft, {open, marks, changed}). */
export function linesView({ root, facts, say, language }) {
  const notes = new Map(facts.notes.map((note) => [note.id, note]));
  const sections = new Map(facts.parts.map(([part, title]) => [part, sectionOf(part, title, say)]));
  const boxes = new Map();
  const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  root.replaceChildren(...sections.values());

  function draw(draft, seen) {
    for (const [part, section] of sections) drawPart(part, section, draft, seen);
    for (const [key, box] of boxes) if (!draft.lines.some((line) => line.key === key)) (box.remove(), boxes.delete(key));
  }

  function drawPart(part, section, draft, seen) {
    const lines = draft.lines.filter((line) => line.part === part);
    drawCount(section, part, lines.length, say);
    section.querySelector(".add-line").hidden = part === "opening" || lines.length >= MOST[part];
    const into = section.querySelector("[data-lines]");
    lines.forEach((line, place) => {
      const box = boxOf(line);
      if (into.children[place] !== box) into.insertBefore(box, into.children[place] ?? null);
      drawLine(box, line, { ...seen, draft, place, all: lines.length });
    });
  }

  function boxOf(line) {
    if (!boxes.has(line.key)) boxes.set(line.key, moulded(line.part === "target" ? "target" : "line", line.key));
    return boxes.get(line.key);
  }

  function drawLine(box, line, how) {
    const name = nameOf(line, how.draft.lines, { parts: facts.parts, say });
    named(box, name);
    const open = how.open === line.key;
    box.classList.toggle("is-open", open);
    drawWords(box, line, open, say);
    drawTold(box, line, { ...how, open, say, day });
    drawProof(box, line, { name, notes, facts, say });
    drawSaid(box, line, { ...how, facts, say });
    drawMoves(box, line, { ...how, open });
  }

  return { draw, box: (key) => boxes.get(key), told: (line, how) => drawTold(boxOf(line), line, { ...how, say, day }) };
}

function sectionOf(part, title, say) {
  const section = moulded("part");
  section.dataset.part = part;
  section.querySelector("h2").id = `part-${part}`;
  section.querySelector("h2").textContent = title;
  const add = section.querySelector("[data-do=add]");
  add.dataset.part = part;
  if (part !== "opening") add.querySelector("span").textContent = say(`add_${part}`);
  return section;
}

function drawCount(section, part, n, say) {
  const count = section.querySelector("[data-count]");
  const most = MOST[part] ?? n;
  const over = n > most;
  const words = over ? say("too_many", { n, most }) : most > 1 && n && MOST[part] ? say("of_most", { n, most }) : "";
  if (count.dataset.words === words) return;
  count.dataset.words = words;
  count.className = over ? "needs" : "";
  count.replaceChildren(...(over ? warned(words) : [words]));
}

const warned = (words) => {
  const made = moulded("needs");
  made.querySelector("span").textContent = words;
  return [...made.childNodes];
};

const FIELDS = ["text", "try", "when", "see", "due"];

function drawWords(box, line, open, say) {
  const shown = line.plan ? box.querySelector(".plan") : box.querySelector("textarea[data-word]");
  shown.hidden = !open;
  if (!line.plan) box.querySelector(".words > label").hidden = !open;
  for (const name of FIELDS) {
    const field = box.querySelector(`[data-word=${name}]`);
    const value = (name === "text" ? line.text : line.plan?.[name]) ?? "";
    if (field && field.value !== value) field.value = value;
  }
  box.querySelector("[data-told]").dataset.empty = say("empty");
}

// The same words lie under an open line, so that what was found is underlined while one writes.
function drawTold(box, line, { open, marks = [], say, day }) {
  const told = box.querySelector("[data-told]");
  const here = marks.filter((mark) => mark.line === line.key && mark.kind !== "no_evidence");
  const words = line.plan ? line.plan.try : line.text;
  told.setAttribute("aria-hidden", String(Boolean(open)));
  const found = pieces(words, here);
  told.replaceChildren(...found.map((piece) => (piece.finding ? marked(piece) : piece.text)), open ? "\u200b" : "");
  const reasons = found.flatMap(({ finding }) => (finding ? [finding.reason] : []));
  write(box.querySelector("[data-found]"), open ? reasons.join(" ") : "");
  if (line.plan) drawPlan(box.querySelector("[data-plan]"), line.plan, { open, say, day });
}

const marked = ({ text, finding }) =>
  make("mark", { className: "mark-warn", title: finding.reason }, text, make("span", { className: "sr" }, ` (${finding.reason})`));

function drawPlan(list, { when, due, see }, { open, say, day }) {
  list.hidden = open || !(when || due || see);
  const facts = [["when", when], ["by", due && day.format(new Date(due))], ["we_know", see]].filter(([, words]) => words);
  list.replaceChildren(...facts.flatMap(([key, words]) => [make("dt", {}, say(key)), make("dd", {}, words)]));
}

function drawProof(box, line, { name, notes, facts, say }) {
  const proof = box.querySelector("[data-proof]");
  const known = line.notes.filter((id) => notes.has(id));
  const look = JSON.stringify([name, known]);
  if (proof.dataset.look === look) return;
  proof.dataset.look = look;
  const claims = ["strength", "next_step"].includes(line.part);
  const none = claims ? [needs(say("no_evidence"))] : [];
  const rests = make("span", { className: "sr" }, say("rests_on"));
  proof.replaceChildren(...(known.length ? [rests, ...known.map((id) => chip(notes.get(id), name, facts, say))] : none));
}

function needs(words) {
  const made = moulded("needs");
  made.querySelector("span").textContent = words;
  return made;
}

function chip(note, name, { observers }, say) {
  const made = moulded(`chip-${Math.min(1, note.place)}`);
  const link = made.querySelector("a");
  link.href = `#note-${note.id}`;
  link.title = note.text;
  link.dataset.see = note.id;
  made.querySelector("[data-who]").textContent = `${observers[note.place] ?? ""} `;
  made.querySelector("[data-code]").textContent = [note.at, note.codes].filter(Boolean).join(" ") || short(note.text, 18);
  const off = made.querySelector("[data-do=drop]");
  off.dataset.note = note.id;
  off.setAttribute("aria-label", say("drop", { text: short(note.text, 40), line: name }));
  return made;
}

/** The beginning of a text, so long at most. */
export const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

function drawSaid(box, line, { draft, changed = {}, facts, say }) {
  const into = box.querySelector("[data-said]");
  const other = draft.others[line.key];
  const words = changed[line.key] && line.was ? changed[line.key] : null;
  const comments = facts.comments.filter((comment) => comment.line === line.key);
  const look = JSON.stringify([other, words, comments]);
  if (into.dataset.look === look) return;
  into.dataset.look = look;
  into.replaceChildren(
    ...(words ? [remark(say("changed_by_reader"), stretches(words))] : []),
    ...comments.map(({ by, text }) => remark(say("says", { name: by }), [text])),
    ...(other ? [elsewhere(other, say)] : []),
  );
}

const remark = (who, words) => make("div", { className: "comment", role: "note" }, make("b", {}, who), " ", ...words);
const TAG = { gone: "del", new: "ins" };
const stretches = (words) => words.map(([how, text]) => (TAG[how] ? make(TAG[how], {}, text) : text));

function elsewhere(other, say) {
  const made = moulded("elsewhere");
  made.querySelector("[data-what]").textContent = say("elsewhere");
  const plan = other.plan && [other.plan.try, other.plan.when, other.plan.due, other.plan.see].filter(Boolean).join(" · ");
  made.querySelector("[data-words]").textContent = plan ?? other.text;
  return made;
}

function drawMoves(box, line, { open, place, all, draft }) {
  box.querySelector("[data-tools]").hidden = !open;
  if (!open) box.querySelector("[data-wordings]").hidden = true;
  box.querySelector(".moves").hidden = open;
  box.querySelector("[data-grip]").hidden = all < 2;
  for (const [deed, off] of [["up", place === 0], ["down", place === all - 1]]) {
    const button = box.querySelector(`[data-do=${deed}]`);
    button.hidden = all < 2;
    button.setAttribute("aria-disabled", String(off));
  }
  const alone = line.part === "opening" && draft.lines.filter((other) => other.part === "opening").length === 1;
  box.querySelector("[data-do=remove]").hidden = alone;
  const join = box.querySelector("[data-do=join]");
  if (join) join.hidden = place === 0;
  for (const name of ["evidence", "wordings", "phrase"]) box.querySelector(`[data-do=${name}]`).hidden = line.part === "opening";
}
