"""`observe feedback check`: letters, drafts and lists of names as files."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from observe.core.feedback import prose
from tests.cli.running import Said, observe

LETTER = """Dear Sam,

At 9:10 you asked Zoë "Why?" and nine hands went up.

Next step: let pupils write first, soon.
"""
DRAFT = {
    "sentences": [
        {"part": "opening", "text": "Thank you.", "note_ids": []},
        {"part": "strength", "text": "You waited.", "note_ids": []},
        {"part": "next_step", "text": "Wait longer.", "note_ids": ["n1"]},
        {"part": "target", "text": "Count to five.", "note_ids": ["n1"]},
    ],
    "target": {"try": "Count to five", "when": "", "see": "", "due": "2026-12-11"},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "names.txt").write_text("Zoe Brown\nWill Carter\n", encoding="utf-8")
    (tmp_path / "draft.json").write_text(json.dumps(DRAFT), encoding="utf-8")
    return tmp_path


def checked(*arguments: object) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = observe("feedback", "check", *arguments, "--json").answer[
        "findings"
    ]
    return told


def refused(folder: Path, file: str, content: bytes) -> Said:
    (folder / file).write_bytes(content)
    return observe("feedback", "check", "letter.txt", "--names", "names.txt", "--json")


def test_each_finding_has_its_kind_its_words_a_reason_a_fix_and_a_place(folder: Path) -> None:
    pupil, target = checked("letter.txt", "--names", "names.txt", "--ungraded")
    assert (pupil["kind"], pupil["quote"], pupil["line"], pupil["start"]) == (
        "pupil_named",
        "Zoë",
        3,
        18,
    )
    assert (target["kind"], target["line"]) == ("target_no_date", 5)
    assert all(one["reason"] and one["fix"] for one in (pupil, target))


def test_a_text_may_come_from_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Try it. Great lesson!")))
    assert "vague_praise" in {one["kind"] for one in checked("-")}


def test_levels_are_looked_for_only_where_the_rubric_is_ungraded(folder: Path) -> None:
    (folder / "letter.txt").write_text("At 9:10 this was a level 3. Try more by Friday.")
    assert checked("letter.txt") == []
    assert [one["kind"] for one in checked("letter.txt", "--ungraded")] == ["grade_word"]


def test_a_draft_is_judged_by_the_notes_it_rests_on(folder: Path) -> None:
    (finding,) = checked("draft.json")
    assert (finding["kind"], finding["where"]) == ("no_evidence", "sentences[1]")


@pytest.mark.parametrize(
    "names",
    [b"\xef\xbb\xbfZoe\n", "Surname,First name\nBrown,Zoë\n".encode(), b"name;year\nZoe Brown;5\n", b"Brown, Zoe\r\n\r\n",
     b"id\tForename\tSurname\n1\tZoe\tBrown\n"],
)  # fmt: skip
def test_names_come_one_a_line_or_as_a_table(folder: Path, names: bytes) -> None:
    (folder / "names.txt").write_bytes(names)
    assert checked("letter.txt", "--names", "names.txt")[0]["kind"] == "pupil_named"


def test_every_fault_of_the_names_is_told_by_its_line(folder: Path) -> None:
    said = refused(
        folder, "names.txt", b'first name,surname\nZoe,Brown\n,\n12,\nA,B,C\n"",""\nAda,\x07\n'
    )
    assert [fault.split(":")[1].strip() for fault in said.faults] == ["line 4", "line 5", "line 7"]
    assert refused(folder, "names.txt", b"").faults[0].startswith("names.txt: line 1: ")
    assert "not UTF-8" in refused(folder, "names.txt", b"Zoe\nSi\xe2n\n").faults[0]
    assert (
        refused(folder, "names.txt", b"a,b,c\n")
        .faults[0]
        .startswith("names.txt: line 1: write one")
    )


def test_every_fault_of_a_text_is_told_by_its_place(folder: Path) -> None:
    wrong = {"sentences": [{"part": "x", "text": 3}, 4], "target": {"due": "Friday"}}
    faults = refused(folder, "letter.txt", json.dumps(wrong).encode()).faults
    assert [fault.split(": ")[1] for fault in faults] == [
        "sentences[0].part", "sentences[0].text", "sentences[1]", "target.due",
    ]  # fmt: skip
    assert "line 1, column" in refused(folder, "letter.txt", b"{nothing}").faults[0]
    assert "line 2: there is a control" in refused(folder, "letter.txt", b"One.\n\x00").faults[0]
    assert "nothing in it" in refused(folder, "letter.txt", b" \n").faults[0]
    assert (
        "line 2: this is not UTF-8" in refused(folder, "letter.txt", b"One.\nSi\xe2n\n").faults[0]
    )


def test_faults_of_both_files_are_told_at_once(folder: Path) -> None:
    (folder / "names.txt").write_bytes(b"12\n")
    assert len(refused(folder, "letter.txt", b"").faults) == 2


def test_only_one_file_can_be_standard_input(folder: Path) -> None:
    assert "Only one" in observe("feedback", "check", "-", "--names", "-").faults[0]


def test_without_json_the_findings_are_sentences(folder: Path) -> None:
    said = observe("feedback", "check", "letter.txt", "--names", "names.txt")
    assert said.status == 0
    assert "line 3, column 19: pupil_named" in said.out
    assert "Looked at and found well: Each claim" in said.out


def test_hints_at_grammar_stand_apart_from_findings(folder: Path) -> None:
    pytest.importorskip("harper")
    text = "At 9:10 nine pupils was waiting for there turn.\n\nTry two lines by Friday.\n"
    (folder / "letter.txt").write_text(text, encoding="utf-8")
    told = observe("feedback", "check", "letter.txt", "--hints", "--json").answer
    assert told["findings"] == []
    assert ("there", ["their"], 1) in [
        (one["quote"], one["instead"], one["line"]) for one in told["hints"]
    ]
    assert "line 1, column 37: a hint" in observe("feedback", "check", "letter.txt", "--hints").out


def test_hints_need_their_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prose._linter.cache_clear()
    monkeypatch.setitem(sys.modules, "harper", None)
    said = observe("feedback", "check", "letter.txt", "--hints")
    assert said.faults == [prose.MISSING]
