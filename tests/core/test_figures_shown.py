"""When the figures of one person are shown to others."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from observe.core.figures_shown import is_open, nth_of, rests_on_enough, to_hold_back

NOW = datetime(2026, 11, 17, 9, 42, tzinfo=UTC)
A, B, C = (UUID(int=number) for number in (1, 2, 3))
LESSONS = {A: 30, B: 22, C: 4}


def test_figures_are_open_once_their_owner_opened_them() -> None:
    assert is_open(NOW, None, at=NOW)
    assert not is_open(None, NOW, at=NOW)


def test_figures_are_open_28_days_after_they_could_be_opened() -> None:
    assert not is_open(None, NOW - timedelta(days=27, hours=23), at=NOW)
    assert is_open(None, NOW - timedelta(days=28), at=NOW)
    assert not is_open(None, None, at=NOW)


def test_a_facilitators_figure_rests_on_20_lessons_and_3_partners() -> None:
    assert rests_on_enough(20, 3)
    assert not rests_on_enough(19, 3)
    assert not rests_on_enough(20, 2)


def test_the_last_of_a_group_is_not_left_to_be_worked_out() -> None:
    assert to_hold_back(LESSONS, {A, B}, but=UUID(int=9)) == [B]


def test_the_one_who_reads_is_never_held_back() -> None:
    assert to_hold_back(LESSONS, {A, B}, but=B) == [A]
    assert to_hold_back({A: 30, C: 4}, {A}, but=A) == []


def test_nobody_is_held_back_where_all_or_few_are_shown() -> None:
    assert to_hold_back(LESSONS, {A, B, C}, but=A) == []
    assert to_hold_back(LESSONS, {A}, but=B) == []


def test_a_moment_is_counted_from_the_earliest() -> None:
    moments = [NOW + timedelta(days=day) for day in (3, 1, 2)]
    assert nth_of(moments, 2) == NOW + timedelta(days=2)
    assert nth_of(moments, 4) is None
