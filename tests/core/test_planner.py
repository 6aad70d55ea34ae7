"""Days on which people are free, halves of a term, and how far a lesson is."""

from datetime import date

from observe.core.planner import (
    Availability,
    DaysAway,
    DoubtKind,
    Part,
    Visits,
    common_days,
    doubt_of,
    part_of,
)
from observe.core.terms import school_year, term_after, term_before, term_named, term_of

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)
MORNINGS = Availability(frozenset({(1, Part.MORNING), (3, Part.MORNING)}))


def test_nobody_who_never_said_anything_is_busy() -> None:
    assert len(common_days([Availability(), Availability()], MONDAY, FRIDAY)) == 5


def test_a_weekend_is_no_school_day() -> None:
    assert common_days([Availability()], date(2026, 11, 28), date(2026, 11, 29)) == []


def test_people_meet_where_a_half_of_the_day_is_free_for_all() -> None:
    assert common_days([MORNINGS, Availability()], MONDAY, FRIDAY) == [TUESDAY, THURSDAY]
    afternoons = Availability(frozenset({(1, Part.AFTERNOON), (3, Part.MORNING)}))
    assert common_days([MORNINGS, afternoons], MONDAY, FRIDAY) == [THURSDAY]


def test_days_away_and_days_promised_are_not_free() -> None:
    away = Availability(away=(DaysAway(MONDAY, TUESDAY),))
    booked = Availability(booked=frozenset({FRIDAY}))
    assert common_days([away, booked], MONDAY, FRIDAY) == [date(2026, 11, 25), THURSDAY]


def test_a_doubt_says_who_and_until_when() -> None:
    away = Availability(away=(DaysAway(MONDAY, THURSDAY),))
    doubt = doubt_of("Ruth", away, TUESDAY, Part.MORNING)
    assert doubt is not None
    assert (doubt.name, doubt.kind, doubt.last_day) == ("Ruth", DoubtKind.AWAY, THURSDAY)
    other = doubt_of("Ruth", MORNINGS, TUESDAY, Part.AFTERNOON)
    assert other is not None
    assert other.kind == DoubtKind.NOT_FREE
    assert doubt_of("Ruth", MORNINGS, TUESDAY, Part.MORNING) is None


def test_the_afternoon_begins_at_noon() -> None:
    assert [part_of(hour) for hour in (9, 11, 12)] == [Part.MORNING] * 2 + [Part.AFTERNOON]


def test_visits_that_are_left_are_never_below_none() -> None:
    assert [Visits(made, 3).left for made in (0, 2, 3, 5)] == [3, 1, 0, 0]
    assert Visits(9, None).left is None
    assert Visits(3, 3).full
    assert not Visits(3, None).full


def test_a_school_year_goes_from_september_to_august() -> None:
    year = (date(2026, 9, 1), date(2027, 9, 1))
    assert {school_year(day) for day in (date(2026, 9, 1), FRIDAY, date(2027, 8, 31))} == {year}
    assert school_year(date(2026, 8, 31))[1] == date(2026, 9, 1)


def test_a_term_has_two_halves_that_meet_on_a_monday() -> None:
    first, second = term_of(FRIDAY).halves
    assert (first[0], second[1]) == (date(2026, 9, 1), date(2026, 12, 31))
    assert (second[0] - first[1]).days == 1
    assert second[0].weekday() == 0


def test_the_weeks_of_a_term_hold_all_of_its_days() -> None:
    for key in ("autumn-2026", "spring-2027", "summer-2027"):
        term = term_named(key)
        mondays = term.mondays()
        assert mondays[0] <= term.first_day < mondays[1]
        assert (term.last_day - mondays[-1]).days < 7


def test_terms_follow_each_other_without_a_gap() -> None:
    autumn = term_of(FRIDAY)
    assert term_after(autumn).key == "spring-2027"
    assert term_before(autumn).key == "summer-2026"
