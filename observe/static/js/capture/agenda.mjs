// The day of an observer, from the lessons that the tablet holds.

const MINUTE = 60 * 1000;
const USUAL = 60;
const JUST_OVER = 30 * MINUTE;
const OPEN = ["planned", "waiting", "draft"];

/** When a lesson begins, in ms since 1970; 0 where nobody knows. */
export const startOf = (lesson) => Date.parse(lesson.starts_at ?? "") || 0;
const endOf = (lesson) => startOf(lesson) + (lesson.minutes ?? USUAL) * MINUTE;
const byStart = (one, other) => startOf(one) - startOf(other);

/** Whether a lesson's record was begun. */
export const begun = (lesson) => lesson.state !== "planned";

/**
 * `next`, the lesson that goes on or comes first (or null), `later` and `earlier` (not finished, the newest first).
 * What is sealed or withdrawn, or was cancelled before it began, is in none of them.
 */
export function agenda(lessons, now) {
  const open = lessons.filter((lesson) => OPEN.includes(lesson.state) && (!lesson.gone || begun(lesson))).sort(byStart);
  const ahead = open.filter((lesson) => endOf(lesson) + JUST_OVER > now);
  const next = ahead.findLast((lesson) => begun(lesson) && startOf(lesson) <= now) ?? ahead[0] ?? null;
  return {
    next,
    later: ahead.filter((lesson) => lesson !== next),
    earlier: open.filter((lesson) => !ahead.includes(lesson)).reverse(),
  };
}

/** How many lessons the tablet's own day lists. */
export function listed(lessons, now) {
  const { next, later, earlier } = agenda(lessons, now);
  return (next ? 1 : 0) + later.length + earlier.length;
}

/** `held`: lessons of which something is on this tablet, the newest first; `planned`: those that can be begun on it. */
export function keptOf(lessons) {
  const held = lessons.filter(holdsSomething).reverse();
  return { held, planned: lessons.filter((lesson) => !begun(lesson) && !lesson.gone) };
}

const holdsSomething = ({ here, unsent, state }) =>
  here.notes + here.ratings + unsent > 0 || ["draft", "closing"].includes(state);

/** Minutes until a lesson begins; below 0 once it has. */
export const minutesUntil = (lesson, now) => Math.floor((startOf(lesson) - now) / MINUTE);

/** Where the sheet of a lesson is; it opens without a network if the tablet keeps it. */
export const sheetOf = ({ rubric, observation_id: observation }) => `${sheetPage(rubric)}#${observation}`;

/** The page of a rubric's sheet, the same for every lesson. */
export const sheetPage = (rubric) => `/sheet/${rubric.replace("sha256:", "")}`;
