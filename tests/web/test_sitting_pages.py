"""An end before time and the books of a scrutiny, on the pages of the lesson and of the talk."""

from typing import Any

from observe.core.canonical import canonical
from observe.core.ids import new_id
from observe.storage.tables.records import RecordField
from tests.browser import Browser
from tests.factories import NOW, PlannedLesson, School
from tests.talks import Noted, a_talk

BOOKS = {f"context/sample-{number}": number * 60_000 for number in range(1, 13)}


def told(school: School, lesson: PlannedLesson, who: str, fields: dict[str, Any]) -> None:
    """Somebody's record holds this too."""
    with school.database.write(school.network_id) as session:
        for field, value in fields.items():
            session.add(
                RecordField(
                    observation_id=lesson.observations[who],
                    field=field,
                    value=canonical(value).decode(),
                    lamport=1,
                    op_id=new_id(NOW),
                )
            )


def test_the_talk_says_on_which_occasion_somebody_ended_early(
    browser: Browser, school: School
) -> None:
    levels = {"Sion": {"at-work/interval-3": 2}, "Ruth": {"at-work/interval-3": 4}}
    lesson = a_talk(school, levels, rubric="minute-by-minute")
    told(school, lesson, "Sion", {"context/ended": 280_000, "context/partial": "interval-3"})
    page = browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}")
    assert "Siôn ended early, in interval 3." in page
    assert "Siôn ended early here." in page
    assert "Ruth ended early" not in page


def test_the_talk_counts_the_books_and_lays_notes_on_one_book_side_by_side(
    browser: Browser, school: School
) -> None:
    notes = {
        "Sion": [Noted("Corrections in green", minute=3, criteria=["order"])],
        "Ruth": [Noted("Green pen in every book", minute=40, criteria=["order"])],
    }
    levels = {"Sion": {"order": 2}, "Ruth": {"order": 4}}
    lesson = a_talk(school, levels, notes=notes, rubric="work-scrutiny")
    told(school, lesson, "Sion", BOOKS)
    told(school, lesson, "Ruth", {"context/sample-1": 0, "context/sample-3": 2_000_000})
    page = browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}")
    assert "Siôn 12 books and Ruth 2 books" in page
    assert "Book 3" in page
    assert "Only Siôn noted this" not in page


def test_the_lesson_tells_each_observer_of_their_own_books_until_all_have_sealed(
    browser: Browser, school: School
) -> None:
    levels: dict[str, dict[str, int]] = {"Sion": {"order": 2}, "Ruth": {"order": 4}}
    open_one = a_talk(school, levels, rubric="work-scrutiny", sealed=False)
    told(school, open_one, "Sion", BOOKS)
    assert "12 books looked at" in browser.sign_in(school["Sion"]).get(f"/lessons/{open_one.id}")
    assert "books looked at" not in browser.sign_in(school["Ruth"]).get(f"/lessons/{open_one.id}")
    assert "books looked at" not in browser.sign_in(school["Helen"]).get(f"/lessons/{open_one.id}")


def test_after_the_reveal_an_observer_sees_both_counts_and_the_leader_none(
    browser: Browser, school: School
) -> None:
    levels: dict[str, dict[str, int]] = {"Sion": {"order": 2}, "Ruth": {"order": 4}}
    lesson = a_talk(school, levels, rubric="work-scrutiny")
    told(school, lesson, "Sion", BOOKS)
    assert "12 books looked at" in browser.sign_in(school["Ruth"]).get(f"/lessons/{lesson.id}")
    assert "books looked at" not in browser.sign_in(school["Helen"]).get(f"/lessons/{lesson.id}")
