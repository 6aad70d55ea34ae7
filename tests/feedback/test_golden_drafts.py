"""Fourteen lessons and their drafts; `python -m tests.feedback.test_golden_drafts` writes the drafts anew."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from observe.core.feedback import grade_words
from observe.core.feedback.checks import Context, Kind, check
from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Draft
from observe.core.feedback.record_file import read_record
from observe.core.rubric import Rubric
from observe.core.rubric_file import read_rubric
from observe.resources import folder
from tests.cli.running import observe
from tests.core.feedback.sentences import faults_of

RECORDS = sorted((Path(__file__).parent / "golden").glob("*.json"))
EVERY = pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)


def key(record: Path) -> str:
    return record.name.partition(".")[0]


def rubric_of(record: Path) -> Rubric:
    path = folder("rubrics") / f"{key(record)}.yaml"
    return read_rubric(path.read_bytes(), path.name)


def drafted(record: Path) -> Draft:
    rubric = rubric_of(record)
    held = read_record(record.read_bytes(), rubric)
    return compose(
        *(held.facts, rubric, held.agreements, held.evidence),
        due=held.due,
        target=held.target,
        unlike=held.unlike,
    )


def notes_of(record: Path) -> dict[str, Any]:
    return {note["id"]: note for note in json.loads(record.read_text("utf-8"))["notes"]}


def test_there_are_fourteen_over_every_shipped_rubric() -> None:
    assert len(RECORDS) == 14
    assert {key(record) for record in RECORDS} == {
        path.stem for path in folder("rubrics").glob("*.yaml")
    }


@EVERY
def test_a_draft_reads_as_it_was_read_aloud(record: Path) -> None:
    told = observe("feedback", "draft", record, "--rubric", key(record))
    assert told.out == record.with_suffix(".txt").read_text("utf-8")


@EVERY
def test_each_claim_rests_on_notes_that_may_be_told(record: Path) -> None:
    notes = notes_of(record)
    for sentence in drafted(record).sentences:
        assert set(sentence.note_ids) <= set(notes)
        if sentence.criterion:
            assert sentence.note_ids
            assert all(sentence.criterion in notes[id]["criteria"] for id in sentence.note_ids)
        assert not any(
            notes[id].get("private") or notes[id].get("safeguarding") for id in sentence.note_ids
        )


@EVERY
def test_every_sentence_is_whole(record: Path) -> None:
    assert not [(told.text, faults_of(told.text)) for told in drafted(record).sentences
                if faults_of(told.text)]  # fmt: skip


@EVERY
def test_a_draft_passes_the_checks_save_that_some_have_no_next_step(record: Path) -> None:
    rubric = rubric_of(record)
    context = Context(graded=rubric.graded, level_labels=grade_words.labels(rubric))
    alarms = {(found.kind, found.quote) for found in check(drafted(record).lines, context)}
    assert {kind for kind, _ in alarms} <= {Kind.NO_NEXT_STEP}, alarms


def test_no_two_in_a_row_begin_alike() -> None:
    begun = [drafted(record).lines[0].text for record in RECORDS]
    assert all(one.split()[:2] != two.split()[:2] for one, two in pairwise(begun))


if __name__ == "__main__":
    for each in RECORDS:
        told = observe("feedback", "draft", each, "--rubric", key(each))
        each.with_suffix(".txt").write_text(told.out, "utf-8")
