"""How long things are kept, in days and months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe.core.errors import Invalid
from observe.core.retention import (
    SENSE,
    Kind,
    check,
    complete,
    first_kept,
    kept_until,
    months_before,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(released=DAYS, today=DAYS, years=st.integers(1, 7))
def test_a_summary_is_kept_just_as_long_as_its_teacher_was_told(
    released: date, today: date, years: int
) -> None:
    assert (released >= first_kept(today, years=years)) == (
        kept_until(released, years=years) >= today
    )


def test_a_month_ago_is_the_last_day_of_a_shorter_month() -> None:
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2027, 1, 15), 13) == date(2025, 12, 15)


def test_what_nobody_chose_sensibly_is_kept_as_proposed() -> None:
    proposed = {kind: sense.proposed for kind, sense in SENSE.items()}
    assert complete({}) == proposed
    assert complete({"notes": 5, "summaries": 30, "mails": "x"}) == proposed
    assert complete({"notes": 24})[Kind.NOTES] == 24


def test_nobody_chooses_beyond_what_makes_sense() -> None:
    assert check(Kind.NOTES, 6) == 6
    for months in (None, 5, 37):
        with pytest.raises(Invalid, match="between 6 months and 36 months"):
            check(Kind.NOTES, months)
    with pytest.raises(Invalid, match="between 1 school year and 7 school years"):
        check(Kind.SUMMARIES, 96)
    with pytest.raises(Invalid, match="between 1 year and 6 years"):
        check(Kind.READ_LOG, 30)
