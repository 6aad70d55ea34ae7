// The teacher's open targets: seen again, not yet, or nothing.

import { afterTap } from "./rating.mjs";

/** `given`: pane, record, change. */
export function targets({ pane, record, change }) {
  const groups = [...pane.querySelectorAll("[data-target]")];
  const named = (group) => `target/${group.dataset.target}`;
  for (const group of groups) group.addEventListener("click", ({ target }) => tapped(named(group), target));

  function tapped(field, target) {
    if (target.matches("input")) change((it) => it.set(field, afterTap(record.value(field), target.value)));
  }

  function draw() {
    for (const group of groups)
      for (const input of group.querySelectorAll("input")) input.checked = input.value === record.value(named(group));
  }
  return { draw };
}
