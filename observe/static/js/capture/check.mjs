// The page /check: tries this tablet and this network, live, and says in words what is wrong and who can mend it.

import { copied } from "../clipboard.mjs";
import { block, drawing, make, pageLanguage, part, speaker, write } from "../page.mjs";
import { openStore } from "../store.mjs";
import { CHECKS, asText, asker, verdictOf } from "./checks.mjs";
import { moments, size } from "./moments.mjs";

const SIGNS = { fine: "done", look: "warn", broken: "bad" };
const TAGS = { fine: "tag tag-good", look: "tag tag-warn", broken: "tag tag-bad", waiting: "tag" };
const CLASSES = { fine: "is-good", look: "is-warn", broken: "is-bad" };
const BANNERS = { good: "banner-good", careful: "banner-warn", stop: "banner-bad" };
const VERDICTS = { good: "done", careful: "warn", stop: "bad" };

const language = pageLanguage();
const say = speaker(block("words"), language);
const told = moments({ language, now: Date.now });
const later = (wait) => new Promise((resolve) => setTimeout(resolve, wait));
const given = {
  page: globalThis,
  ask: asker((...asked) => fetch(...asked)),
  openStore,
  later,
  size: (bytes) => size(bytes, language),
};

let rows = [];

const said = ({ words, values }) => say(words, values?.at ? { when: told.when(values.at) } : values);

const headOf = (name, state) =>
  make(
    "p",
    { className: "check-head" },
    make("b", {}, say(`name_${name}`)),
    make("span", { className: TAGS[state] }, say(`state_${state}`)),
  );

function waitingRow(name) {
  return make(
    "li",
    { id: `check-${name}`, data: { state: "waiting" } },
    make("span", { className: "check-sign" }),
    make("div", {}, headOf(name, "waiting")),
  );
}

function resultRow(name, result) {
  const row = part(`check-${name}`);
  const { state, who, detail } = result;
  row.className = CLASSES[state];
  row.dataset.state = state;
  const words = [
    headOf(name, state),
    make("p", {}, said(result)),
    who ? make("p", { className: "check-who" }, say(`who_${who}`)) : null,
    make("p", { className: "check-detail" }, detail),
  ];
  row.replaceChildren(drawing(SIGNS[state]), make("div", {}, ...words));
}

async function run() {
  part("again").disabled = part("copy").disabled = true;
  part("main").dataset.verdict = "";
  part("checks").replaceChildren(...Object.keys(CHECKS).map(waitingRow));
  rows = [];
  for (const [name, check] of Object.entries(CHECKS)) await runOne(name, check);
  part("again").disabled = part("copy").disabled = false;
  conclude();
}

async function runOne(name, check) {
  write(part("live"), say("trying", { name: say(`name_${name}`) }));
  const before = Object.fromEntries(rows.map((row) => [row.name, row]));
  const result = await check({ ...given, before }).catch(brokenCheck);
  resultRow(name, result);
  rows.push({ name, ...result });
}

const brokenCheck = (fault) => ({ state: "broken", words: "check_failed", who: "keeper", detail: String(fault) });

function conclude() {
  const verdict = verdictOf(rows);
  write(part("live"), "");
  part("verdict").className = `banner section-tight ${BANNERS[verdict]}`;
  part("verdict").replaceChildren(drawing(VERDICTS[verdict]), verdictWords(verdict));
  part("verdict").hidden = false;
  part("main").dataset.verdict = verdict;
}

function verdictWords(verdict) {
  const count = (state) => rows.filter((row) => row.state === state).length;
  const counts = say("counts", { fine: count("fine"), look: count("look"), broken: count("broken") });
  return make("span", {}, make("b", {}, `${say(`verdict_${verdict}`)} `), counts);
}

function text() {
  const page = `Observe ${part("main").dataset.version}, ${location.origin}`;
  const spoken = rows.map((row) => ({ ...row, said: said(row) }));
  return asText(spoken, [page, new Date().toISOString(), navigator.userAgent]);
}

// The text is shown and chosen too, for whoever copies it by hand.
async function copy() {
  const field = part("result");
  field.value = text();
  field.hidden = false;
  const done = await copied(field.value);
  field.select();
  if (done) write(part("said"), say("copied_result"));
}

part("again").addEventListener("click", run);
part("copy").addEventListener("click", copy);
run();
