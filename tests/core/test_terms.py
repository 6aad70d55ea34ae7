from datetime import date, timedelta
from itertools import pairwise

import pytest

from observe.core.terms import (
    OwnTerm,
    Season,
    between,
    easter,
    fault_of,
    term_named,
    term_of,
    terms_of,
)


@pytest.mark.parametrize(
    "sunday",
    [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_easter_falls_on_the_sundays_of_the_calendar(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_the_spring_term_ends_with_easter() -> None:
    assert term_of(date(2026, 4, 5)).name == "Spring 2026"
    assert term_of(date(2026, 4, 6)).name == "Summer 2026"
    assert term_of(date(2026, 9, 1)).key == "autumn-2026"


def test_every_day_lies_in_one_term_and_the_terms_follow_on_one_another() -> None:
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(1100)]
    for day, next_day in pairwise(days):
        one, other = term_of(day), term_of(next_day)
        assert one.first_day <= day <= one.last_day
        assert other == one or (one.last_day, other.first_day) == (day, next_day)


def test_terms_stand_with_the_latest_first() -> None:
    days = [date(2025, 11, 3), date(2026, 2, 1), date(2025, 10, 9)]
    assert [term.season for term in terms_of(days)] == [Season.SPRING, Season.AUTUMN]


def test_a_term_is_found_by_the_key_that_an_address_holds() -> None:
    for day in (date(2026, 1, 3), date(2026, 5, 1), date(2026, 12, 24)):
        assert term_named(term_of(day).key) == term_of(day)


def a_term(first: date, last: date) -> OwnTerm:
    return OwnTerm(term_of(first), first, last)


AUTUMN = a_term(date(2026, 9, 3), date(2026, 12, 18))
SPRING = a_term(date(2027, 1, 5), date(2027, 3, 25))
SUMMER = a_term(date(2027, 4, 12), date(2027, 7, 21))


def test_there_is_no_school_between_a_term_and_the_next() -> None:
    assert between([SPRING, AUTUMN]) == [(date(2026, 12, 19), date(2027, 1, 4))]


def test_nothing_is_known_of_the_days_between_terms_that_do_not_follow_on_one_another() -> None:
    assert between([AUTUMN, SUMMER]) == between([AUTUMN]) == []


def test_a_term_lies_about_where_its_name_says() -> None:
    assert fault_of(AUTUMN) is None
    assert fault_of(OwnTerm(AUTUMN.term, date(2026, 8, 17), date(2026, 12, 18))) is None
    assert fault_of(OwnTerm(AUTUMN.term, AUTUMN.last_day, AUTUMN.first_day))
    assert fault_of(OwnTerm(AUTUMN.term, date(2026, 7, 1), date(2026, 12, 18)))
    assert fault_of(OwnTerm(AUTUMN.term, date(2026, 9, 1), date(2027, 3, 1)))
