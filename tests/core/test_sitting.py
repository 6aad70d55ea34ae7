"""What a record tells of its sitting: an end before time, and books."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from observe.core.comparing import Script, compare
from observe.core.fold import record_of
from observe.core.observation import Capacity, Observer
from observe.core.sitting import Sitting, sitting_of
from tests.core.test_rubric_files import SHIPPED
from tests.factories import NOW
from tests.tablet import spelled

BOOKS = {"context/sample-1": 0, "context/sample-2": 60_000, "context/sample-3": None}


def test_a_book_that_was_taken_back_is_not_counted() -> None:
    assert sitting_of(BOOKS).books == 2
    assert (
        sitting_of({"context/pupils": 28, "context/sample-x": 1, "context/sample-4": True})
        == Sitting()
    )


def test_each_line_belongs_to_the_book_that_lay_open() -> None:
    sitting = sitting_of(BOOKS)
    assert [sitting.book_at(at) for at in (0, 59_999, 60_000, 900_000)] == [1, 1, 2, 2]
    assert Sitting().book_at(5_000) is None


@pytest.mark.parametrize("odd", [None, 7, "", "whole", "interval-0", "segment", "<b>"])
def test_an_end_that_names_no_part_of_a_lesson_is_none(odd: object) -> None:
    assert sitting_of({"context/partial": odd}).partial is None


def test_notes_of_a_scrutiny_meet_by_book_and_not_by_minute() -> None:
    rubric = SHIPPED["work-scrutiny"]
    first = _script({"context/sample-1": 0, "context/sample-2": 60_000}, {"a": 30_000, "b": 70_000})
    other = _script({"context/sample-1": 0, "context/sample-2": 9_000}, {"c": 10_000})
    order = next(
        each for each in compare(rubric, [first, other]) if each.criterion.criterion == "order"
    )
    met = [(m.book, [note.text if note else None for note in m.notes]) for m in order.moments]
    assert met == [(1, ["a", None]), (2, ["b", "c"])]


def test_the_occasion_that_ended_early_is_marked_for_whom_it_did() -> None:
    ratings = {"rating/at-work/interval-1": 3, "rating/at-work/interval-2": 3}
    scripts = [_script(ratings | {"context/partial": "interval-2"}, {}), _script(ratings, {})]
    compared = compare(SHIPPED["minute-by-minute"], scripts)
    at_work = next(each for each in compared if each.criterion.criterion == "at-work")
    assert [(cell.occasion, cell.cut_short) for cell in at_work.cells] == [
        ("interval-1", ()),
        ("interval-2", (0,)),
    ]


def _script(fields: Mapping[str, object], notes: dict[str, int]) -> Script:
    """A record with these fields and a note on `order` at each of these times."""
    told = dict(fields)
    for text, at in notes.items():
        told |= {
            f"note/{text}/text": text,
            f"note/{text}/elapsed_ms": at,
            f"note/{text}/criteria": ["order"],
        }
    record = record_of({name: spelled(value) for name, value in told.items()})
    return Script(Observer(UUID(int=1), "Ada", Capacity.HEAD), NOW, record)
