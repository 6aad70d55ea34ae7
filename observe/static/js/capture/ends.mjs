// What the sheet says of the end of a lesson before it is sealed, and of how many books were looked at.

import { write } from "../page.mjs";
import { cutShort, running } from "./clock.mjs";
import { lastSeen } from "./occasions.mjs";
import { openings } from "./samples.mjs";

const [SECOND, MINUTE] = [1000, 60000];

/** "The last interval ran 40 of 120 seconds and is marked partial."; empty where nothing is cut short. */
export function endWords({ occasions, elapsed, say }) {
  const cut = cutShort(occasions, elapsed);
  if (!cut) return "";
  const unit = cut.kind === "interval" ? SECOND : MINUTE;
  const [ran, of] = [Math.floor(cut.gone / unit), cut.length / unit];
  return say(`ended_${cut.kind}`, { number: cut.number, ran, of });
}

/** When a lesson seems to have been over: at its last line or rating, if that lies in an earlier stretch; or null. */
export function overEarlier({ occasions, elapsed, seen }) {
  const [now, then] = [running(occasions, elapsed), running(occasions, seen)];
  return seen && now && now.number !== then.number ? seen : null;
}

/** `given`: root, rubric, record, clock, change, may, say, time. */
export function endBoard({ root, rubric, record, clock, change, may, say, time }) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  part("earlier").addEventListener("click", () => change((it) => it.set("context/ended", lastSeen(record.folded))));

  function draw() {
    const begun = clock.startedAt !== null;
    const elapsed = clock.observed();
    const { occasions } = rubric;
    tell("partial", begun ? endWords({ occasions, elapsed, say }) : "");
    tell("count", rubric.kind === "work-sample" && begun ? say("books", { n: openings(record).length }) : "");
    const asks = may() && clock.ended === null;
    const earlier = asks && overEarlier({ occasions, elapsed, seen: lastSeen(record.folded) });
    tell("earlier", earlier ? say("over_earlier", { time: time(earlier) }) : "");
  }

  function tell(name, words) {
    part(name).hidden = !words;
    write(part(name), words);
  }
  return { draw };
}
