// That the record is closed, said at the top of the sheet on every screen.

import { write } from "../page.mjs";

/** What became of a closed record (`state`), in a sentence; how far the others are where it waits for them. */
export function closedWords(state, pair, say) {
  if (state !== "sealed") return say(`${state}_more`);
  if (["revealed", "closed"].includes(pair?.state)) return say("all_sealed");
  return pair?.partners?.length ? say("waits", { names: pair.partners.join(", ") }) : say("sealed_alone");
}

/** `given`: root, say, go (called with the click, leads to what one can do now). */
export function closedNote({ root, say, go }) {
  root.querySelector("a").addEventListener("click", go);
  return {
    draw(state, pair) {
      root.hidden = state === "draft";
      write(root.querySelector("b"), root.hidden ? "" : say("closed_b", { state: say(`state_${state}`) }));
      write(root.querySelector("span"), root.hidden ? "" : closedWords(state, pair, say));
    },
  };
}
