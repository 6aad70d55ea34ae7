// A lesson as a card or a line with one button, from what the tablet holds of it.

import { drawing, make } from "../page.mjs";
import { begun, minutesUntil, sheetOf, startOf } from "./agenda.mjs";
import { inHalves } from "./pair_code.mjs";

const MINUTE = 60 * 1000;

/** Title and teacher; a lesson whose name is lost says so. */
export const nameOf = (lesson, say) =>
  [lesson.title, lesson.teacher?.name].filter(Boolean).join(", ") || say("lesson_unknown");

/** `given`: say, told (moments), zone (of a lesson), now (ms), remove (a lesson that was made here by mistake). */
export function nextCard(lesson, given) {
  const { say, told, zone } = given;
  const name = `${told.time(startOf(lesson), zone(lesson))} ${nameOf(lesson, say)}`;
  const words = [
    make("p", { className: "quiet small" }, whenWords(lesson, given)),
    make("h2", { id: "next-h" }, name),
    make("p", { className: "quiet" }, sentences(lesson, given).join(" ")),
    removal(lesson, given),
  ];
  const start = make("a", { className: "button button-primary start", href: sheetOf(lesson) }, startWord(lesson, say));
  return make(
    "article",
    { className: "card next", "aria-labelledby": "next-h" },
    make("div", {}, ...words),
    start,
    lookFor(lesson, given),
  );
}

/** A line of a list. */
export function lessonRow(lesson, given) {
  const { say, told, zone } = given;
  const at = startOf(lesson);
  const name = nameOf(lesson, say);
  const when = [
    make("small", {}, told.asHead(told.day(at, zone(lesson)))),
    make("time", { dateTime: lesson.starts_at }, told.time(at, zone(lesson))),
  ];
  return make(
    "li",
    {},
    make("p", { className: "when" }, ...(lesson.starts_at ? when : [])),
    make("div", {}, make("h3", {}, name), make("small", {}, whereWords(lesson, say)), removal(lesson, given)),
    make(
      "a",
      { className: "button", href: sheetOf(lesson) },
      startWord(lesson, say),
      make("span", { className: "sr" }, `: ${name}`),
    ),
  );
}

// Only what nobody planned and nobody began; everything else is changed where it was planned.
function removal(lesson, { say, remove }) {
  if (!lesson.unplanned || begun(lesson)) return null;
  const words = [say("remove"), make("span", { className: "sr" }, `: ${nameOf(lesson, say)}`)];
  const onclick = () => remove(lesson);
  return make("button", { type: "button", className: "button button-quiet button-small", onclick }, ...words);
}

const startWord = (lesson, say) => say(begun(lesson) ? "go_on" : "start");

function whenWords(lesson, { say, told, zone, now }) {
  const until = minutesUntil(lesson, now);
  const at = startOf(lesson);
  if (until < 0) return say("now_since", { time: told.time(at, zone(lesson)) });
  if (until < 60) return say("next_in", { n: until });
  return say("next_day", { day: told.day(at, zone(lesson)) });
}

function sentences(lesson, { say, told, zone }) {
  const { room, minutes, capacity, school, unplanned, pair_code: code } = lesson;
  const end = minutes ? told.time(startOf(lesson) + minutes * MINUTE, zone(lesson)) : null;
  const names = partnersOf(lesson);
  return [
    end && say(room ? "until_in_room" : "until", { end, room }),
    ["other", "adviser"].includes(capacity) &&
      school &&
      say(capacity === "other" ? "at_as_visitor" : "at", { school: school.name }),
    names.length && say("beside", { n: names.length, names: names.join(", ") }),
    unplanned && say("not_planned"),
    unplanned && code && say("its_letters", { code: inHalves(code) }),
  ].filter(Boolean);
}

function whereWords(lesson, say) {
  const names = partnersOf(lesson).join(", ");
  const place = lesson.school?.name ?? "";
  if (lesson.gone) return say("not_on_server");
  return names ? say("at_with", { school: place, names }) : place;
}

const partnersOf = (lesson) => lesson.pair?.partners ?? [];

function lookFor(lesson, given) {
  const items = [
    ...(lesson.targets ?? []).map((target) => targetItem(target, lesson, given)),
    ...rulesOf(lesson, given),
  ];
  if (!items.length) return null;
  return make("div", { className: "look" }, make("h3", {}, given.say("look_for")), make("ul", {}, ...items));
}

function targetItem({ text, made_at: made, due_on: due }, lesson, { say, told, zone }) {
  const [since, until] = [made, due].map((day) => told.date(Date.parse(day), zone(lesson)));
  const source = say("target_of", { teacher: lesson.teacher?.name ?? "", since, until });
  return item(make("span", { className: "reading" }, text, make("small", {}, source)));
}

const rulesOf = ({ look_for: rules = [] }, { say }) =>
  rules.map(({ text, ...from }) => item(make("span", {}, text, make("small", {}, say("rule_of", from)))));

const item = (words) => make("li", {}, drawing("eye"), words);
