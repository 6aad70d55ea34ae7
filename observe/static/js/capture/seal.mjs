// Finishing: what is still open, the one question, the seal, and what happens after it.

import { stateAfter } from "../operations.mjs";
import { make, write } from "../page.mjs";
import { closedWords } from "./closed_note.mjs";
import { lateList, lateRatings } from "./late.mjs";
import { untagged } from "./notes.mjs";
import { unrated } from "./rating.mjs";

const MOST_REPAIRS = 3;

/** `draft`, `closing` (the seal has not reached the server), `sealed` or `withdrawn`. */
export function stateHere(record, known) {
  const told = ["sealed", "withdrawn"].includes(known) ? known : "draft";
  return stateAfter(record.waiting.map((row) => row.op)) ?? told;
}

/** What is still open: criteria without a rating and lines without a criterion. */
export const leftOpen = ({ rubric, record, notes, elapsed }) => ({
  criteria: unrated(rubric, (field) => record.value(field), elapsed),
  lines: untagged(notes).length,
});

/** What to do when the server sees another record than the tablet sealed: send what it lacks, bring what we lack, seal again. */
export function repairer({ record, outbox, bring, seal }) {
  let tries = 0;
  return async function repair(repairs) {
    const mine = repairs.find((each) => each.observation === record.observation);
    if (!mine || (tries += 1) > MOST_REPAIRS) return;
    record.take(await bring());
    record.take(await outbox.resend(record.rowsToRepair(mine.fields)));
    await seal();
  };
}

/** The last section of the sheet. `given`: section, pairUrl (answers it), rubric, say, record, clock, seal, reopen, show (a criterion), filter (untagged). */
export class Finish {
  #given;
  #asked = false;
  #shown = null;
  #last = [];

  constructor(given) {
    this.#given = given;
    this.#part("#seal-record").addEventListener("click", () => this.#ask(true));
  }

  #part(selector) {
    return this.#given.section.querySelector(selector);
  }

  #ask(asked) {
    this.#asked = asked;
    this.#shown = null;
    this.draw(...this.#last);
    this.#part(asked ? "#seal-yes" : "#seal-record")?.focus();
  }

  /** Shows what is open, or that the record is closed and how far the partner is (`pair`, `shut`). */
  draw(state, notes, { pair, shut }) {
    this.#last = [state, notes, { pair, shut }];
    const open = leftOpen({ ...this.#given, notes, elapsed: this.#given.clock.observed() });
    const late = lateRatings(this.#given.record);
    const looks = JSON.stringify([
      state,
      pair,
      shut,
      late,
      this.#asked,
      open.criteria.map((each) => [each.criterion, each.occasions]),
      open.lines,
    ]);
    if (looks === this.#shown) return;
    this.#shown = looks;
    const drafting = state === "draft";
    this.#part("#seal-record").hidden = !drafting || this.#asked;
    this.#part("#seal-words").hidden = !drafting;
    write(this.#part("#h-seal"), this.#given.say(drafting ? "finish" : `state_${state}`));
    this.#part("#left-open").replaceChildren(...(drafting ? this.#open(open) : this.#closed(state, pair, shut, late)));
  }

  #open({ criteria, lines }) {
    const { say, show, filter } = this.#given;
    const link = (each) =>
      make(
        "button",
        { type: "button", className: "chip", onclick: () => show(each.criterion) },
        make("b", {}, each.code),
        make("span", {}, this.#named(each)),
      );
    return [
      make("p", {}, criteria.length ? say("open_criteria", { n: criteria.length }) : say("all_rated")),
      criteria.length ? make("div", { className: "chips" }, ...criteria.map(link)) : null,
      lines
        ? make(
            "p",
            {},
            make(
              "button",
              { type: "button", className: "button button-quiet button-small", onclick: filter },
              say("without_criterion", { n: lines }),
            ),
          )
        : null,
      this.#asked ? this.#question() : null,
    ].filter(Boolean);
  }

  #named({ title, occasions, occasion }) {
    return occasion === "whole" ? title : `${title}, ${this.#given.say("times", { n: occasions.length })}`;
  }

  #question() {
    const { say, seal } = this.#given;
    const yes = make(
      "button",
      {
        type: "button",
        id: "seal-yes",
        className: "button button-primary button-big",
        onclick: () => this.#sealed(seal),
      },
      say("seal_yes"),
    );
    const no = make(
      "button",
      { type: "button", id: "seal-no", className: "button button-big", onclick: () => this.#ask(false) },
      say("seal_no"),
    );
    return make(
      "div",
      { className: "banner", role: "group", "aria-labelledby": "seal-question" },
      make("p", { id: "seal-question" }, say("seal_question")),
      make("div", { className: "row" }, yes, no),
    );
  }

  #sealed(seal) {
    this.#asked = false;
    this.#given.section.focus();
    return seal();
  }

  #closed(state, pair, shut, late) {
    const { say, pairUrl, reopen } = this.#given;
    const revealed = ["revealed", "closed"].includes(pair?.state);
    const words = closedWords(state, pair, say);
    const compare = make(
      "a",
      { id: "compare", className: `button ${revealed ? "button-primary button-big" : ""}`, href: pairUrl() },
      say(revealed ? "compare" : "to_pair"),
    );
    const again = make(
      "button",
      { type: "button", id: "reopen", className: "button button-quiet button-small", onclick: reopen },
      say("reopen"),
    );
    return [
      make("p", { id: "after-seal" }, words),
      state === "withdrawn" || !pair ? null : make("p", {}, compare),
      state === "withdrawn" || revealed || shut ? null : make("p", {}, again),
      lateList(late, this.#given),
    ].filter(Boolean);
  }
}
