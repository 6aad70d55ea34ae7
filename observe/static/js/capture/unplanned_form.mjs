// The form for a lesson that nobody planned: school, teacher, class, rubric, and the letters of a partner's tablet.

import { make, write } from "../page.mjs";
import { readCode } from "./pair_code.mjs";
import { matching, offered } from "./unplanned.mjs";

/**
 * `given`: form, say, begin ({school, teacher, class, rubric, kind, pair_code} → whether it could),
 * isReady (rubric → whether its sheet opens).
 */
export class UnplannedForm {
  #given;
  #schools = [];
  #rubrics = [];
  #teacher = null;
  #gone = false;
  #likely = null;

  constructor(given) {
    this.#given = given;
    const { school, teacher, code } = given.form.elements;
    school.addEventListener("change", () => this.#turnTo(school.value));
    teacher.addEventListener("input", () => this.#look());
    teacher.addEventListener("keydown", (event) => this.#first(event));
    code.addEventListener("input", () => this.#wrong("code", null));
    addEventListener("pageshow", () => (this.#gone = false));
    given.form.addEventListener("submit", (event) => this.#submit(event));
  }

  /** Offers what the tablet knows; what was chosen stays. `likely`: the rubric that is used most here. */
  offer({ schools, rubrics, likely }) {
    const looks = JSON.stringify([schools, rubrics]);
    if (looks === this.#given.form.dataset.offers) return;
    this.#given.form.dataset.offers = looks;
    this.#schools = schools.filter(({ teachers }) => teachers.length);
    this.#rubrics = offered(rubrics);
    const { school, rubric } = this.#given.form.elements;
    fill(
      school,
      this.#schools.map(({ id, name }) => [id, name]),
    );
    this.#field("school").hidden = this.#schools.length === 1;
    fill(
      rubric,
      this.#rubrics.map((each) => [each.digest, this.#titled(each)]),
      rubric.value || (this.#likely ?? likely),
    );
    this.#turnTo(school.value);
  }

  /** Letters that came with the address, and the rubric that belongs to them. */
  take(code, rubric = null) {
    this.#likely = rubric;
    this.#given.form.elements.code.value = code;
    this.#readCode();
  }

  #readCode() {
    const read = readCode(this.#given.form.elements.code.value);
    this.#wrong("code", read.fault ?? null, read);
    return read;
  }

  #titled({ title, kind }) {
    const { say } = this.#given;
    return say("rubric_of_kind", { title, kind: say(KINDS[kind] ?? "kind_lesson") });
  }

  get #school() {
    return this.#schools.find(({ id }) => id === this.#given.form.elements.school.value);
  }

  #turnTo(id) {
    const school = this.#schools.find((each) => each.id === id);
    const { class: taught } = this.#given.form.elements;
    const classes = (school?.classes ?? []).map((each) => [each.id, each.name]);
    fill(taught, [["", this.#given.say("no_class")], ...classes], taught.value);
    this.#field("class").hidden = classes.length === 0;
    if (this.#teacher && !school?.teachers.some((each) => each.id === this.#teacher.id)) this.#choose(null);
    this.#look();
  }

  #look() {
    const typed = this.#given.form.elements.teacher.value;
    if (this.#teacher && typed !== this.#teacher.name) this.#teacher = null;
    this.#wrong("teacher", null);
    const found = this.#teacher ? [] : matching(this.#school?.teachers ?? [], typed);
    this.#part("teacher-found").replaceChildren(...found.map((teacher) => this.#chip(teacher)));
    const words = this.#teacher ? "" : this.#given.say(found.length ? "found" : "found_none", { n: found.length });
    write(this.#part("teacher-found-words"), typed ? words : "");
  }

  #chip(teacher) {
    const chosen = () => {
      this.#choose(teacher);
      this.#given.form.elements[this.#field("class").hidden ? "rubric" : "class"].focus();
    };
    return make("button", { type: "button", className: "chip", onclick: chosen }, teacher.name);
  }

  #choose(teacher) {
    this.#teacher = teacher;
    this.#given.form.elements.teacher.value = teacher?.name ?? "";
    this.#look();
  }

  // Return takes the only one, or the first, and sends nothing before somebody was chosen.
  #first(event) {
    if (event.key !== "Enter" || this.#teacher) return;
    event.preventDefault();
    this.#part("teacher-found").firstElementChild?.click();
  }

  // A second tap while the sheet is on its way makes no second lesson.
  async #submit(event) {
    event.preventDefault();
    if (this.#gone) return;
    this.#gone = true;
    const chosen = await this.#chosen();
    this.#gone = chosen !== null && (await this.#given.begin(chosen));
    if (!chosen) this.#given.form.querySelector("[aria-invalid]")?.focus();
  }

  /** What was chosen, or null with a sentence at each field that is wrong. */
  async #chosen() {
    const { class: taught, rubric } = this.#given.form.elements;
    const { fault, code } = this.#readCode();
    const here = await this.#given.isReady(rubric.value);
    this.#wrong("teacher", this.#teacher ? null : "teacher_missing");
    this.#wrong("rubric", here ? null : "rubric_not_here");
    if (!this.#teacher || fault || !here) return null;
    const { id, name, classes } = this.#school;
    return {
      school: { id, name },
      teacher: this.#teacher,
      class: classes.find((each) => each.id === taught.value) ?? null,
      rubric: rubric.value,
      kind: this.#rubrics.find((each) => each.digest === rubric.value).kind,
      pair_code: code,
    };
  }

  #wrong(name, sentence, values) {
    const said = this.#part(`${name}-wrong`);
    said.hidden = !sentence;
    write(said, sentence ? this.#given.say(sentence, values) : "");
    this.#field(name).classList.toggle("field-wrong", Boolean(sentence));
    const input = this.#given.form.elements[name];
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  #field(name) {
    return this.#given.form.querySelector(`[data-field="${name}"]`);
  }

  #part(id) {
    return this.#given.form.querySelector(`#${id}`);
  }
}

const KINDS = {
  lesson: "kind_lesson",
  "work-sample": "kind_work_sample",
  "feedback-talk": "kind_feedback_talk",
  observing: "kind_observing",
  leadership: "kind_leadership",
};

function fill(select, options, chosen = select.value) {
  select.replaceChildren(...options.map(([value, words]) => make("option", { value }, words)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}
