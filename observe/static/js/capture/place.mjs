// Where somebody was reading: the first row in sight, brought back to its place on the screen.

const NEAR_END = 80;

/** What scrolls a pane: its own list, or on a phone the page. */
function scrollerOf(pane) {
  const own = pane.querySelector(".pane-scroll");
  return getComputedStyle(own).overflowY === "visible" ? document.scrollingElement : own;
}

/** Whether the end of what scrolls is in sight. */
export const atEnd = ({ scrollTop, scrollHeight, clientHeight }) => scrollHeight - scrollTop - clientHeight < NEAR_END;

/** Remembers the place in a pane; answers what goes back to it. */
export function placeIn(pane) {
  const scroller = scrollerOf(pane);
  if (atEnd(scroller)) return () => (scrollerOf(pane).scrollTop = scrollerOf(pane).scrollHeight);
  const edge = Math.max(0, pane.querySelector(".pane-scroll").getBoundingClientRect().top);
  const rows = [...pane.querySelectorAll(".note, .criterion")];
  const first = rows.find((row) => row.getBoundingClientRect().bottom > edge);
  const height = first ? topOf(first) : 0;
  return () => {
    if (first?.isConnected) scrollerOf(pane).scrollTop += topOf(first) - height;
  };
}

const topOf = (row) => row.getBoundingClientRect().top;
