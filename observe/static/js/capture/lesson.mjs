// What the sheet says of its lesson: the head, rules agreed before, and what the teacher is trying.

import { make, part, write } from "../page.mjs";
import { inHalves } from "./pair_code.mjs";

/** The name of a lesson and, below it, who, where and beside whom. */
export function headOf({ title, teacher, room, pair }, say) {
  const partners = pair?.partners ?? [];
  const place = /^\d+$/.test(room ?? "") ? say("room", { room }) : room;
  const who = [teacher?.name, place].filter(Boolean).join(", ");
  const beside = partners.length ? say("beside", { names: partners.join(", ") }) : "";
  return { title, more: [who, beside].filter(Boolean).join(" · ") };
}

/** Everything that is known of the lesson before anything is written. `given`: lesson, precedents, say, day. */
export function drawLesson({ lesson, precedents, say, day }) {
  drawHead(lesson, say);
  drawPrecedents({ pane: part("pane-criteria"), precedents, say });
  drawTargets({ place: part("targets"), targets: lesson.targets ?? [], say, day });
}

/** What may change while somebody writes: the lesson's name, who observes beside, and the letters for another tablet. */
export function drawHead(lesson, say) {
  const { title, more } = headOf(lesson, say);
  const [name, below] = part("lesson").childNodes;
  name.textContent = title || name.textContent;
  write(below, more);
  document.title = [title, lesson.teacher?.name].filter(Boolean).join(", ") + " · Observe";
  drawCode(lesson, say);
  write(part("seal-words"), say(lesson.pair?.partners?.length ? "seal_beside" : "seal_alone"));
}

function drawCode(lesson, say) {
  const code = codeWords(lesson, say);
  const place = part("pair-code");
  place.hidden = !code;
  write(place.querySelector("span"), code);
  const again = place.querySelector("a");
  again.hidden = !code || !lesson.other_rubric;
  place.classList.toggle("is-apart", !again.hidden);
  if (!again.hidden) again.href = againWith(lesson);
}

/** Where one begins once more, with a partner's rubric and the same letters. */
export const againWith = ({ pair_code: code, other_rubric: { rubric } }) =>
  `/tablet?${new URLSearchParams({ code, rubric })}#unplanned`;

const AT_ONCE = 3;

/** Of the rules of a criterion, the newest first: those that stand there at once, and the older ones. */
export function rulesBeside(precedents, criterion, atOnce = AT_ONCE) {
  const rules = precedents.filter((rule) => rule.criterion === criterion);
  return [rules.slice(0, atOnce), rules.slice(atOnce)];
}

function drawPrecedents({ pane, precedents, say }) {
  for (const row of pane.querySelectorAll("[data-row]")) {
    const more = row.querySelector(".criterion-more");
    const [shown, older] = rulesBeside(precedents, row.dataset.row, more ? AT_ONCE : 0);
    const rules = shown.map(ruleOf);
    if (older.length) rules.push(foldOf(say(more ? "more_rules" : "rules", { n: older.length }), older));
    if (more && rules.length) placeRules(row, more, rules, say("rules", { n: shown.length + older.length }));
    else row.append(...rules); // a count has no words below it: all its rules stand in a fold
  }
}

function placeRules(row, more, rules, words) {
  row.querySelector(".criterion-name > :last-child").append(make("small", {}, words));
  more.lastElementChild.before(...rules);
}

const foldOf = (words, rules) =>
  make("details", { className: "fold" }, make("summary", {}, words), ...rules.map(ruleOf));

const ruleOf = ({ text, source = "" }) => make("p", { className: "precedent" }, text, make("small", {}, source));

/** Each open target of the teacher with its two answers. */
function drawTargets({ place, targets, say, day }) {
  place.replaceChildren(...targets.map((target) => targetOf(target, say, day)));
}

function targetOf({ id, text, made_at: made, due_on: due }, say, day) {
  const pick = (value) =>
    make(
      "label",
      { className: "pick" },
      make("input", { type: "radio", name: `t-${id}`, value }),
      make("span", {}, say(`target_${value}`)),
    );
  return make(
    "section",
    { className: "stack-s", "aria-labelledby": `target-${id}` },
    make("h3", { id: `target-${id}` }, say("target_since", { since: day(made), due: day(due) })),
    make("p", { className: "reading" }, text),
    make(
      "div",
      { className: "picks", role: "radiogroup", "aria-labelledby": `target-${id}`, data: { target: id } },
      pick("seen"),
      pick("not_yet"),
    ),
    make("p", { className: "small quiet" }, say("target_open")),
  );
}

/** Six letters for the other tablet, as long as nobody has joined; or that a rubric keeps the two apart. */
export function codeWords({ pair_code: code, pair, other_rubric: other }, say) {
  if (!code || pair?.partners?.length) return "";
  return other ? say("pair_other_rubric", other) : say("pair_code", { code: inHalves(code) });
}
