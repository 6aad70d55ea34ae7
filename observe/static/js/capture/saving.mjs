// The state of saving, in words.

import { drawing, make, write } from "../page.mjs";

const CALM = 2500;

/** How many lines and other changes are here, and how many of the lines the server has confirmed. */
export function tally(record, notes) {
  const waiting = new Set(record.waiting.map((row) => row.op.field?.split("/")[1]));
  const elsewhere = record.waiting.filter((row) => !row.op.field?.startsWith("note/") && row.op.kind !== "open");
  const ratings = [...record.folded.winners].filter(
    ([name, op]) => name.startsWith("rating/") && op.value !== null,
  ).length;
  return {
    notes: notes.length,
    held: notes.filter((note) => !waiting.has(note.id)).length,
    others: elsewhere.length,
    ratings: ratings + record.folded.tallies.size,
  };
}

/** The line beside the clock: {words, sign}. */
export function savingLine(record, { notes, held, others }, say) {
  if (record.saving === "failed") return { words: say("not_saved"), sign: "bad" };
  const words = `${say("here", { n: notes })} ${say("there", { n: held })}`;
  if (held < notes) return { words, sign: "off" };
  return others ? { words: `${words} ${say("others_wait", { n: others })}`, sign: "off" } : { words, sign: "done" };
}

/** The one thing to be told in a banner, or null. */
export function banner({ record, net, figures, refused, late, state, newer }) {
  if (record.tooLong.size) return { kind: "bad", key: "too_long", actions: ["copy", "export"] };
  if (record.saving === "failed") return { kind: "bad", key: "not_saved_more", actions: ["copy", "export"] };
  if (net === "wrong person") return { kind: "bad", key: "wrong_person", actions: ["export"] };
  if (refused) return { kind: "bad", key: "refused", values: { n: refused }, actions: ["export"] };
  if (late && state === "sealed") return { kind: "warn", key: "late_more", values: { n: late }, actions: ["include"] };
  return NET[net]?.(figures) ?? (newer ? { kind: "warn", key: "newer", actions: ["load"] } : null);
}

const NET = {
  "sign in": () => ({ kind: "warn", key: "sign_in", actions: ["sign_in"] }),
  "new version": () => ({ kind: "warn", key: "new_version", actions: ["load"] }),
  "no network": ({ notes, ratings }) => ({
    kind: "warn",
    key: "no_network",
    values: { notes, ratings },
    sign: "off",
    actions: ["send", "export"],
  }),
  busy: () => ({ kind: "warn", key: "busy", actions: ["send"] }),
};

/** Shows the line, the banner, and says the line aloud once it has come to rest. `acts`: what each action does. */
export function savingBoard({ root, line, aloud, banners, say, acts, later }) {
  let shown = null;
  let turn = 0;

  function draw(record, figures, told) {
    const { words, sign } = savingLine(record, figures, say);
    root.dataset.saving = record.saving;
    root.dataset.unsent = record.waiting.length;
    line.classList.toggle("saving-off", sign !== "done");
    if (line.dataset.sign !== sign) line.querySelector("svg")?.remove();
    if (line.dataset.sign !== sign) line.prepend(drawing(sign));
    line.dataset.sign = sign;
    write(line.querySelector("span"), words);
    speak(words);
    drawBanner(told);
  }

  function speak(words) {
    const mine = (turn += 1);
    later(() => mine === turn && write(aloud, words), CALM);
  }

  function drawBanner(told) {
    const key = JSON.stringify(told);
    if (key === shown) return;
    shown = key;
    banners.replaceChildren(...(told ? [bannerOf(told)] : []));
  }

  function bannerOf({ kind, key, values = {}, sign = kind, actions = [] }) {
    const words = make(
      "span",
      { role: kind === "bad" ? "alert" : "status" },
      make("b", {}, `${say(`${key}_b`)} `),
      say(key, spoken(values, say)),
    );
    const buttons = actions.map((name) =>
      make(
        "button",
        { type: "button", className: "button button-small", data: { act: name }, onclick: () => acts[name]() },
        say(`act_${name}`),
      ),
    );
    return make(
      "div",
      { className: `banner banner-${kind} sheet-offline` },
      drawing(sign),
      words,
      make("span", { className: "row" }, ...buttons),
    );
  }
  return { draw };
}

function spoken({ n, notes, ratings }, say) {
  return {
    n,
    notes: notes === undefined ? "" : say("count_notes", { n: notes }),
    ratings: ratings === undefined ? "" : say("count_ratings", { n: ratings }),
  };
}
