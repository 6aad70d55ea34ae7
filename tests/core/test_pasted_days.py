from datetime import date

import pytest

from observe.core.errors import Invalid
from observe.core.pasted_days import PastedDays, between, read
from observe.core.pasted_names import read as names

HALF_TERM = PastedDays("Half term", date(2026, 10, 26), date(2026, 10, 30))


@pytest.mark.parametrize(
    "row",
    [
        "Half term, 26/10/2026 to 30/10/2026",
        "Half term\t26.10.2026\t30.10.2026",
        "2026-10-26 - 2026-10-30 Half term",
        "Half term: Monday 26th October 2026 – Friday 30th October 2026",
        "26 Oct 2026 until 30 oct 2026 Half term",
        "Half term from 26/10/2026 and 30/10/2026",
    ],
)
def test_a_holiday_is_read_however_a_school_writes_it(row: str) -> None:
    assert read(row) == (HALF_TERM,)


def test_one_day_is_a_holiday_of_one_day_and_needs_no_name() -> None:
    assert read("\n2026-05-03\n") == (PastedDays("Holiday", date(2026, 5, 3), date(2026, 5, 3)),)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Paste the days first"),
        ("Half term", "Line 1: give a first and a last day"),
        ("x 1/1/2026\nHalf term 31/2/2026", "Line 2: there is no day 31/2/2026"),
        ("Half term 30/10/2026 to 26/10/2026", "Line 1: The last day is before the first"),
        ("Summer 1/1/2026 to 31/12/2026", "more than a hundred days"),
        ("Long ago 1/1/1066", "between 2000 and 2100"),
        ("Feast 3 Fooly 2026", "there is no day 3 Fooly 2026"),
        ("\n".join(["1/1/2026"] * 61), "60 lines at most"),
    ],
)
def test_what_is_no_holiday_is_refused_by_its_line(typed: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read(typed)


def test_days_from_a_form_say_which_field_is_wrong() -> None:
    with pytest.raises(Invalid) as none:
        between("", None, None)
    with pytest.raises(Invalid) as turned:
        between("", date(2026, 5, 3), date(2026, 5, 2))
    assert (none.value.field, turned.value.field) == ("first", "last")


def test_names_are_read_one_from_each_line() -> None:
    typed = (
        "Pupil name\n1. Owen, Maisie\n2) Tom Price;5B\n\nLlŷr  Bevan\nTom Price\nZoë O’Neill-Owen\n"
    )
    assert names(typed) == ("Maisie Owen", "Tom Price", "Llŷr Bevan", "Zoë O’Neill-Owen")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("\n", "one on each line"),
        ("Tom\n" + "x" * 81, "Line 2 is too long"),
        ("Tom\n12/05", "Line 2 holds no name"),
        (
            "\n".join(
                f"Pupil {'abcdefghij'[n % 10]}{'abcdefghijklmnopqrstu'[n // 10]}"
                for n in range(201)
            ),
            "200 names",
        ),
    ],
)
def test_what_is_no_class_list_is_refused(typed: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        names(typed)
