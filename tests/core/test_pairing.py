from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from observe.core.observation import Capacity, Observer, RecordState
from observe.core.pairing import (
    Closing,
    PairState,
    SealedRecord,
    block_of,
    closing,
    levels_in,
    paired_levels,
    state_of,
)
from observe.core.rubric import (
    Criterion,
    Domain,
    LessonKind,
    Level,
    Occasions,
    Rubric,
    Scale,
    ScaleType,
)

FOUR = Scale("four", ScaleType.ORDINAL, tuple(Level(v, str(v)) for v in (1, 2, 3, 4)))
WHO = Scale("who", ScaleType.CODES, codes={"teacher": "Teacher", "pupil": "Pupil"})
WORDS = Scale("words", ScaleType.TEXT)
CRITERIA = (
    Criterion("questions", "Questions", "1a", FOUR),
    Criterion("talk", "Talk", "1b", WHO),
    Criterion("remarks", "Remarks", "1c", WORDS),
)
RUBRIC = Rubric(
    "r", 1, "en", "R", LessonKind.LESSON, True, Occasions(), (FOUR,), (Domain("d", "D", CRITERIA),)
)
DAY = date(2026, 11, 17)
REVEALED = datetime(2026, 11, 17, 12, tzinfo=UTC)


def observer(number: int, capacity: Capacity = Capacity.OTHER) -> Observer:
    return Observer(UUID(int=number), f"Observer {number}", capacity)


def sealed(who: Observer, ratings: Mapping[tuple[str, str], Any], on: date = DAY) -> SealedRecord:
    return SealedRecord(who, on, ratings)


def test_a_pair_is_revealed_when_all_who_remain_have_sealed() -> None:
    assert state_of([RecordState.SEALED, RecordState.DRAFT]) == PairState.UNDER_WAY
    assert state_of([RecordState.SEALED, RecordState.WITHDRAWN]) == PairState.REVEALED


def test_a_head_comes_first_and_an_adviser_last_whoever_sealed_first() -> None:
    adviser = sealed(observer(1, Capacity.ADVISER), {("questions", "whole"): 4})
    head = sealed(observer(2, Capacity.HEAD), {("questions", "whole"): 2})
    (row,) = paired_levels(RUBRIC, [adviser, head])
    assert (row.first.capacity, row.levels) == (Capacity.HEAD, (1, 3))


def test_observers_of_one_capacity_stand_by_their_ids() -> None:
    records = [sealed(observer(n), {("questions", "whole"): n}) for n in (2, 1)]
    (row,) = paired_levels(RUBRIC, records)
    assert row.levels == (0, 1)


@pytest.mark.parametrize("value", ["not_seen", "not_applicable", None, 9])
def test_what_is_no_level_makes_no_row(value: Any) -> None:
    records = [
        sealed(observer(1), {("questions", "whole"): 3}),
        sealed(observer(2), {("questions", "whole"): value}),
    ]
    assert paired_levels(RUBRIC, records) == []


def test_three_observers_make_three_rows_that_weigh_a_half() -> None:
    records = [sealed(observer(n), {("questions", "whole"): 3}) for n in (1, 2, 3)]
    assert [row.weight for row in paired_levels(RUBRIC, records)] == [0.5, 0.5, 0.5]


def test_a_third_observer_who_left_a_criterion_blank_takes_no_weight_from_the_others() -> None:
    records = [sealed(observer(n), {("questions", "whole"): 3}) for n in (1, 2)]
    (row,) = paired_levels(RUBRIC, [*records, sealed(observer(3), {})])
    assert row.weight == 1


def test_segments_match_by_number_and_one_that_only_one_reached_is_a_gap() -> None:
    records = [
        sealed(observer(1), {("questions", "segment-1"): 3, ("questions", "segment-2"): 4}),
        sealed(observer(2), {("questions", "segment-1"): 2}),
    ]
    assert [(r.occasion, r.levels) for r in paired_levels(RUBRIC, records)] == [
        ("segment-1", (2, 1))
    ]


def test_each_code_of_several_is_counted_as_yes_or_no() -> None:
    assert list(levels_in(CRITERIA[1], ["pupil"])) == [("talk:teacher", 0), ("talk:pupil", 1)]


def test_a_text_is_never_counted() -> None:
    assert list(levels_in(CRITERIA[2], "Lively")) == []


def test_the_day_of_a_row_is_the_earlier_of_the_two() -> None:
    given = {("questions", "whole"): 3}
    records = [sealed(observer(1), given), sealed(observer(2), given, DAY - timedelta(days=1))]
    assert paired_levels(RUBRIC, records)[0].observed_on == DAY - timedelta(days=1)


def test_a_pair_closes_with_one_tap_of_each() -> None:
    ada, ben = UUID(int=1), UUID(int=2)
    assert closing({ada}, {ada, ben}, revealed_at=REVEALED, at=REVEALED) == Closing.WAITS
    assert closing({ada, ben}, {ada, ben}, revealed_at=REVEALED, at=REVEALED) == Closing.BY_ALL


def test_after_a_week_one_tap_closes_and_is_marked() -> None:
    ada, ben, week = UUID(int=1), UUID(int=2), timedelta(days=7)
    assert closing({ada}, {ada, ben}, revealed_at=REVEALED, at=REVEALED + week) == Closing.BY_ONE


def test_a_lesson_stays_in_its_block() -> None:
    blocks = {block_of(UUID(int=n)) for n in range(500)}
    assert blocks <= set(range(200))
    assert len(blocks) > 100
