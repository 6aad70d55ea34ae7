"""A third reader: somebody who was not there reads one criterion, without names and levels."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from observe.core.errors import Conflict
from observe.core.permissions import RoleKind
from observe.services import revealing, third_reading
from observe.storage import lessons, pairs, shelf, third_readings
from observe.storage.tables.calibration import PairedRating
from tests.browser import Browser
from tests.factories import PlannedLesson, School, a_network, a_person
from tests.talks import LATER, Noted, a_talk, begun, same

GIVEN = {"Sion": same() | {"routines": 1}, "Ruth": same() | {"routines": 4}}
NOTES = {
    "Sion": [Noted("Books out in two minutes.", 2, ("routines",), "+"), Noted("OTHER-THING", 4)],
    "Ruth": [
        Noted("The move takes four minutes.", 9, ("routines",), "-"),
        Noted("MY-OWN", 5, ("routines",), private=True),
    ],
}
FORM: dict[str, Any] = {"agreed": "differ", "third": "yes", "revision": "0"}


@pytest.fixture(autouse=True)
def _this_week() -> Iterator[None]:
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def lesson(school: School) -> PlannedLesson:
    """Head and adviser differ on routines; another adviser of the school was not there."""
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    return a_talk(school, GIVEN, notes=NOTES)


@pytest.fixture
def asked(browser: Browser, school: School, lesson: PlannedLesson) -> str:
    """The address of the reading, once the two have asked for it."""
    browser.sign_in(school["Sion"]).post(f"/pairs/{lesson.id}/agree/routines", **FORM)
    return f"/third-readings/{lesson.id}/routines"


def waits(school: School, lesson: PlannedLesson) -> bool:
    with school.database.read(school.network_id) as session:
        return third_readings.find(session, lesson.id, "routines") is not None


def test_a_third_reader_is_asked_unless_one_says_otherwise(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    page = browser.sign_in(school["Sion"]).get(f"/pairs/{lesson.id}?at=routines")
    assert re.search(r'name="third" value="yes" checked', page)


def test_who_differs_and_asks_waits_for_a_reader(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    assert waits(school, lesson)
    assert "Nobody has taken it yet" in browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}")
    assert "3 criteria" not in browser.sign_in(school["Mair"]).get("/pairs")
    assert "1 criterion waits for you" in browser.sign_in(school["Mair"]).get("/pairs")
    assert f'href="{asked}"' in browser.sign_in(school["Mair"]).get("/third-readings")


@pytest.mark.parametrize(
    "instead",
    [{"agreed": "3", "third": "yes"}, {"agreed": "differ"}],
    ids=["agreed after all", "not asked after all"],
)
def test_who_says_otherwise_later_takes_the_question_back(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str, instead: dict[str, Any]
) -> None:
    head = browser.sign_in(school["Sion"])
    head.post(f"/pairs/{lesson.id}/agree/routines", revision="1", **instead)
    assert not waits(school, lesson)
    browser.sign_in(school["Mair"]).get(asked, status=404)


def test_it_is_taken_back_until_somebody_reads(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    browser.sign_in(school["Mair"]).post(f"{asked}/take")
    head = browser.sign_in(school["Sion"])
    head.post(f"/pairs/{lesson.id}/third/routines/take-back", status=409)
    browser.sign_in(school["Mair"]).post(f"{asked}/put-back")
    head.post(f"/pairs/{lesson.id}/third/routines/take-back")
    assert not waits(school, lesson)


def test_before_it_is_taken_only_the_rubric_is_read(
    browser: Browser, school: School, asked: str
) -> None:
    page = browser.sign_in(school["Mair"]).get(asked)
    assert "Take it to read" in page
    assert "Books out" not in page


def test_a_reader_sees_no_name_no_level_no_lean_and_nothing_else_of_the_lesson(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    reader = browser.sign_in(school["Mair"])
    reader.post(f"{asked}/take")
    page = reader.get(asked)
    assert "Books out in two minutes." in page
    assert "The move takes four minutes." in page
    for hidden in ("Prydderch", "Siôn", "Ruth", "Catrin", "OTHER-THING", "MY-OWN", "sign-plus"):
        assert hidden not in page, hidden
    assert "gave" not in page.split("<form")[0]
    reader.get(f"/pairs/{lesson.id}")
    assert "Books out" not in reader.get(f"/pairs/{lesson.id}")


def test_no_byte_of_a_reading_depends_on_the_levels_before_the_answer(
    browser: Browser, school: School
) -> None:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    moved = [Noted("The move.", 2, ("routines",))]
    both = {"Sion": moved, "Ruth": moved}
    seen = set()
    for level in (2, 3):
        given = {"Sion": same() | {"routines": 1}, "Ruth": same() | {"routines": level}}
        lesson = a_talk(school, given, notes=both)
        browser.sign_in(school["Sion"]).post(f"/pairs/{lesson.id}/agree/routines", **FORM)
        url = f"/third-readings/{lesson.id}/routines"
        reader = browser.sign_in(school["Mair"])
        reader.post(f"{url}/take")
        page = reader.get(url).replace(str(lesson.id), "")
        seen.add(re.sub(r'name="csrf_token" value="[^"]*"', "", page))
    assert len(seen) == 1


def test_after_the_answer_the_reader_reads_the_levels_and_the_two_the_answer(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    reader = browser.sign_in(school["Mair"])
    reader.post(f"{asked}/take")
    reader.post(f"{asked}/answer", level="3", reason="Both saw the\n move.")
    page = reader.get(asked)
    assert {"1 Not yet", "4 Strong"} <= set(re.findall(r"<b>(\d [\w ]+)</b>", page))
    assert "Siôn" not in page
    talk = browser.sign_in(school["Ruth"]).get(f"/pairs/{lesson.id}")
    assert "Mair Ellis would give 3 Secure." in talk
    assert "Both saw the move." in talk
    assert "changes nothing by itself" in talk


def test_an_answer_changes_no_rating_no_figure_and_no_agreed_record(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    def stands() -> object:
        with school.database.read(school.network_id) as session:
            rows = [(r.criterion, r.level_a, r.level_b) for r in session.query(PairedRating)]
            return pairs.agreed(session, lesson.id), sorted(rows)

    before = stands()
    reader = browser.sign_in(school["Mair"])
    reader.post(f"{asked}/take")
    reader.post(f"{asked}/answer", level="2", reason="It took long.")
    assert stands() == before
    head = browser.sign_in(school["Sion"])
    head.post(f"/pairs/{lesson.id}/agree/routines", agreed="2", revision="1")
    assert "agreed: 2 In part" in head.get(f"/pairs/{lesson.id}")


def test_an_answer_is_given_once_and_with_a_reason(
    browser: Browser, school: School, asked: str
) -> None:
    reader = browser.sign_in(school["Mair"])
    reader.post(f"{asked}/answer", status=409, level="3", reason="Not mine yet.")
    reader.post(f"{asked}/take")
    assert "Choose a level" in reader.post(f"{asked}/answer", status=400, reason="No level.")
    page = reader.post(f"{asked}/answer", status=400, level="3", reason=" ")
    assert "Say why in one line" in page
    assert re.search(r'name="level" value="3" checked', page)
    reader.post(f"{asked}/answer", status=400, level="9", reason="No such level.")
    reader.post(f"{asked}/answer", level="untold", reason="Neither says how long.")
    assert "You could not tell a level." in reader.get(asked)
    reader.post(f"{asked}/answer", status=409, level="3", reason="Again.")


def test_two_readers_do_not_read_the_same(browser: Browser, school: School, asked: str) -> None:
    a_person(school, "Dai Rees", RoleKind.ADVISER)
    browser.sign_in(school["Mair"]).post(f"{asked}/take")
    browser.sign_in(school["Dai"]).post(f"{asked}/take", status=403)
    assert asked not in browser.sign_in(school["Dai"]).get("/third-readings")


def test_a_facilitator_gives_it_to_somebody_who_was_not_there(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    facilitator = browser.sign_in(school["Margaret"])
    assert "1 criterion on which two observers still differ waits" in facilitator.get("/")
    page = facilitator.get("/third-readings")
    assert "Peter Nwosu" in page
    assert "Siôn" not in page
    assert "Books out" not in page
    browser.sign_in(school["Peter"]).get(asked, status=403)
    facilitator.post(f"{asked}/assign", status=400, reader=str(school["Sion"].id))
    facilitator.post(f"{asked}/assign", reader=str(school["Peter"].id))
    browser.sign_in(school["Peter"]).post(f"{asked}/take")
    browser.sign_in(school["Mair"]).get(asked, status=403)
    facilitator.post(f"{asked}/assign", status=409)


def test_nobody_reads_about_a_lesson_at_which_they_were_or_in_which_they_taught(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    for name in ("Sion", "Ruth", "Helen", "Catrin", "Margaret", "Aisha"):
        browser.sign_in(school[name]).get(asked, status=403)
        browser.sign_in(school[name]).post(f"{asked}/take", status=403)
    with school.database.write(school.network_id) as session:
        third_reading.assign(
            session, lesson.id, "routines", school["Peter"].id, by=school["Margaret"], at=LATER
        )
        lessons.row(session, lesson.id).teacher_id = school["Peter"].id
    browser.sign_in(school["Peter"]).get(asked, status=403)
    assert asked not in browser.sign_in(school["Peter"]).get("/third-readings")


def test_whoever_withdrew_is_no_third_reader(browser: Browser, school: School) -> None:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    three = a_talk(school, {**GIVEN, "Mair": same()}, notes=NOTES, sealed=False)
    with school.database.write(school.network_id) as session:
        for name in ("Sion", "Ruth"):
            row = begun(session, three.observations[name], state="sealed")
            row.sealed_at = LATER
        begun(session, three.observations["Mair"], state="withdrawn")
        revealing.reveal(session, three.id, at=LATER)
    browser.sign_in(school["Sion"]).post(f"/pairs/{three.id}/agree/routines", **FORM)
    mair = browser.sign_in(school["Mair"])
    mair.get(f"/third-readings/{three.id}/routines", status=403)
    assert "Nothing waits" in mair.get("/third-readings")


def test_a_reading_of_a_pair_that_fell_apart_waits_for_nobody(
    browser: Browser, school: School, lesson: PlannedLesson, asked: str
) -> None:
    with school.database.write(school.network_id) as session:
        begun(session, lesson.observations["Ruth"], state="withdrawn")
        revealing.reveal(session, lesson.id, at=LATER)
    mair = browser.sign_in(school["Mair"])
    mair.get(asked, status=403)
    assert "Nothing waits" in mair.get("/third-readings")


def test_without_grades_levels_stay_with_those_who_observed(
    browser: Browser, school: School
) -> None:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    given = {"Sion": {"routines": 2}, "Ruth": {"routines": 4}}
    with school.database.read(school.network_id) as session:
        rubric = shelf.rubric(session, school.rubrics["ways-of-looking"])
    key = next(each for each in rubric.criteria() if each.scale.has_levels)
    notes = {"Sion": [Noted("Books out in two minutes.", 2, (key.criterion,))]}
    lesson = a_talk(school, given, notes=notes, rubric="ways-of-looking")
    level = str(key.scale.levels[0].value)
    browser.sign_in(school["Sion"]).post(f"/pairs/{lesson.id}/agree/{key.criterion}", **FORM)
    reader, url = browser.sign_in(school["Mair"]), f"/third-readings/{lesson.id}/{key.criterion}"
    reader.post(f"{url}/take")
    reader.post(f"{url}/answer", level=level, reason="As far as one can see.")
    assert "levels stay with those who observed" in reader.get(url)


def test_where_nobody_noted_anything_no_third_reader_is_asked(
    browser: Browser, school: School
) -> None:
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    bare = a_talk(school, GIVEN, notes={"Sion": NOTES["Sion"][1:]})
    head, url = browser.sign_in(school["Sion"]), f"/pairs/{bare.id}"
    page = head.get(f"{url}?at=routines")
    assert 'name="third"' not in page
    assert "a third reader would have nothing to read" in page
    told = head.post(f"{url}/agree/routines", status=400, rule="Kept as typed.", **FORM)
    assert "a third reader would have nothing to read" in told
    assert 'value="Kept as typed."' in told
    head.post(f"{url}/agree/routines", agreed="differ", revision="0")
    for name in ("Sion", "Ruth"):
        browser.sign_in(school[name]).post(f"{url}/close")
    assert "Ask a third reader" not in head.get(url)
    assert "nothing to read" in head.post(f"{url}/third/routines", status=409)
    assert not waits(school, bare)


def test_who_was_chosen_meanwhile_is_looked_at_when_it_is_taken(
    school: School, lesson: PlannedLesson, asked: str
) -> None:
    facilitator, mair, peter = (school[name] for name in ("Margaret", "Mair", "Peter"))
    with school.database.write(school.network_id) as session:
        third_reading.assign(session, lesson.id, "routines", peter.id, by=facilitator, at=LATER)
        with pytest.raises(Conflict, match="has chosen who"):
            third_reading.take(session, lesson.id, "routines", by=mair, at=LATER)
        third_reading.take(session, lesson.id, "routines", by=peter, at=LATER)


def test_it_can_be_asked_when_the_talk_is_over_but_only_where_they_differ(
    browser: Browser, school: School, lesson: PlannedLesson
) -> None:
    head = browser.sign_in(school["Sion"])
    head.post(f"/pairs/{lesson.id}/third/routines", status=409)
    for name in ("Sion", "Ruth"):
        browser.sign_in(school[name]).post(f"/pairs/{lesson.id}/close")
    assert "Ask a third reader" in head.get(f"/pairs/{lesson.id}")
    head.post(f"/pairs/{lesson.id}/third/routines")
    assert waits(school, lesson)


def test_another_network_knows_nothing_of_it(browser: Browser, school: School, asked: str) -> None:
    stranger = a_network(school.database, name="A third network")["Ruth"]
    browser.sign_in(stranger).get(asked, status=404)
    assert "Nothing waits" in browser.sign_in(stranger).get("/third-readings")
