"""`observe feedback draft`: a record in a file becomes sentences with their notes, or faults by their place."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Said, observe

LESSON = {"id": "l-1", "teacher": "Catrin Morley", "class": "Year 5", "subject": "Maths",
          "on": "2026-11-17", "begins_at": "10:00", "observers": ["Siôn Prydderch", "Ruth Adeyemi"]}  # fmt: skip
NOTES = [
    {"id": "s1", "minute": 11, "text": "four questions answered by the same three pupils",
     "criteria": ["who-thinks"], "mark": "-", "observer": "Siôn Prydderch"},
    {"id": "r1", "minute": 16, "text": "T: Who can build on that?", "criteria": ["talk"],
     "mark": "+", "observer": "Ruth Adeyemi"},
    {"id": "r2", "minute": 20, "text": "Pupils were on the carpet throughout", "criteria": ["talk"],
     "mark": "+", "observer": "Ruth Adeyemi", "private": True},
    {"id": "r3", "minute": 21, "text": "level 3 for talk", "criteria": ["reasons"], "mark": "+",
     "observer": "Ruth Adeyemi"},
    {"id": "s2", "minute": 24, "text": "said who hurt him", "criteria": ["warmth"], "mark": "+",
     "observer": "Siôn Prydderch", "safeguarding": True},
    {"id": "x1", "minute": 2, "text": "seen last week", "criteria": ["warmth"], "mark": "+",
     "observer": "Siôn Prydderch", "lesson": "l-0"},
]  # fmt: skip
RECORD: dict[str, Any] = {"lesson": LESSON, "agreed": {"who-thinks": 2, "talk": 3}, "notes": NOTES}


def draft(tmp_path: Path, record: object, *options: str, rubric: str = "ways-of-looking") -> Said:
    file = tmp_path / "record.json"
    told = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
    file.write_text(told, encoding="utf-8")
    return observe("feedback", "draft", file, "--rubric", rubric, *options)


def with_note(**changes: Any) -> dict[str, Any]:
    note = {key: value for key, value in {**NOTES[0], **changes}.items() if value is not ...}
    return {**RECORD, "notes": [note]}


def with_lesson(**changes: Any) -> dict[str, Any]:
    lesson = {key: value for key, value in {**LESSON, **changes}.items() if value is not ...}
    return {**RECORD, "lesson": lesson}


def test_each_sentence_comes_with_its_part_its_criterion_and_its_notes(tmp_path: Path) -> None:
    answer = draft(tmp_path, RECORD, "--json").answer
    assert [one["part"] for one in answer["sentences"]][:2] == ["opening", "opening"]
    claims = [one for one in answer["sentences"] if one["part"] in ("strength", "next_step")]
    assert {(one["criterion"], *one["note_ids"]) for one in claims} == {
        ("talk", "r1"),
        ("who-thinks", "s1"),
    }
    assert any("at 10:16 you asked, “Who can build on that?”" in one["text"] for one in claims)
    assert answer["target"]["due"] == "2026-12-11"
    assert answer["rubric"].startswith("ways-of-looking@")


def test_what_may_not_be_told_is_nowhere_in_the_answer(tmp_path: Path) -> None:
    said = draft(tmp_path, RECORD, "--json").out
    for untold in ("r2", "r3", "s2", "x1", "carpet", "hurt", "last week", "level 3"):
        assert untold not in said


def test_an_ungraded_draft_tells_no_level_of_any_criterion(tmp_path: Path) -> None:
    labels = ("Hardly at all", "Now and then", "Much of the lesson", "All the way through")
    notes = [
        {**NOTES[0], "id": f"n{place}", "text": f"{label} pupils think, {text}"}
        for place, (label, text) in enumerate(
            zip(labels, ("a 2", "level 2", "rated 3", "grade: 4"), strict=True)
        )
    ]
    target = {"text": "From hardly at all to much of the lesson", "criterion": "who-thinks"}
    told = draft(tmp_path, {**RECORD, "notes": [*notes, NOTES[0]], "target": target}, "--json")
    assert not [label for label in labels if label.lower() in told.out.lower()]
    assert told.answer["sentences"][-1]["note_ids"] == ["s1"]


@pytest.mark.parametrize("typed", ["level 3 today pupils talk", "Lvl 2 pupils talk", "talk: L3"])
def test_a_note_or_a_target_that_names_a_level_is_not_told(tmp_path: Path, typed: str) -> None:
    note = {**NOTES[0], "text": typed}
    target = {"text": typed, "criterion": "who-thinks"}
    assert "talk" not in draft(tmp_path, {"lesson": LESSON, "notes": [note], "target": target}).out


def test_a_draft_can_be_read_without_json(tmp_path: Path) -> None:
    said = draft(tmp_path, RECORD).out
    assert said.startswith("For Catrin Morley, from Siôn Prydderch and Ruth Adeyemi\n")
    assert "\nWhat worked\n" in said
    assert "  [r1]\n" in said


def test_without_evidence_it_says_what_is_missing(tmp_path: Path) -> None:
    answer = draft(tmp_path, {"lesson": LESSON}, "--json").answer
    assert {one["part"] for one in answer["sentences"]} == {"opening"}
    assert len(answer["missing"]) == 2


def test_a_record_comes_from_standard_input_too(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO(json.dumps(RECORD).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw, encoding="utf-8"))
    answer = observe("feedback", "draft", "-", "--rubric", "ways-of-looking", "--json").answer
    assert answer["lesson"] == "l-1"


def test_a_rubric_file_serves_as_well_as_the_id_of_one_that_ships(tmp_path: Path) -> None:
    file = str(Path("rubrics/teaching-framework.yaml").resolve())
    graded = {"lesson": LESSON, "differ": {"questioning": [1, 2]},
              "notes": [{"id": "1", "text": "one-word answers", "criteria": ["questioning"]}]}  # fmt: skip
    by_file = draft(tmp_path, graded, "--json", rubric=file).answer
    assert by_file == draft(tmp_path, graded, "--json", rubric="teaching-framework").answer
    assert by_file["sentences"][-1]["note_ids"] == ["1"]


def test_it_does_not_begin_like_the_letters_before(tmp_path: Path) -> None:
    first = draft(tmp_path, RECORD, "--json").answer["sentences"][0]["text"]
    again = draft(tmp_path, {**RECORD, "previous_openings": [first]}, "--json").answer
    assert again["sentences"][0]["text"].split()[0] != first.split()[0]


@pytest.mark.parametrize(
    ("differ", "said"), [([3, 4], ["strength"]), ([1, 4], []), ([3, None], [])]
)
def test_observers_who_differ_are_quoted_from_one_side_only(
    tmp_path: Path, differ: list[int | None], said: list[str]
) -> None:
    note = {**NOTES[0], "criteria": ["questioning"], "mark": None}
    record = {"lesson": LESSON, "differ": {"questioning": differ}, "notes": [note]}
    answer = draft(tmp_path, record, "--json", rubric="teaching-framework").answer
    assert [one["part"] for one in answer["sentences"] if one["criterion"]][: len(said)] == said


KNOWN = "known are who-thinks, reasons, time-to-think, talk, aim, showing, finding-out, mistakes, warmth"
FAULTS: dict[str, tuple[object, str]] = {
    "no json": ("{", "the record: line 1, column 2 is not JSON: "),
    "nothing": ("", "the record: line 1, column 1 is not JSON: "),
    "a list": ("[]", "the record: write keys and values, in { }"),
    "no number": ('{"lesson": NaN}', "lesson: NaN is no JSON; write a number or null"),
    "a key twice": ('{"lesson": {}, "lesson": {}}', "lesson: `lesson` stands twice here; keep one"),
    "an empty record": ({}, "lesson: it is missing"),
    "no teacher": (with_lesson(teacher=...), "lesson.teacher: it is missing"),
    "an empty teacher": (with_lesson(teacher=""), "lesson.teacher: nothing stands here;"),
    "no such day": (with_lesson(on="2026-02-30"), "lesson.on: write a day as 2026-11-17"),
    "a day turned round": (with_lesson(on="17/11/2026"), "lesson.on: write a day as 2026-11-17"),
    "a number for a day": (with_lesson(on=20261117), "lesson.on: write a day as 2026-11-17"),
    "no such time": (with_lesson(begins_at="25:00"), "lesson.begins_at: write a time of day such as 10:05"),
    "a stranger": (with_lesson(author="Ben"), "lesson.author: `Ben` is none of the observers: Siôn Prydderch"),
    "an unknown key": (with_lesson(techer="Ben"), "lesson.techer: no such key; did you mean `teacher`?"),
    "a text for a minute": (with_note(minute="11"), 'notes[0].minute: "11" is not a whole number'),
    "half a minute": (with_note(minute=1.5), "notes[0].minute: 1.5 is not a whole number"),
    "a minute before": (with_note(minute=-1), "notes[0].minute: write a number of at least 0"),
    "a day later": (with_note(minute=1440), "notes[0].minute: write a number under 1440"),
    "a number for an id": (with_note(id=7), 'notes[0].id: write it in quotes: "7"'),
    "no id": (with_note(id=...), "notes[0].id: it is missing"),
    "no text": (with_note(text=...), "notes[0].text: it is missing"),
    "half a character": (json.dumps(with_note(text="\ud800")), "notes[0].text: there is half a character in it"),
    "a long number": ('{"lesson": ' + "9" * 5000 + "}", "lesson: this number is too long"),
    "a blank note": (with_note(text=" \n "), "notes[0].text: nothing stands here;"),
    "a name on two lines": (with_lesson(teacher="Ann\nLee"), "lesson.teacher: a line break or a tab stands in it"),
    "a deep nest": ("[" * 20_000, "the record: it is nested too deeply"),
    "an unknown criterion": (
        with_note(criteria=["who-think"]),
        f"notes[0].criteria[0]: `who-think` is no criterion of this rubric; did you mean `who-thinks`? K{KNOWN[1:]}",
    ),
    "a word for criteria": (with_note(criteria="talk"), "notes[0].criteria: write a list, in [ ]"),
    "an unknown mark": (with_note(mark="ok"), "notes[0].mark: \"ok\" is none of '+', '-'"),
    "yes for true": (with_note(private="yes"), "notes[0].private: write true or false"),
    "one id twice": ({**RECORD, "notes": [NOTES[0], NOTES[0]]}, "notes[1].id: `s1` is the id of notes[0] too"),
    "a level that is none": ({**RECORD, "agreed": {"talk": 5}}, "agreed.talk: 5 is no level of `talk`; known are 1 ("),
    "a label for a level": ({**RECORD, "agreed": {"talk": "3"}}, "agreed.talk: write a level as a whole number, null"),
    "a level of nothing": ({**RECORD, "agreed": {"chat": 3}}, f"agreed.chat: `chat` is no criterion of this rubric; {KNOWN}"),
    "agreed and not": (
        {**RECORD, "differ": {"talk": [1, 2]}},
        "differ.talk: it is agreed as well; keep one of the two",
    ),
    "due before the lesson": ({**RECORD, "due": "2026-01-05"}, "due: 2026-01-05 is not after the lesson"),
    "nobody who differs": ({**RECORD, "differ": {"aim": [None, None]}}, "differ.aim: no level stands here;"),
    "two who do not differ": ({**RECORD, "differ": {"aim": [2, 2]}}, "differ.aim: these levels do not differ;"),
    "one who differs": ({**RECORD, "differ": {"aim": [1]}}, "differ.aim: write at least 2 entries"),
    "differing in words": ({**RECORD, "differ": {"aim": [1, "b"]}}, "differ.aim[1]: write a level as"),
    "a target of nothing": (
        {**RECORD, "target": {"text": "Wait", "criterion": "waiting"}},
        f"target.criterion: `waiting` is no criterion of this rubric; {KNOWN}",
    ),
    "a target without words": ({**RECORD, "target": {}}, "target.text: it is missing"),
}  # fmt: skip


@pytest.mark.parametrize(("record", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_place(tmp_path: Path, record: object, fault: str) -> None:
    (told,) = draft(tmp_path, record, "--json").faults
    assert told.startswith(fault)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    notes = [{**NOTES[0], "minute": "9"}, {**NOTES[0], "criteria": ["wait"]}]
    faults = draft(tmp_path, {"lesson": {}, "notes": notes, "agreed": {"talk": 9}}).faults
    assert [told.partition(":")[0] for told in faults] == [
        *("lesson.id", "lesson.teacher", "lesson.on", "notes[0].minute", "agreed.talk"),
        *("notes[1].id", "notes[1].criteria[0]"),
    ]


def test_what_does_no_harm_is_taken(tmp_path: Path) -> None:
    spare = with_note(minute=None, criteria=["who-thinks", "who-thinks"], mark="−", observer=None)
    told = draft(tmp_path, {**spare, "target": None, "differ": {}, "due": None}, "--json").answer
    assert told["sentences"][-1]["note_ids"] == ["s1"]
    bare = {**LESSON, "class": "", "subject": "", "begins_at": "", "author": ""}
    assert "your lesson" in draft(tmp_path, {**RECORD, "lesson": bare}).out
    with_mark = "\ufeff" + json.dumps({"lesson": {**LESSON, "observers": None}, "notes": []})
    assert draft(tmp_path, with_mark, "--json").answer["missing"]


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(b'{"lesson": "\xff"}')
    (fault,) = observe("feedback", "draft", file, "--rubric", "ways-of-looking").faults
    assert fault == "the record: byte 13 is not UTF-8; save the file as UTF-8"


@pytest.mark.parametrize("rubric", ["no-such-rubric", "no/such/file.yaml", "."])
def test_an_unknown_rubric_names_those_that_ship(tmp_path: Path, rubric: str) -> None:
    (fault,) = draft(tmp_path, RECORD, rubric=rubric).faults
    assert fault.startswith(
        f"There is no rubric `{rubric}`; name a file, or one of feedback-talk, "
    )


def test_a_rubric_with_faults_is_told_with_its_lines(tmp_path: Path) -> None:
    rubric = tmp_path / "own.yaml"
    rubric.write_text("rubric: own\nversion: one\n", encoding="utf-8")
    faults = draft(tmp_path, RECORD, rubric=str(rubric)).faults
    assert "own.yaml:2:10: version: `one` is not a whole number" in faults
