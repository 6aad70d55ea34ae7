// The list in which short forms are added, changed and taken away.

import { make, write } from "../page.mjs";
import { wrongWith } from "./shortcuts.mjs";

/** `given`: root, shortcuts, say. */
export function shortcutList({ root, shortcuts, say }) {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const [short, long, list] = [part("short"), part("long"), part("list")];
  let before = null;

  function draw() {
    const all = Object.entries(shortcuts.all).sort();
    part("none").hidden = all.length > 0;
    list.replaceChildren(...all.map(row));
  }

  function row([name, words]) {
    const change = button("shortcut_change", name, () => edit(name, words));
    const remove = button("shortcut_remove", name, () => take(name));
    const pair = make("span", {}, make("kbd", {}, name), ` ${words}`);
    return make("li", { className: "row spread" }, pair, make("span", { className: "row" }, change, remove));
  }

  const button = (key, name, onclick) =>
    make(
      "button",
      { type: "button", className: "button button-small button-quiet", onclick },
      say(key),
      make("span", { className: "sr" }, ` ${name}`),
    );

  function edit(name, words) {
    before = name;
    short.value = name;
    long.value = words;
    long.focus();
  }

  async function keep() {
    const [name, words] = [short.value.trim(), long.value];
    const wrong = wrongWith(name, words);
    tell(wrong && say(wrong), true);
    if (wrong) return (wrong === "shortcut_long" ? long : short).focus();
    const kept = await tried(() => shortcuts.put(name, words, before ?? name), say("shortcut_kept", { short: name }));
    if (kept) before = short.value = long.value = "";
    before = before || null;
    return short.focus();
  }

  // What was taken away stands in the fields, so that it can be kept again.
  async function take(name) {
    const words = shortcuts.all[name];
    const gone = await tried(() => shortcuts.remove(name), say("shortcut_gone", { short: name }));
    if (gone) edit(name, words);
    before = null;
  }

  async function tried(job, words) {
    const done = await job().then(
      () => true,
      () => false,
    );
    tell(done ? words : say("shortcut_failed"), !done);
    draw();
    return done;
  }

  function tell(words, isWrong) {
    write(part("wrong"), isWrong ? (words ?? "") : "");
    write(part("kept"), isWrong ? "" : (words ?? ""));
  }

  part("keep").addEventListener("click", keep);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input") || event.isComposing) return;
    event.preventDefault();
    keep();
  });
  draw();
}
