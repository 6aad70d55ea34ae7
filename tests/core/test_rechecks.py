"""Re-checks that nobody announces keep to what was agreed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.errors import Invalid
from observe.core.planner import Availability, DaysAway, Part
from observe.core.rechecks import Against, Limits, against, check, half_of
from observe.core.terms import OwnTerm, term_of

LIMITS = Limits(unannounced=True, most=1, first_weeks=2, only_free=True)
TUESDAY = date(2026, 11, 24)
TUESDAYS = Availability(frozenset({(1, Part.MORNING)}))


def asked(day: date = TUESDAY, hour: int = 9, *others: date) -> Against | None:
    return against(LIMITS, day, hour, others=others, free=TUESDAYS)


def test_a_re_check_comes_in_a_half_day_that_they_said_is_free() -> None:
    assert asked() is None
    assert asked(hour=14) is Against.NOT_FREE
    assert asked(TUESDAY + timedelta(days=1)) is Against.NOT_FREE


def test_whoever_never_said_when_they_are_free_is_free_on_school_days() -> None:
    said = [against(LIMITS, TUESDAY, hour, others=(), free=Availability()) for hour in (9, 14)]
    assert said == [None, None]


def test_none_comes_in_the_first_two_weeks_of_a_term() -> None:
    first = date(2026, 9, 8)
    assert asked(first) is Against.FIRST_WEEKS
    assert asked(first + timedelta(days=7)) is None


def test_there_is_one_a_half_term_and_one_more_in_the_next() -> None:
    assert asked(TUESDAY, 9, TUESDAY - timedelta(days=7)) is Against.TOO_MANY
    assert asked(TUESDAY, 9, date(2026, 9, 22)) is None


def test_none_comes_while_they_are_away() -> None:
    away = Availability(away=(DaysAway(TUESDAY, TUESDAY),))
    assert against(LIMITS, TUESDAY, 9, others=(), free=away) is Against.AWAY


@pytest.mark.parametrize(
    ("limits", "field"),
    [(Limits(most=0), "most"), (Limits(most=7), "most"), (Limits(first_weeks=9), "first_weeks")],
)
def test_numbers_that_make_no_sense_are_refused(limits: Limits, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(limits)
    assert refused.value.field == field


@given(
    days=st.lists(st.dates(date(2026, 9, 1), date(2027, 8, 31)), max_size=60),
    most=st.integers(1, 3),
    weeks=st.integers(0, 4),
)
def test_a_year_planned_within_the_limits_never_passes_them(
    days: list[date], most: int, weeks: int
) -> None:
    limits = Limits(unannounced=True, most=most, first_weeks=weeks, only_free=False)
    planned: list[date] = []
    for day in days:
        if against(limits, day, 9, others=planned, free=Availability()) is None:
            planned.append(day)
    halves = [half_of(day) for day in planned]
    assert all(halves.count(half) <= most for half in halves)
    assert all(day >= term_of(day).first_day + timedelta(weeks=weeks) for day in planned)


def test_the_first_weeks_of_a_term_count_from_the_schools_own_first_day() -> None:
    late = OwnTerm(term_of(TUESDAY), TUESDAY - timedelta(days=3), TUESDAY + timedelta(days=30))
    said = against(LIMITS, TUESDAY, 9, others=(), free=TUESDAYS, term=late)
    assert (asked(), said) == (None, Against.FIRST_WEEKS)
