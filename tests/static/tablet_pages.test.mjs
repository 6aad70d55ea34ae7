import assert from "node:assert/strict";
import { test } from "node:test";
import { agenda, sheetOf } from "../../observe/static/js/capture/agenda.mjs";
import { moments, size } from "../../observe/static/js/capture/moments.mjs";
import { matching, offered, readCode } from "../../observe/static/js/capture/unplanned.mjs";

const NOW = Date.UTC(2026, 10, 17, 10, 20);
const lesson = (id, starts_at, more = {}) => ({
  observation_id: id,
  starts_at: `2026-11-${starts_at}:00+00:00`,
  minutes: 60,
  state: "planned",
  gone: false,
  rubric: "sha256:aa",
  ...more,
});
const ids = (lessons) => lessons.map((each) => each.observation_id);

test("the lesson that goes on comes before the one that is next", () => {
  const day = agenda([lesson("b", "17T10:30"), lesson("a", "17T10:05", { state: "draft" }), lesson("c", "17T13:20")], NOW);
  assert.deepEqual([day.next.observation_id, ids(day.later), day.earlier], ["a", ["b", "c"], []]);
});

test("a lesson that was not begun in time is still offered half an hour after its end", () => {
  const late = lesson("a", "17T09:00");
  assert.equal(agenda([late], NOW).next, late);
  assert.deepEqual(ids(agenda([late], NOW + 3_600_000).earlier), ["a"]);
});

test("what is sealed, withdrawn or was cancelled is not offered, and what was begun always is", () => {
  const lessons = [
    lesson("sealed", "17T13:00", { state: "sealed" }),
    lesson("closing", "17T13:00", { state: "closing" }),
    lesson("cancelled", "17T13:00", { gone: true }),
    lesson("begun", "16T13:00", { gone: true, state: "draft" }),
  ];
  const day = agenda(lessons, NOW);
  assert.deepEqual([day.next, ids(day.later), ids(day.earlier)], [null, [], ["begun"]]);
});

test("a lesson opens the sheet of its rubric and names its record behind the hash", () => {
  assert.equal(sheetOf(lesson("a", "17T10:05")), "/sheet/aa#a");
});

test("a code is read however it was typed", () => {
  for (const typed of ["KWRTBD", "kwrtbd", " kwr tbd ", "KWR-TBD"]) assert.deepEqual(readCode(typed), { code: "KWRTBD" });
  assert.deepEqual(readCode("  "), { code: null });
});

test("what cannot be a code says why", () => {
  assert.deepEqual(readCode("KWRTAD"), { fault: "code_letter", letter: "A" });
  assert.deepEqual(readCode("KWRT8D"), { fault: "code_letter", letter: "8" });
  assert.deepEqual(readCode("KWRTB"), { fault: "code_length", n: 5 });
});

test("a teacher is found among sixty by the beginning of any name, with or without accents", () => {
  const people = ["Siôn Prydderch", "Catrin Morley", "Ann Sion-Rees", ...Array.from({ length: 60 }, (_, n) => `Teacher ${n}`)];
  const found = matching(people.map((name) => ({ name })), "sion");
  assert.deepEqual(found.map(({ name }) => name), ["Siôn Prydderch", "Ann Sion-Rees"]);
  assert.deepEqual(matching([{ name: "Siôn Prydderch" }], "pry si").length, 1);
  assert.equal(matching(people.map((name) => ({ name })), "").length, 6);
});

test("of two versions of a rubric only the newest is offered, and rubrics of lessons come first", () => {
  const rubrics = [
    { digest: "1", rubric: "talk", language: "en-GB", version: 1, title: "Talk", kind: "lesson" },
    { digest: "2", rubric: "talk", language: "en-GB", version: 2, title: "Talk", kind: "lesson" },
    { digest: "3", rubric: "books", language: "en-GB", version: 1, title: "Books", kind: "work-sample" },
    { digest: "4", rubric: "talk", language: "cy", version: 1, title: "Siarad", kind: "lesson" },
  ];
  assert.deepEqual(offered(rubrics).map(({ digest }) => digest), ["4", "2", "3"]);
});

test("days are told as one says them, in the school's zone", () => {
  const told = moments({ language: "en-GB", now: () => NOW });
  const at = (text) => Date.parse(`2026-11-${text}:00Z`);
  assert.equal(told.when(at("17T10:05"), "Europe/London"), "Today 10:05");
  assert.equal(told.when(at("16T09:00"), "UTC"), "Yesterday 09:00".replace("09", "9"));
  assert.equal(told.day(at("19T09:00"), "UTC"), "Thursday");
  assert.equal(told.day(at("11T09:00"), "UTC"), "11 November");
  assert.equal(told.day(Date.UTC(2025, 2, 3), "UTC"), "3 March 2025");
  assert.equal(told.day(at("17T23:30"), "Asia/Tokyo"), "Tomorrow");
});

test("sizes are told in the unit that fits", () => {
  assert.deepEqual([48_000_000, 2_100_000_000, 900].map((bytes) => size(bytes, "en-GB")), ["48 MB", "2.1 GB", "0.9 kB"]);
});
