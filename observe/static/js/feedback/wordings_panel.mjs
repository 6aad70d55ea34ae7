// Other words for the open line: the rubric's own, one's phrases, the network's; and keeping a line as a phrase.

import { make, write } from "../page.mjs";
import { moulded, pieceOf } from "./moulds.mjs";
import { phrasesWith, withoutPlace } from "./phrases.mjs";

/**
 * `given`: facts, say, api {wordings(line), keepPhrase(line, words)} which answer null without a network, and
 * take(key, wording), which puts words into a line. Answers open(box, line) and keep(box, line).
 */
export function wordingsPanel({ facts, say, api, take, tell }) {
  async function open(box, line) {
    const into = panelIn(box);
    into.replaceChildren(...pieceOf("wordings", line.key));
    into.hidden = false;
    const list = into.querySelector("[data-list]");
    const letters = into.querySelector("[data-letters]");
    let offered = offline(line);
    const draw = () => drawList(list, into.querySelector("[data-none]"), phrasesWith(letters.value, offered.all), offered);
    letters.addEventListener("input", draw);
    list.addEventListener("click", ({ target }) => {
      const wording = offered.all[target.closest("[data-do=take]")?.dataset.place];
      if (wording) take(line.key, wording);
    });
    draw();
    letters.focus({ preventScroll: true });
    into.scrollIntoView({ block: "nearest" });
    const told = await api.wordings(line);
    if (told) offered = online(told);
    draw();
  }

  const offline = (line) => {
    const fits = ({ criterion }) => Boolean(criterion) && criterion === line.criterion;
    const own = facts.phrases.filter(({ part }) => part === line.part);
    return { why: "rubric_needs_network", all: [...own.filter(fits), ...own.filter((each) => !fits(each))].map(ofBank) };
  };

  const online = ({ rubrics, phrases }) => ({
    why: "no_wordings",
    all: [...rubrics.map((each) => ({ ...each, from: say("from_rubric") })), ...phrases.map(ofBank)],
  });

  const ofBank = (phrase) => ({
    ...phrase,
    text: withoutPlace(phrase.text),
    from: say(phrase.mine ? "from_me" : "from_network"),
  });

  function drawList(list, none, found, { all, why }) {
    list.replaceChildren(...found.map((wording) => row(wording, all.indexOf(wording))));
    const words = all.length === 0 ? say(why) : found.length === 0 ? say("none_found") : why === "no_wordings" ? "" : say(why);
    none.hidden = !words;
    write(none, words);
  }

  function keep(box, line) {
    const into = panelIn(box);
    into.replaceChildren(moulded("phrase", line.key));
    into.hidden = false;
    const field = into.querySelector("textarea");
    field.value = line.plan?.try ?? line.text;
    field.focus();
    into.querySelector("[data-do=keep-phrase]").addEventListener("click", async () => {
      const phrases = await api.keepPhrase(line, field.value);
      if (phrases) facts.phrases = phrases;
      if (phrases) close(box, "phrase");
      tell(say(phrases ? "kept_phrase" : "not_kept"), true);
    });
    into.querySelector("[data-do=no-phrase]").addEventListener("click", () => close(box, "phrase"));
  }

  return { open, keep, close };
}

const panelIn = (box) => box.querySelector("[data-wordings]");

/** Closes what is open below a line; the button that opened it has the focus. */
function close(box, opener) {
  panelIn(box).hidden = true;
  panelIn(box).replaceChildren();
  box.querySelector("[data-do=wordings]").setAttribute("aria-expanded", "false");
  box.querySelector(`[data-do=${opener}]`)?.focus({ preventScroll: true });
}

function row({ text, plan, from }, place) {
  const made = moulded("wording");
  made.querySelector("button").dataset.place = place;
  made.querySelector("[data-text]").textContent = plan ? plan.try : text;
  const more = plan && [plan.when, plan.see].filter(Boolean).join(" · ");
  made.querySelector("[data-from]").append(from, ...(more ? [make("span", { className: "quiet" }, ` · ${more}`)] : []));
  return made;
}
