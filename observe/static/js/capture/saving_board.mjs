// Shows how saving stands: the line beside the clock, the banner above the sheet, and the same for those who listen.

import { drawing, make, write } from "../page.mjs";
import { savingLine } from "./saving.mjs";

const CALM = 2500;

/** `given`: root, line, aloud, banners (elements), say, day, acts (what each action does), later. */
export function savingBoard(given) {
  const { root, line, aloud, banners, say, later } = given;
  let shown = null;
  let turn = 0;

  function draw(record, figures, told) {
    const { words, sign } = savingLine(record, figures, given);
    root.dataset.saving = record.saving;
    root.dataset.unsent = record.waiting.length;
    if (line.dataset.sign !== sign) drawSign(line, sign);
    write(line.querySelector("span"), words);
    speak(words);
    drawBanner(told);
  }

  // Whoever listens hears it once it has come to rest.
  function speak(words) {
    const mine = (turn += 1);
    later(() => mine === turn && write(aloud, words), CALM);
  }

  function drawBanner(told) {
    const key = JSON.stringify(told);
    if (key === shown) return;
    shown = key;
    banners.replaceChildren(...(told ? [bannerOf(told, given)] : []));
  }
  return { draw };
}

function drawSign(line, sign) {
  line.dataset.sign = sign;
  line.classList.toggle("saving-off", sign !== "done");
  line.querySelector("svg")?.remove();
  line.prepend(drawing(sign));
}

function bannerOf({ kind, key, values = {}, sign = kind, actions = [] }, { say, acts }) {
  const title = make("b", {}, `${say(`${key}_b`)} `);
  const words = make("span", { role: kind === "bad" ? "alert" : "status" }, title, say(key, spoken(values, say)));
  const buttons = actions.map((name) => actionOf(name, say, acts));
  const row = buttons.length ? make("span", { className: "row" }, ...buttons) : null;
  return make("div", { className: `banner banner-${kind} sheet-offline` }, drawing(sign), words, row);
}

const actionOf = (name, say, acts) =>
  make(
    "button",
    { type: "button", className: "button button-small", data: { act: name }, onclick: () => acts[name]() },
    say(`act_${name}`),
  );

function spoken({ notes, ratings, ...values }, say) {
  if (notes === undefined) return values;
  return { ...values, notes: say("count_notes", { n: notes }), ratings: say("count_ratings", { n: ratings }) };
}
