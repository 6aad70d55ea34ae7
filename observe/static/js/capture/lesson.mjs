// What the sheet says of its lesson: the head, rules agreed before, and what the teacher is trying.

import { make, write } from "../page.mjs";

/** The name of a lesson and, below it, who, where and beside whom. */
export function headOf({ title, teacher, room, pair }, say) {
  const partners = pair?.partners ?? [];
  const place = /^\d+$/.test(room ?? "") ? say("room", { room }) : room;
  const who = [teacher?.name, place].filter(Boolean).join(", ");
  const beside = partners.length ? say("beside", { names: partners.join(", ") }) : "";
  return { title, more: [who, beside].filter(Boolean).join(" · ") };
}

/** Puts the lesson's name at the head of the page. */
export function drawHead({ heading, lesson, say }) {
  const { title, more } = headOf(lesson, say);
  const [name, below] = heading.childNodes;
  name.textContent = title || name.textContent;
  write(below, more);
  document.title = [title, lesson.teacher?.name].filter(Boolean).join(", ") + " · Observe";
}

const MOST_RULES = 3;

/** The newest rules of each criterion, in its row. */
export function drawPrecedents({ pane, precedents, say, day }) {
  for (const old of pane.querySelectorAll(".precedent")) old.remove();
  for (const more of pane.querySelectorAll(".criterion-more")) {
    const { row } = more.closest("[data-row]").dataset;
    const rules = precedents.filter((rule) => rule.criterion === row).slice(0, MOST_RULES);
    more.lastElementChild.before(...rules.map((rule) => ruleOf(rule, say, day)));
  }
}

const ruleOf = ({ text, at }, say, day) =>
  make("p", { className: "precedent" }, make("b", {}, `${say("agreed_on", { day: day(at) })} `), text);

/** Each open target of the teacher with its two answers. */
export function drawTargets({ place, targets, say, day }) {
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

/** Six letters for the other tablet, as long as nobody has joined. */
export const codeWords = ({ pair_code: code, pair }, say) =>
  code && !pair?.partners?.length ? say("pair_code", { code: code.replace(/(...)(...)/, "$1 $2") }) : "";
