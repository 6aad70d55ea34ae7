import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { agenda, keptOf, sheetOf } from "../../observe/static/js/capture/agenda.mjs";
import { keptFacts, keptWords, versionState } from "../../observe/static/js/capture/kept_facts.mjs";
import { hoursOf, moments, size } from "../../observe/static/js/capture/moments.mjs";
import { noticeOf } from "../../observe/static/js/capture/notice.mjs";
import { othersWaiting } from "../../observe/static/js/capture/others.mjs";
import { linesOf, refusedWords } from "../../observe/static/js/capture/refused.mjs";
import { isExport, packed } from "../../observe/static/js/capture/rescue.mjs";
import { newPairCode, readCode } from "../../observe/static/js/capture/pair_code.mjs";
import { matching, offered } from "../../observe/static/js/capture/unplanned.mjs";
import { savingWords, whyWords } from "../../observe/static/js/capture/waiting.mjs";
import { tabletName } from "../../observe/static/js/tablet_name.mjs";
import { memoryStore } from "./memory.mjs";

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
  const day = agenda(
    [lesson("b", "17T10:30"), lesson("a", "17T10:05", { state: "draft" }), lesson("c", "17T13:20")],
    NOW,
  );
  assert.deepEqual([day.next.observation_id, ids(day.later), day.earlier], ["a", ["b", "c"], []]);
});

