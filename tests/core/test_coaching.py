"""When two look back on their coaching, and who of them coached when."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.coaching import Partnership, Standing, Turn, half_years, next_look_back

BEGUN = datetime(2026, 3, 2, 10, tzinfo=UTC)
ADA, BEN = uuid4(), uuid4()


def of_two(**differs: object) -> Partnership:
    told = {"asked_at": BEGUN, "accepted_at": BEGUN, **differs}
    return Partnership(
        id=uuid4(),
        asker_id=ADA,
        partner_id=BEN,
        names=("Ada", "Ben"),
        **told,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("begun", "today", "number"),
    [
        (date(2026, 3, 2), date(2026, 9, 1), 0),
        (date(2026, 3, 2), date(2026, 9, 2), 1),
        (date(2026, 3, 2), date(2027, 3, 1), 1),
        (date(2026, 3, 2), date(2027, 3, 2), 2),
        (date(2026, 8, 31), date(2027, 2, 27), 0),
        (date(2026, 8, 31), date(2027, 2, 28), 1),
        (date(2026, 3, 2), date(2026, 1, 1), 0),
    ],
)
def test_half_a_year_is_over_on_the_same_day_of_the_sixth_month(
    begun: date, today: date, number: int
) -> None:
    assert half_years(begun, today) == number


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 8))
def test_the_day_that_is_said_is_the_first_on_which_it_is_over(begun: date, number: int) -> None:
    day = next_look_back(begun, number)
    assert half_years(begun, day) == number
    assert half_years(begun, day - timedelta(days=1)) == number - 1


def test_who_coaches_is_told_for_the_day_on_which_it_was() -> None:
    later = BEGUN + timedelta(days=40)
    found = of_two(turns=(Turn(BEN, ADA, BEGUN), Turn(ADA, BEN, later)))
    assert found.coach_at(BEGUN + timedelta(days=1)) == BEN
    assert found.coach_at(later + timedelta(days=1)) == found.coach_id == ADA


@pytest.mark.parametrize(
    ("differs", "standing"),
    [
        ({"accepted_at": None}, Standing.ASKED),
        ({}, Standing.GOING_ON),
        ({"ended_at": BEGUN}, Standing.ENDED),
        ({"accepted_at": None, "ended_at": BEGUN}, Standing.DECLINED),
    ],
)
def test_a_partnership_begins_with_a_yes_and_stops_with_an_end(
    differs: dict[str, object], standing: Standing
) -> None:
    assert of_two(**differs).standing is standing
