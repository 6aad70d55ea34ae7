// The evidence beside the paper: both observers' notes in one list, with what may be shown of them.

import { make, write } from "../page.mjs";
import { nameOf, short } from "./lines_view.mjs";
import { moulded } from "./moulds.mjs";

/** `given`: facts, say, and the elements list, count, heading, filter (a select in its field), into (a select). */
export function trayView({ facts, say, list, count, heading, filter, into }) {
  const rows = new Map(facts.notes.map((note) => [note.id, rowOf(note, facts, say)]));
  const criteria = new Map(facts.notes.flatMap((note) => note.criteria));
  list.replaceChildren(...rows.values());
  filter?.closest(".field").toggleAttribute("hidden", !facts.notes.length);

  function draw({ lines }) {
    const used = new Set(lines.flatMap((line) => line.notes));
    const shown = facts.notes.filter((note) => shows(filter.value || "unused", note, used));
    for (const note of facts.notes) drawRow(rows.get(note.id), note, { hidden: !shown.includes(note), lines });
    const free = facts.notes.filter((note) => !used.has(note.id)).length;
    drawFilter(free);
    write(heading, words(filter.value || "unused"));
    write(count, say("n_of", { n: shown.length, all: facts.notes.length }));
    drawInto(lines);
  }

  const words = (what) => (criteria.has(what) ? say("about", { criterion: criteria.get(what) }) : say(what));

  function drawRow(row, note, { hidden, lines }) {
    row.hidden = hidden;
    const names = lines.filter((line) => line.notes.includes(note.id)).map((line) => nameOf(line, lines, { ...facts, say }));
    write(row.querySelector("[data-about]"), aboutNote(note, names, say));
  }

  function drawFilter(free) {
    const options = [["unused", `${say("unused")} (${free})`], ["all", `${say("all")} (${facts.notes.length})`]];
    choose(filter, [...options, ...criteria]);
  }

  function drawInto(lines) {
    const those = lines.filter((line) => line.part !== "opening");
    const name = (line) => `${nameOf(line, lines, { ...facts, say })}: ${short(line.plan?.try || line.text || say("empty"), 38)}`;
    choose(into, those.map((line) => [line.key, name(line)]));
  }

  return { draw, row: (id) => rows.get(id), show: (what) => (filter.value = what) };
}

const shows = (what, note, used) =>
  what === "all" || (what === "unused" ? !used.has(note.id) : note.criteria.some(([key]) => key === what));

/** Puts these options into a select where they differ; what was chosen stays. */
function choose(select, options) {
  const look = JSON.stringify(options);
  if (select.dataset.look === look) return;
  select.dataset.look = look;
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, words]) => make("option", { value }, words)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

function rowOf(note, { observers }, say) {
  const row = moulded(`note-${Math.min(1, note.place)}`);
  row.id = `note-${note.id}`;
  row.dataset.note = note.id;
  row.tabIndex = -1;
  row.querySelector("time").textContent = note.at;
  row.querySelector("[data-text]").textContent = note.speaker ? `${note.speaker}: ${note.text}` : note.text;
  row.querySelector("[data-who]").textContent = `${observers[note.place] ?? ""} `;
  row.querySelector("[data-do=use]").setAttribute("aria-label", say("use", { text: short(note.text, 40) }));
  return row;
}

const MARKS = { "+": "helped", "-": "hindered" };

function aboutNote(note, lines, say) {
  const criteria = note.criteria.map(([, title]) => title).join(", ") || say("untagged");
  const mark = MARKS[note.mark] ? say(MARKS[note.mark]) : null;
  return [criteria, mark, ...lines.map((line) => say("used_in", { line }))].filter(Boolean).join(" · ");
}
