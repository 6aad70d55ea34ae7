from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from observe.core.comparing import Finding, Script, all_moments, compare, judge, moments
from observe.core.observation import Capacity, Note, Observer, Record
from observe.core.rubric import Criterion, Domain
from tests.core.test_pairing import CRITERIA, FOUR, RUBRIC

START = datetime(2026, 11, 17, 10, 5, tzinfo=UTC)
ADA = Observer(UUID(int=1), "Ada", Capacity.HEAD)
BEN = Observer(UUID(int=2), "Ben", Capacity.ADVISER)


def script(who: Observer, *notes: Note, late_start: Any = 0, **ratings: Any) -> Script:
    given = {(criterion, "whole"): value for criterion, value in ratings.items()}
    return Script(who, START + timedelta(minutes=late_start), Record(given, notes))


def note(text: str, minute: float, *, private: bool = False) -> Note:
    return Note(text, text, int(minute * 60_000), ("questions",), private=private)


@pytest.mark.parametrize(
    ("values", "finding", "gap"),
    [
        ((2, 4), Finding.APART, 2),
        ((3, 3), Finding.SAME, 0),
        ((3, "not_seen"), Finding.ONE_SAW, 0),
        ((3, None), Finding.ONE_SAW, 0),
        (("not_seen", None), Finding.UNRATED, 0),
        ((3, "not_applicable"), Finding.ONE_NOT_APPLICABLE, 0),
        (("not_applicable", "not_applicable"), Finding.SAME, 0),
        ((1, 3, 4), Finding.APART, 3),
    ],
)
def test_two_ratings_are_told_apart_in_words(
    values: tuple[Any, ...], finding: Finding, gap: int
) -> None:
    assert judge(CRITERIA[0], values) == (finding, gap)


def test_codes_in_another_order_are_the_same() -> None:
    assert judge(CRITERIA[1], (["teacher", "pupil"], ["pupil", "teacher"]))[0] is Finding.SAME
    assert judge(CRITERIA[1], (["teacher"], ["pupil"]))[0] is Finding.OTHER_VALUE


def test_what_only_one_saw_stands_after_gaps_of_two() -> None:
    findings = [((2, 3), 1), ((2, None), 0), ((1, 3), 2), ((1, 4), 3), ((2, 2), 0)]
    criteria = tuple(
        Criterion(f"c{place}", f"C{place}", f"{place}", FOUR) for place in range(len(findings))
    )
    rubric = replace(RUBRIC, domains=(Domain("d", "D", criteria),))
    first: dict[str, Any] = {f"c{place}": values[0] for place, (values, _) in enumerate(findings)}
    second: dict[str, Any] = {f"c{place}": values[1] for place, (values, _) in enumerate(findings)}
    found = compare(rubric, [script(ADA, **first), script(BEN, **second)])
    assert [each.criterion.criterion for each in found] == ["c3", "c2", "c1", "c0", "c4"]


def test_notes_within_two_minutes_share_a_moment() -> None:
    found = moments(
        "questions", [script(ADA, note("a", 2)), script(BEN, note("b", 3.9), note("c", 9))]
    )
    assert [tuple(n and n.text for n in m.notes) for m in found] == [("a", "b"), (None, "c")]
    assert [m.only for m in found] == [None, 1]


def test_a_note_goes_to_the_nearest_moment() -> None:
    found = moments(
        "questions", [script(ADA, note("early", 1), note("near", 2.8)), script(BEN, note("b", 2.9))]
    )
    assert [tuple(n and n.text for n in m.notes) for m in found] == [("early", None), ("near", "b")]


def test_each_script_counts_from_its_own_start() -> None:
    found = moments(
        "questions", [script(ADA, note("a", 10)), script(BEN, note("b", 5), late_start=5)]
    )
    assert len(found) == 1


def test_a_private_note_stays_with_its_author() -> None:
    assert moments("questions", [script(ADA, note("mine", 1, private=True)), script(BEN)]) == ()


def test_the_same_level_throughout_is_shared() -> None:
    found = compare(RUBRIC, [script(ADA, questions=3), script(BEN, questions=3)])
    assert [each.shared for each in found if each.criterion.criterion == "questions"] == [3]


def tagged(text: str, minute: float, *criteria: str) -> Note:
    return Note(text, text, int(minute * 60_000), criteria)


def beside(*scripts: Script) -> list[tuple[str | None, ...]]:
    return [tuple(n.text if n else None for n in each.notes) for each in all_moments(scripts)]


def test_all_lines_of_two_scripts_stand_on_one_axis() -> None:
    ada = script(ADA, tagged("asks", 2, "questions"), tagged("nobody begins", 9))
    ben = script(BEN, tagged("asks why", 3, "questions"), tagged("books out", 1, "routines"))
    assert beside(ada, ben) == [(None, "books out"), ("asks", "asks why"), ("nobody begins", None)]


def test_lines_about_different_things_are_not_the_same_moment() -> None:
    ada, ben = (
        script(ADA, tagged("asks", 2, "questions")),
        script(BEN, tagged("queue", 2, "routines")),
    )
    assert beside(ada, ben) == [("asks", None), (None, "queue")]


def test_a_line_without_a_criterion_stands_beside_whatever_was_noted_then() -> None:
    ada, ben = script(ADA, tagged("asks", 2, "questions")), script(BEN, tagged("hm", 3))
    assert beside(ada, ben) == [("asks", "hm")]


def test_a_script_that_is_moved_meets_the_other_and_keeps_its_record() -> None:
    ada = script(ADA, tagged("asks", 2, "questions"))
    ben = script(BEN, tagged("asks why", 9, "questions"))
    assert beside(ada, ben) == [("asks", None), (None, "asks why")]
    moved = replace(ben, shift_minutes=-7)
    assert beside(ada, moved) == [("asks", "asks why")]
    assert moved.record == ben.record


@pytest.mark.parametrize(
    ("values", "finding", "gap"),
    [
        ((2, 4, None), Finding.APART, 2),
        ((2, 4, "not_applicable"), Finding.APART, 2),
        ((3, 3, None), Finding.ONE_SAW, 0),
        ((3, 3, "not_applicable"), Finding.ONE_NOT_APPLICABLE, 0),
        ((3, None, "not_applicable"), Finding.ONE_NOT_APPLICABLE, 0),
    ],
)
def test_of_three_two_that_lie_apart_do_so_whatever_the_third_said(
    values: tuple[Any, ...], finding: Finding, gap: int
) -> None:
    assert judge(CRITERIA[0], values) == (finding, gap)
