// Dragging by finger, pen or mouse: from a grip, or with a mouse from anywhere on what can be dragged.

const FAR = 6;
const EDGE = 72;
const STEP = 14;
const NOT_FROM = "button, a, textarea, input, select, summary";

/**
 * `what(element)` gives what is dragged from there, {words, ...}, or null; `over(dragged, element, y)` marks where it
 * would go and answers whether it can; `drop(dragged)` lets it go there; `end()` removes all marks.
 */
export function dragging({ root, what, over, drop, end }) {
  let held = null;

  root.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    const mouse = event.pointerType === "mouse" && event.button === 0 && !event.target.closest(NOT_FROM);
    const dragged = event.isPrimary && (grip || mouse) ? what(event.target) : null;
    if (dragged) held = { dragged, id: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, can: false };
    if (dragged && grip) event.preventDefault();
  });
  addEventListener("pointermove", (event) => held?.id === event.pointerId && move(event), { passive: false });
  addEventListener("pointerup", (event) => held?.id === event.pointerId && finish(true));
  addEventListener("pointercancel", (event) => held?.id === event.pointerId && finish(false));
  addEventListener("keydown", (event) => event.key === "Escape" && held?.ghost && finish(false));
  root.addEventListener("dragstart", (event) => held && event.preventDefault());

  function move(event) {
    if (!held.ghost && Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR) return;
    event.preventDefault();
    [held.x, held.y] = [event.clientX, event.clientY];
    if (!held.ghost) begin();
    follow();
  }

  function begin() {
    held.ghost = document.createElement("div");
    held.ghost.className = "drag-ghost";
    held.ghost.textContent = held.dragged.words;
    document.body.append(held.ghost);
    document.body.classList.add("is-dragging");
    getSelection()?.removeAllRanges();
    scroll();
  }

  function follow() {
    held.ghost.style.translate = `${held.x + 12}px ${held.y + 12}px`;
    const under = document.elementFromPoint(held.x, held.y);
    held.can = Boolean(under && over(held.dragged, under, held.y));
  }

  // Near an edge the page goes on under the finger.
  function scroll() {
    if (!held?.ghost) return;
    const by = held.y < EDGE ? -STEP : held.y > innerHeight - EDGE ? STEP : 0;
    if (by) (scrollBy(0, by), follow());
    requestAnimationFrame(scroll);
  }

  function finish(asked) {
    const { dragged, ghost, can } = held;
    held = null;
    ghost?.remove();
    document.body.classList.remove("is-dragging");
    if (ghost && asked) stopClick();
    if (ghost && asked && can) drop(dragged);
    end();
  }
}

// What was dragged is not also tapped.
function stopClick() {
  const stop = (event) => (event.preventDefault(), event.stopPropagation());
  addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }));
}
