// What came from another tablet after the seal: ratings among it are listed and never used.

import { fold, standing } from "../operations.mjs";
import { make } from "../page.mjs";
import { occasionWords } from "./parts.mjs";

/** `[{criterion, occasion, value}]` of the ratings that arrived late; a count has the number that came. */
export function lateRatings(record) {
  const late = fold(record.late.map((row) => row.op));
  const given = [...late.winners].filter(([name]) => name.startsWith("rating/"));
  const counted = [...late.tallies.keys()].map((name) => [name, { value: standing(late, name).length }]);
  return [...given, ...counted].map(([name, { value }]) => {
    const [, criterion, occasion] = name.split("/");
    return { criterion, occasion, value };
  });
}

/** `3a Questioning, Segment 2 of 3: 4 Strong` */
export function ratingWords({ criterion, occasion, value }, { rubric, say }) {
  const about = rubric.criteria.find((each) => each.criterion === criterion);
  const name = about ? `${about.code} ${about.title}` : criterion;
  const place = occasion === "whole" ? name : `${name}, ${occasionWords(occasion, rubric.occasions, say)}`;
  return `${place}: ${valueWords(value, rubric.scales[about?.scale], say)}`;
}

function valueWords(value, scale, say) {
  if (value === null) return say("taken_back");
  if (["not_seen", "not_applicable"].includes(value)) return say(value);
  const level = scale?.levels?.find((each) => each.value === value);
  if (level) return `${level.value} ${level.label}`;
  return [value].flat().map((one) => scale?.codes?.[one] ?? String(one)).join(", ");
}

/** The list of them with its heading, or null where none came. */
export function lateList(ratings, given) {
  if (!ratings.length) return null;
  const rows = ratings.map((each) => make("li", {}, ratingWords(each, given)));
  return make(
    "section",
    { className: "stack-s", "aria-labelledby": "h-late" },
    make("h4", { id: "h-late", className: "label" }, given.say("late_ratings")),
    make("ul", { className: "late-ratings" }, ...rows),
  );
}
