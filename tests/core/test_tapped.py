"""Tap counts: where nobody tapped, how far an observer came says whether that was none."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from observe.core.comparing import Finding, Script, compare
from observe.core.fold import record_of
from observe.core.observation import Capacity, Observer
from observe.core.pairing import SealedRecord, levels_in, paired_levels
from observe.core.rubric import (
    Criterion,
    Domain,
    LessonKind,
    OccasionKind,
    Occasions,
    Rubric,
    Scale,
    ScaleType,
)
from observe.core.tapped import counted_in

TAPS = Scale("taps", ScaleType.COUNT)
STARTED = {"clock/started": "2026-11-17T10:05:00.000Z"}
BEGUN = datetime(2026, 11, 17, 10, 5, tzinfo=UTC)
MINUTE = 60_000
PARTS = Occasions(segments=2, minutes=15, samples=(4, 9, 14))
BY_MINUTES = Occasions(interval_minutes=2)


def rubric_of(occasions: Occasions, *kinds: OccasionKind) -> Rubric:
    criteria = tuple(Criterion(kind, kind.title(), "1a", TAPS, occasion=kind) for kind in kinds)
    domains = (Domain("d", "D", criteria),)
    return Rubric("r", 1, "en", "R", LessonKind.LESSON, True, occasions, (TAPS,), domains)


WHOLE = rubric_of(Occasions(), OccasionKind.WHOLE)
INTERVALS = rubric_of(BY_MINUTES, OccasionKind.INTERVAL)
SEGMENTS = rubric_of(PARTS, OccasionKind.SEGMENT, OccasionKind.SAMPLE)


def given(rubric: Rubric, fields: Mapping[str, Any]) -> Mapping[tuple[str, str], Any]:
    return counted_in(rubric, record_of(written(fields)))


def written(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value) for name, value in fields.items()}


def script(number: int, fields: Mapping[str, Any]) -> Script:
    who = Observer(UUID(int=number), f"Observer {number}", Capacity.OTHER)
    return Script(who, BEGUN, record_of(written(fields)))


def occasions(rubric: Rubric, fields: Mapping[str, Any]) -> list[str]:
    return [occasion for _, occasion in given(rubric, fields)]


def test_who_tapped_nothing_all_lesson_counted_none() -> None:
    assert given(WHOLE, STARTED) == {("whole", "whole"): 0}


def test_a_record_that_came_from_a_file_had_no_taps_to_make() -> None:
    assert given(WHOLE, {"rating/other/whole": 3}) == {("other", "whole"): 3}


def test_taps_stay_what_they_are() -> None:
    assert given(WHOLE, {**STARTED, "rating/whole/whole": 7}) == {("whole", "whole"): 7}


@pytest.mark.parametrize("word", ["not_seen", "not_applicable"])
def test_not_seen_stays_no_count(word: str) -> None:
    fields = {**STARTED, "rating/whole/whole": word}
    (value,) = given(WHOLE, fields).values()
    (criterion,) = WHOLE.criteria()
    assert list(levels_in(criterion, value)) == []


def test_intervals_count_until_the_lesson_ended() -> None:
    ended = {**STARTED, "context/ended": 5 * MINUTE, "context/partial": "interval-3"}
    assert occasions(INTERVALS, ended) == ["interval-1", "interval-2", "interval-3"]


def test_without_an_end_what_was_rated_says_how_far_the_intervals_went() -> None:
    assert occasions(INTERVALS, STARTED) == ["interval-1"]
    rated = {**STARTED, "rating/talk/interval-3": ["teacher"]}
    assert {"interval-1", "interval-2", "interval-3"} <= set(occasions(INTERVALS, rated))
    assert "interval-4" not in occasions(INTERVALS, rated)


def test_all_segments_and_samples_count_where_nothing_ended_early() -> None:
    assert occasions(SEGMENTS, STARTED) == [
        *("segment-1", "segment-2"),
        *("sample-1-4", "sample-1-9", "sample-1-14", "sample-2-4", "sample-2-9", "sample-2-14"),
    ]


def test_a_segment_that_was_not_reached_has_no_count() -> None:
    ended = {**STARTED, "context/ended": 10 * MINUTE, "context/partial": "segment-1"}
    assert occasions(SEGMENTS, ended) == ["segment-1", "sample-1-4", "sample-1-9"]


def test_two_counts_make_a_row_of_what_was_counted() -> None:
    head, adviser = (
        Observer(UUID(int=number), capacity, capacity)
        for number, capacity in enumerate((Capacity.HEAD, Capacity.ADVISER))
    )
    tapped = given(WHOLE, {**STARTED, "rating/whole/whole": 23})
    day = date(2026, 11, 17)
    records = [SealedRecord(adviser, day, tapped), SealedRecord(head, day, given(WHOLE, STARTED))]
    (row,) = paired_levels(WHOLE, records)
    assert (row.criterion, row.occasion, row.levels) == ("whole", "whole", (0, 23))


def test_in_the_talk_whoever_did_not_tap_counted_none() -> None:
    tapped = {**STARTED, "rating/whole/whole": 3}
    (compared,) = compare(WHOLE, [script(1, tapped), script(2, STARTED)])
    assert [cell.values for cell in compared.cells] == [(3, 0)]
    assert compared.finding is Finding.OTHER_VALUE


def test_where_nobody_tapped_there_is_nothing_to_talk_about() -> None:
    (compared,) = compare(WHOLE, [script(1, STARTED), script(2, STARTED)])
    assert not compared.is_open