test("This tablet lists what it holds, the newest first, and counts what can be begun on it", () => {
  const on = (id, start, notes, more = {}) => ({
    ...lesson(id, start, more),
    here: { notes, ratings: 0 },
    unsent: 0,
    ...more,
  });
  const { held, planned } = keptOf([
    on("sealed elsewhere", "10T09:00", 0, { state: "sealed" }),
    on("sealed here", "11T09:00", 8, { state: "sealed" }),
    on("only its start", "12T09:00", 0, { state: "draft" }),
    on("planned", "18T09:00", 0),
    on("cancelled", "19T09:00", 0, { gone: true }),
  ]);
  assert.deepEqual([ids(held), ids(planned)], [["only its start", "sealed here"], ["planned"]]);
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

test("a pair code is six consonants, all equally likely", () => {
  assert.match(newPairCode(), /^[BCDFGHJKLMNPQRSTVWXZ]{6}$/);
  assert.equal(
    newPairCode((count) => Uint8Array.from({ length: count }, (_, place) => place + 230)),
    "NPQRST",
  );
});

test("a code is read however it was typed", () => {
  for (const typed of ["KWRTBD", "kwrtbd", " kwr tbd ", "KWR-TBD"])
    assert.deepEqual(readCode(typed), { code: "KWRTBD" });
  assert.deepEqual(readCode("  "), { code: null });
});

test("what cannot be a code says why", () => {
  assert.deepEqual(readCode("KWRTAD"), { fault: "code_letter", letter: "A" });
  assert.deepEqual(readCode("KWRT8D"), { fault: "code_letter", letter: "8" });
  assert.deepEqual(readCode("KWRTB"), { fault: "code_length", n: 5 });
});

test("a teacher is found among sixty by the beginning of any name, with or without accents", () => {
  const people = [
    "Siôn Prydderch",
    "Catrin Morley",
    "Ann Sion-Rees",
    ...Array.from({ length: 60 }, (_, n) => `Teacher ${n}`),
  ];
  const found = matching(
    people.map((name) => ({ name })),
    "sion",
  );
  assert.deepEqual(
    found.map(({ name }) => name),
    ["Siôn Prydderch", "Ann Sion-Rees"],
  );
  assert.deepEqual(matching([{ name: "Siôn Prydderch" }], "pry si").length, 1);
  assert.equal(
    matching(
      people.map((name) => ({ name })),
      "",
    ).length,
    6,
  );
});

test("of two versions of a rubric only the newest is offered, and rubrics of lessons come first", () => {
  const rubrics = [
    { digest: "1", rubric: "talk", language: "en-GB", version: 1, title: "Talk", kind: "lesson" },
    { digest: "2", rubric: "talk", language: "en-GB", version: 2, title: "Talk", kind: "lesson" },
    { digest: "3", rubric: "books", language: "en-GB", version: 1, title: "Books", kind: "work-sample" },
    { digest: "4", rubric: "talk", language: "cy", version: 1, title: "Siarad", kind: "lesson" },
  ];
  assert.deepEqual(
    offered(rubrics).map(({ digest }) => digest),
    ["4", "2", "3"],
  );
});

test("days are told as one says them, in the school's zone", () => {
  const told = moments({ language: "en-GB", now: () => NOW });
  const at = (text) => Date.parse(`2026-11-${text}:00Z`);
  assert.equal(told.when(at("17T10:05"), "Europe/London"), "today 10:05");
  assert.equal(told.when(at("16T09:00"), "UTC"), "yesterday 9:00");
  const early = new Date(2026, 10, 17, 3, 45);
  assert.deepEqual([hoursOf("en-GB").format(early), told.time(early)], ["3:45", "3:45"]);
  assert.equal(told.day(at("19T09:00"), "UTC"), "Thursday");
  assert.equal(told.date(at("19T09:00"), "UTC"), "Thursday 19 November");
  assert.equal(told.date(Date.UTC(2025, 2, 3), "UTC"), "Monday 3 March 2025");
  assert.equal(told.day(at("11T09:00"), "UTC"), "11 November");
  assert.equal(told.day(Date.UTC(2025, 2, 3), "UTC"), "3 March 2025");
  assert.equal(told.day(at("17T23:30"), "Asia/Tokyo"), "tomorrow");
});

test("sizes are told in the unit that fits", () => {
  assert.deepEqual(
    [48_000_000, 2_100_000_000, 900].map((bytes) => size(bytes, "en-GB")),
    ["48 MB", "2.1 GB", "0.9 kB"],
  );
});

const say = (name, values = {}) => [name, ...Object.values(values)].join(" ");
const refused = (field, value, kind = "set") => ({ op: { kind, field, value } });

test("what was refused is told by line, rating or step, with its words in full", () => {
  const lines = linesOf([
    { op: { field: "note/1/text", value: "She waited." } },
    { op: { field: "note/1/mark", value: "+" } },
  ]);
  const words = (entry) => Object.values(refusedWords(entry, { say, lines }));
  assert.deepEqual(words(refused("note/2/text", "Too long …")), ["refused_line", "Too long …"]);
  assert.deepEqual(words(refused("note/1/mark", "*")), ["refused_mark", "She waited."]);
  assert.deepEqual(words(refused("rating/wait-time/whole", 5)), ["refused_rating wait time", "5"]);
  assert.deepEqual(words(refused(null, { reason: "" }, "unseal")), ["refused_unseal", ""]);
  assert.deepEqual(words(refused(null, null, "seal")), ["refused_seal", ""]);
  assert.deepEqual(words(refused("context/room", "7")), ["refused_other", "7"]);
});

test("whatever is going on, a page of the tablet says one thing first, and what to do", () => {
  const usual = { known: true, failed: false, secure: true, elsewhere: false, home: false, online: true };
  const first = (more) => Object.values(noticeOf({ ...usual, ...more }) ?? {}).slice(1);
  assert.deepEqual(first({}), []);
  assert.deepEqual(first({ failed: true, known: false }), ["cannot_keep_b", "cannot_keep", "check"]);
  assert.deepEqual(first({ known: false }), ["nobody_b", "nobody_online", "sign_in"]);
  assert.deepEqual(first({ known: false, online: false }), ["nobody_b", "nobody_offline", "again"]);
  assert.deepEqual(first({ elsewhere: true, online: false }), ["no_line_b", "instead_of_a_page", "again"]);
  assert.deepEqual(first({ elsewhere: true, home: true }), ["no_answer_b", "instead_of_today", "again"]);
  assert.deepEqual(first({ elsewhere: true, back: true }), ["answers_b", "answers", "open"]);
  assert.deepEqual(first({ back: true }), []);
  assert.deepEqual(first({ secure: false }), ["not_secure_b", "not_secure", "check"]);
});

test("what waits is told as notes where there are any, else as changes, and why it waits", () => {
  const told = { when: (at) => `at ${at}` };
  const words = (waits, lastSent = null) => savingWords({ waits, lastSent }, { say, told });
  assert.deepEqual(words({ changes: 5, notes: 2 }), { words: "kept_and_waits count_notes 2", sign: "off" });
  assert.deepEqual(words({ changes: 5, notes: 0 }), { words: "kept_and_waits count_changes 5", sign: "off" });
  assert.deepEqual(words({ changes: 0, notes: 0 }, 7), { words: "all_sent at 7", sign: "done" });
  assert.deepEqual(words({ changes: 0, notes: 0 }), { words: "nothing_waits", sign: "done" });
  assert.deepEqual([whyWords("wrong person", say), whyWords("sent", say)], ["why_wrong_person", ""]);
});

const IPAD = { userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605", maxTouchPoints: 5 };

test("an iPad is known though it calls itself a Macintosh, and is told what it forgets", () => {
  assert.deepEqual(
    [tabletName(IPAD), tabletName({ ...IPAD, maxTouchPoints: 0 }), tabletName({})],
    ["iPad", "Mac", "Tablet"],
  );
  assert.deepEqual(keptWords({ kept: false, home: false, forgets: true }), { kept: "kept_no", home: "home_no_ipad" });
  assert.deepEqual(keptWords({ kept: null, home: true, forgets: true }), { kept: "kept_unknown", home: "home_yes" });
});

test("a browser that tells nothing of what it keeps leaves the facts open", async () => {
  const page = { navigator: IPAD, matchMedia: () => ({ matches: false }) };
  assert.deepEqual(await keptFacts(page), { kept: null, usage: null, quota: null, home: false, forgets: true });
});

test("a version is the newest, older, or not known without the server", async () => {
  const server = (version) => ({
    fetch: async () => new Response("", { headers: version ? { "X-Observe-Shell": version } : {} }),
    address: "/",
  });
  assert.equal(await versionState("a", server("a")), "newest");
  assert.equal(await versionState("a", server("b")), "older");
  assert.equal(await versionState("a", server(null)), "unknown");
  assert.equal(await versionState("a", { fetch: () => Promise.reject(new TypeError()), address: "/" }), "unknown");
});

const PEOPLE = [
  "00000000-0000-7000-8000-000000000001",
  "00000000-0000-7000-8000-000000000002",
  "00000000-0000-7000-8000-000000000003",
];

test("of other people only how many have work here that waits is looked at", async () => {
  const stores = PEOPLE.map(() => ({ ...memoryStore(), close: async () => {} }));
  for (const store of stores.slice(0, 2))
    await store.transact("readwrite", (tx) => tx.add("operations", { op: { op_id: "1" }, waiting: 1 }));
  const names = [...PEOPLE.map((id) => `observe-${id}`), "observe-check", "something else"].map((name) => ({ name }));
  const given = { factory: { databases: async () => names }, open: (person) => stores[PEOPLE.indexOf(person)] };
  assert.equal(await othersWaiting(PEOPLE[0], given), 1);
  assert.equal(await othersWaiting(PEOPLE[2], given), 2);
  assert.equal(await othersWaiting(PEOPLE[0], { factory: {} }), 0);
});

test("a file is looked at before it leaves the tablet, and packed as the server unpacks it", async () => {
  const text = JSON.stringify({ person_id: "sion", operations: [], notes: "Siôn ".repeat(50_000) });
  assert.deepEqual([isExport(text), isExport("{}"), isExport("\u0089PNG")], [true, false, false]);
  const small = await packed(text);
  assert.ok(small.length < text.length / 50);
  assert.equal(gunzipSync(Buffer.from(small, "base64")).toString(), text);
});
