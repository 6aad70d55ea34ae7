// Two who wrote in one draft: what each changed stands, and where both changed the same words both are kept.
// A line is {key, part, text, notes, criterion, plan: {try, when, see, due} or null, was}.

export const PARTS = ["opening", "strength", "next_step", "target", "question"];
const PLANNED = ["try", "when", "see", "due"];

const calm = (text) => (text ?? "").split(/\s+/).join(" ").trim();

/** The words of a line, without the spaces that a server takes away. */
export const wordsOf = ({ text, plan }) =>
  plan ? JSON.stringify(PLANNED.map((name) => calm(plan[name]))) : calm(text);

const stateOf = (line) => JSON.stringify([line.part, wordsOf(line), line.criterion || null, line.notes]);

/** Whether two lines say the same on the same notes. */
export const sameLine = (one, other) => Boolean(one && other) && stateOf(one) === stateOf(other);

/** Whether two drafts have the same lines in the same order. */
export const sameLines = (one, other) =>
  one.length === other.length &&
  one.every((line, place) => line.key === other[place].key && sameLine(line, other[place]));

/** The lines by part, in the order of a letter. */
export const inOrder = (lines) => PARTS.flatMap((part) => lines.filter((line) => line.part === part));

/** A key that no line of these drafts has, nor has had. */
export function freshKey(...drafts) {
  const taken = drafts.flat().map(({ key }) => Number(key) || 0);
  return String(Math.max(0, ...taken) + 1);
}

/**
 * What becomes of `base` when it was changed to `mine` here and to `theirs` elsewhere: `{lines, others}`,
 * where `others` has the line as it was written elsewhere, by key, wherever both wrote other words.
 */
export function merge(base, mine, theirs) {
  const own = renamed(base, mine, theirs);
  const [was, here, there] = [base, own, theirs].map(byKey);
  const others = {};
  const lines = [];
  for (const key of orderOf(base, own, theirs)) {
    const line = one(was.get(key), here.get(key), there.get(key), (other) => (others[key] = other));
    if (line) lines.push(line);
  }
  return { lines: inOrder(lines), others };
}

const byKey = (lines) => new Map(lines.map((line) => [line.key, line]));

// A line that both began anew may have got the same key on two tablets: here it takes another.
function renamed(base, mine, theirs) {
  const [was, there] = [byKey(base), byKey(theirs)];
  const taken = [base, mine, theirs].flat();
  return mine.map((line) => {
    if (was.has(line.key) || !there.has(line.key) || sameLine(line, there.get(line.key))) return line;
    const told = { ...line, key: freshKey(taken) };
    taken.push(told);
    return told;
  });
}

// Where the order was changed here it stays; else it is theirs. What one of them lacks stands after what it stood after.
function orderOf(base, mine, theirs) {
  const keys = (lines) => lines.map(({ key }) => key);
  const kept = keys(base).filter((key) => byKey(mine).has(key));
  const moved = keys(mine).filter((key) => kept.includes(key)).join() !== kept.join();
  const [first, second] = moved ? [mine, theirs] : [theirs, mine];
  const order = keys(first);
  keys(second).forEach((key, place, all) => {
    if (order.includes(key)) return;
    const before = all.slice(0, place).findLast((other) => order.includes(other));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}

function one(was, mine, theirs, differs) {
  if (!mine) return theirs && !(was && sameLine(was, theirs)) ? theirs : null;
  if (!theirs) return was && sameLine(was, mine) ? null : mine;
  return both(was ?? theirs, mine, theirs, differs);
}

function both(was, mine, theirs, differs) {
  const [before, here, there] = [was, mine, theirs].map(wordsOf);
  if (here !== there && here !== before && there !== before) differs(theirs);
  const told = here === before ? theirs : mine;
  return {
    ...told,
    notes: mergeNotes(was.notes, mine.notes, theirs.notes),
    criterion: mine.criterion === was.criterion ? theirs.criterion : mine.criterion,
  };
}

/** Notes that were added anywhere are added, and those that were taken away anywhere are gone. */
function mergeNotes(was, mine, theirs) {
  const gone = was.filter((note) => !mine.includes(note) || !theirs.includes(note));
  return [...new Set([...theirs, ...mine])].filter((note) => !gone.includes(note));
}
