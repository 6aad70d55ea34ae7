// Whether somebody is writing just now.

const REST = 10000;

/** Nobody writes once no key was pressed in `root` for ten seconds. `now` is in ms. */
export function quietness({ root, now }) {
  let last = -Infinity;
  root.addEventListener("input", () => (last = now()));
  return () => Math.abs(now() - last) >= REST;
}
