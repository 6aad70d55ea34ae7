"""The pages of exercises: made, taken, sealed until shown, and never a byte of another's ratings before."""

import re
from collections.abc import Iterator
from csv import DictReader
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from observe.core.exercises import Use
from observe.core.permissions import RoleKind
from observe.storage import exercise_takings as kept
from observe.storage import exercises as stored
from observe.storage.tables.exercises import ExerciseRating, ExerciseTaking
from tests.browser import Browser
from tests.exercising import (
    LEVELS,
    MadeExercise,
    a_group,
    made,
    making,
    observers,
    published,
    rate,
    rated_by_experts,
    taken,
)
from tests.factories import NOW, School, a_person

pytestmark = pytest.mark.usefixtures("some_days_later")

TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')
EVERYBODY = ("Sion", "Ruth", "Helen", "Catrin", "Margaret", "Ada", "Ben")
FORM = {
    "title": "Melting ice",
    "text": "Teacher: What happens?",
    "criteria": ["routines", "questioning"],
    "minutes": "20",
    "use": "practice",
}


def said(school: School, **differs: object) -> dict[str, Any]:
    first, second = making(school).experts
    rubric = school.rubrics["teaching-framework"]
    return {**FORM, "rubric": rubric, "first": str(first), "second": str(second), **differs}


def test_a_facilitator_makes_an_exercise_and_its_experts_find_it(
    browser: Browser, school: School
) -> None:
    form = said(school)
    margaret = browser.sign_in(school["Margaret"])
    assert "Questioning" in margaret.get("/practice/new")
    page = margaret.post("/practice/new", follow=True, status=200, **form)
    assert "Melting ice" in page
    assert "0 of 2 experts have sealed" in page
    assert "For the reference" in browser.sign_in(school["Ada"]).get("/practice")
    assert "Melting ice" not in browser.sign_in(school["Sion"]).get("/practice")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"link": "javascript:alert(1)"}, "no address of a web page"),
        ({"title": ""}, "Give it a title"),
        ({"second": ""}, "An expert is somebody who observes"),
        ({"minutes": "soon"}, "how many minutes"),
        ({"rubric": "sha256:none"}, "Choose a rubric"),
    ],
)
def test_what_was_typed_stays_when_something_is_to_mend(
    browser: Browser, school: School, wrong: dict[str, object], told: str
) -> None:
    form = said(school, **wrong)
    page = browser.sign_in(school["Margaret"]).post("/practice/new", status=400, **form)
    assert told in page
    assert "Teacher: What happens?" in page


def test_a_text_of_200_kb_in_any_script_is_taken(browser: Browser, school: School) -> None:
    form = {**said(school), "text": "教" * (200 * 1024 // 3)}
    margaret = browser.sign_in(school["Margaret"]).client
    answer = margaret.post("/practice/new", data=form, content_type="multipart/form-data")
    assert answer.status_code == 302
    longer = {**form, "text": form["text"] + "教"}
    answer = margaret.post("/practice/new", data=longer, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "at most 200 kB" in answer.get_data(as_text=True)


def test_what_was_begun_says_that_the_exercise_was_withdrawn_and_why(
    browser: Browser, school: School
) -> None:
    exercise = published(school)
    sion, margaret = browser.sign_in(school["Sion"]), browser.sign_in(school["Margaret"])
    place = sion.client.post(f"/practice/exercises/{exercise.id}/begin").location
    withdraw = f"/practice/exercises/{exercise.id}/withdraw"
    assert "Say in a line" in margaret.post(withdraw, status=400, reason=" ")
    margaret.post(withdraw, reason="The video is gone.")
    assert "withdrawn" in sion.get("/practice")
    assert "The video is gone." in sion.get(place)
    assert "The video is gone." in sion.post(f"{place}/rate/routines", status=409, value="3")


def test_a_link_opens_apart_and_nothing_is_embedded(browser: Browser, school: School) -> None:
    exercise = published(school, link="https://video.example/lesson?a=1&b=2")
    taking = taken(school, exercise, "Sion", LEVELS)
    page = browser.sign_in(school["Sion"]).get(f"/practice/takings/{taking}")
    assert 'target="_blank" rel="noopener noreferrer"' in page
    assert "<iframe" not in page
    assert "<video" not in page


def test_words_of_a_lesson_are_text_and_nothing_else(browser: Browser, school: School) -> None:
    exercise = published(school, text="<script>alert(1)</script> & a pupil")
    taking = taken(school, exercise, "Sion", LEVELS)
    page = browser.sign_in(school["Sion"]).get(f"/practice/takings/{taking}")
    assert "&lt;script&gt;alert(1)" in page


def test_the_same_words_of_both_experts_stand_under_both_names(
    browser: Browser, school: School
) -> None:
    exercise = made(school, criteria=("routines",))
    rated_by_experts(school, exercise, {"routines": 3}, note="Books out")
    page = browser.sign_in(school["Ada"]).get(f"/practice/exercises/{exercise.id}/reference")
    said = page.split("1. What each of you saw", 1)[1].split("</section>", 1)[0]
    names = [expert.name.split()[0] for expert in exercise.experts]
    assert [said.count(name) for name in names] == [1, 1]


def test_experts_settle_criterion_by_criterion_and_publish(
    browser: Browser, school: School
) -> None:
    exercise = made(school, criteria=("routines", "behaviour"))
    rated_by_experts(school, exercise, {"routines": 2, "behaviour": 3}, who=[0], note="waits")
    rated_by_experts(school, exercise, {"routines": 4, "behaviour": 3}, who=[1])
    ada, place = browser.sign_in(school["Ada"]), f"/practice/exercises/{exercise.id}"
    to_do = ada.get("/practice").split('id="to-do"', 1)[1].split("</section>", 1)[0]
    assert "Settle the reference" in to_do
    with school.database.read(school.network_id) as session:
        (own,) = kept.of_person(session, school["Ada"].id)
    assert f'href="{place}/reference"' in ada.get(f"/practice/takings/{own.id}")
    page = ada.get(f"{place}/reference")
    assert page.index("1b Routines") < page.index("1c Behaviour")
    assert "2 apart" in page
    assert "Choose a level" in ada.post(f"{place}/reference/routines", status=400, reason="so")
    for key in ("routines", "behaviour"):
        ada.post(f"{place}/reference/{key}", level="3", reason="It shows at 9:40.", revision="0")
    clash = ada.post(
        f"{place}/reference/routines", status=412, level="2", reason="no", revision="0"
    )
    assert "The other expert saved" in clash
    ada.post(f"{place}/publish")
    assert "It shows at 9:40." in browser.sign_in(school["Margaret"]).get(place)


def test_in_practice_the_reference_stands_there_once_one_has_rated(
    browser: Browser, school: School
) -> None:
    exercise = published(school)
    sion = browser.sign_in(school["Sion"])
    answer = sion.client.post(f"/practice/exercises/{exercise.id}/begin")
    place = answer.location
    assert "REASON-OF" not in sion.get(place)
    sion.post(f"{place}/rate/routines", value="2", note="slow", show="yes")
    page = sion.get(place)
    assert "REASON-OF-routines" in page
    assert "REASON-OF-behaviour" not in page
    assert "One apart." in page
    changed = sion.post(f"{place}/rate/routines", status=409, value="3")
    assert "your level stays" in changed


def test_a_script_is_told_in_words_that_it_is_saved(browser: Browser, school: School) -> None:
    exercise = published(school, use=Use.TEST)
    sion = browser.sign_in(school["Sion"])
    place = sion.client.post(f"/practice/exercises/{exercise.id}/begin").location
    answer = sion.client.post(
        f"{place}/rate/routines", data={"value": "2"}, headers={"Accept": "application/json"}
    )
    assert answer.json
    assert answer.json["saved"].endswith("Rated 1 of 4.")
    unfinished = sion.post(f"{place}/finish", status=409)
    assert "Rate these first" in unfinished


def test_a_test_tells_how_far_but_neither_level_nor_reason(
    browser: Browser, school: School
) -> None:
    exercise = published(school, {"routines": 4, "behaviour": 1}, use=Use.TEST)
    taking = taken(school, exercise, "Sion", {"routines": 2, "behaviour": 1})
    page = browser.sign_in(school["Sion"]).get(f"/practice/takings/{taking}")
    assert "two apart" in page
    assert "1 of 2" in page
    assert "REASON-OF" not in page
    assert "4 Strong" not in page
    text = browser.sign_in(school["Sion"]).get("/practice/results.csv").lstrip("\ufeff")
    lines = list(DictReader(StringIO(text)))
    assert [line["reference_level"] for line in lines] == ["", ""]
    assert [line["levels_apart"] for line in lines] == ["2", "0"]


def test_nobody_elses_taking_is_open_to_anybody(browser: Browser, school: School) -> None:
    taking = taken(school, published(school), "Sion", LEVELS)
    for name in ("Ruth", "Helen", "Catrin", "Margaret", "Ada"):
        browser.sign_in(school[name]).get(f"/practice/takings/{taking}", status=403)


def test_people_join_by_letters_and_wrong_ones_are_told(browser: Browser, school: School) -> None:
    exercise = published(school)
    a_group(school, exercise, {})
    with school.database.read(school.network_id) as session:
        code = kept.groups_of(session, exercise.id)[0].code
    sion = browser.sign_in(school["Sion"])
    assert "No group that is open" in sion.post("/practice/join", status=400, letters="AAAAAA")
    assert "sealed until" in sion.post("/practice/join", status=200, follow=True, letters=code)


def test_a_facilitator_sees_only_how_many_have_sealed_until_the_spread_is_shown(
    browser: Browser, school: School
) -> None:
    exercise = published(school)
    heads = observers(school, 6)
    group = a_group(school, exercise, {name: dict(LEVELS) for name in heads})
    margaret, place = browser.sign_in(school["Margaret"]), f"/practice/groups/{group}"
    page = margaret.get(place)
    assert "6 of 6 have sealed" in page
    assert "REASON-OF" not in page
    margaret.get(f"{place}/spread.csv", status=404)
    margaret.post(f"{place}/reveal")
    shown = margaret.get(place)
    assert "6 of 6 gave the level of the reference" in shown
    assert not [name for name in heads if name in shown]
    assert "REASON-OF-routines" in margaret.get(f"{place}?screen=yes&at=routines")
    assert "routines,1b Routines and time,3,6,True" in margaret.get(f"{place}/spread.csv")


def test_exercises_stand_on_no_page_of_pairs_groups_and_leniency(
    browser: Browser, school: School
) -> None:
    sion = browser.sign_in(school["Sion"])
    addresses = ("/agreement", "/agreement/group", "/agreement/leniency", "/agreement/over-time")
    urls = [url for url in (*addresses, "/pairs") if sion.client.get(url).status_code == 200]
    before = [TOKEN.sub(b"", sion.client.get(url).data) for url in urls]
    for number in range(6):
        exercise = published(school, title=f"Lesson {number}", use=Use.TEST)
        taken(school, exercise, "Sion", LEVELS)
    assert len(urls) >= 3
    assert [TOKEN.sub(b"", sion.client.get(url).data) for url in urls] == before


def test_from_five_exercises_on_limits_stand_with_the_figure_and_others_may_look(
    browser: Browser, school: School
) -> None:
    levels = {**LEVELS, "routines": 2}
    sion, ruth = browser.sign_in(school["Sion"]), browser.sign_in(school["Ruth"])
    assert "Nothing finished yet" in sion.get("/practice/results")
    for number in range(5):
        exercise = published(school, title=f"Lesson {number}", use=Use.TEST)
        taken(school, exercise, "Sion", levels)
    theirs = f"/practice/results/of/{school['Sion'].id}"
    ruth.get(theirs, status=403)
    assert "1 more person are not open yet" in ruth.get("/practice/people")
    page = sion.get("/practice/results")
    assert "Over 5 exercises you gave the reference level" in page
    assert "Siôn Prydderch gave the reference level" in ruth.get(theirs)
    assert theirs in ruth.get("/practice/people")
    assert theirs not in browser.sign_in(school["Helen"]).get("/practice/people")


# Nobody reads another's ratings before the reveal: every route, every person, every state.


def exercise_pages(app: Flask, ids: dict[str, UUID]) -> Iterator[tuple[str, str]]:
    """(method, address) of every route of calibration, with these ids in it."""
    named = {"criterion": "routines", "key": "routines", **{k: str(v) for k, v in ids.items()}}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("calibration.") and set(rule.arguments) <= set(named):
                url = rule.build({k: named[k] for k in rule.arguments})[1]  # type: ignore[index]
                for method in (rule.methods or set()) & {"GET"}:
                    yield method, url


def seen(browser: Browser, school: School, ids: list[dict[str, UUID]]) -> dict[str, bytes]:
    """What everybody but the author is answered everywhere."""
    found = {}
    for name in EVERYBODY:
        reader = browser.sign_in(school[name]).client
        for each in ids:
            for method, url in exercise_pages(browser.app, each):
                if f"{name} {url}" not in found and not url.endswith((".xlsx", "/how")):
                    answer = reader.open(url, method=method)
                    found[f"{name} {url}"] = TOKEN.sub(b"", answer.data)
    return found


def rewrite(school: School, takings: list[UUID], value: str, note: str) -> None:
    """Other levels and words in these takings."""
    with school.database.write(school.network_id) as session:
        table = ExerciseRating
        of = (table.network_id == school.network_id) & table.taking_id.in_(takings)
        session.execute(update(table).where(of).values(value=value, note=note))


def takings_of(school: School, exercise: MadeExercise) -> list[UUID]:
    with school.database.read(school.network_id) as session:
        query = select(ExerciseTaking.id).where(ExerciseTaking.exercise_id == exercise.id)
        return list(session.scalars(query))


def test_no_byte_of_any_page_depends_on_what_an_expert_gave_before_both_have_sealed(
    browser: Browser, school: School
) -> None:
    exercise = made(school)
    rated_by_experts(school, exercise, who=[0], note="MARKER-OF-ADA")
    (taking,) = takings_of(school, exercise)
    ids = [{"exercise_id": exercise.id, "taking_id": taking, "person_id": school["Ada"].id}]
    others = {k: v for k, v in seen(browser, school, ids).items() if not k.startswith("Ada ")}
    rewrite(school, [taking], "1", "another note")
    again = {k: v for k, v in seen(browser, school, ids).items() if not k.startswith("Ada ")}
    assert again == others
    assert not [key for key, page in others.items() if b"MARKER-OF-ADA" in page]


def test_no_byte_of_any_page_depends_on_what_a_group_gave_before_the_spread_is_shown(
    browser: Browser, school: School
) -> None:
    exercise = published(school)
    heads = observers(school, 5)
    group = a_group(school, exercise, {name: dict(LEVELS) for name in heads})
    with school.database.write(school.network_id) as session:
        for head in heads[:2]:
            taking = kept.of_group(session, group)[heads.index(head)]
            row = kept.row(session, taking.id)
            row.finished_at = None
        session.flush()
        for head in heads[:2]:
            taking = kept.of_group(session, group)[heads.index(head)]
            rate(session, taking.id, LEVELS, by=school[head], note="MARKER-OF-A-HEAD")
        takings = [each.id for each in kept.of_group(session, group)]
    ids = [
        {"exercise_id": exercise.id, "taking_id": taking, "group_id": group, "person_id": person}
        for taking, person in zip(takings[1:3], (school[h].id for h in heads[1:3]), strict=True)
    ]
    before = seen(browser, school, ids)
    rewrite(school, takings, "1", "another note")
    assert seen(browser, school, ids) == before
    assert not [key for key, page in before.items() if b"MARKER-OF-A-HEAD" in page]


def test_another_network_does_not_know_the_exercise(browser: Browser, school: School) -> None:
    from tests.factories import a_network

    exercise = published(school)
    taking = taken(school, exercise, "Sion", LEVELS)
    group = a_group(school, exercise, {})
    other = a_network(school.database, name="A third network")
    for name in ("Sion", "Margaret"):
        stranger = browser.sign_in(other[name])
        for url in (f"exercises/{exercise.id}", f"takings/{taking}", f"groups/{group}"):
            assert stranger.client.get(f"/practice/{url}").status_code in (403, 404)
        assert "Melting ice" not in stranger.get("/practice")


def test_the_reference_is_on_no_page_of_those_who_take_it_before_they_may_see_it(
    browser: Browser, school: School
) -> None:
    exercise = published(school, use=Use.TEST)
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    peter = browser.sign_in(school["Peter"])
    place = peter.client.post(f"/practice/exercises/{exercise.id}/begin").location
    taking = UUID(place.rsplit("/", 1)[1])
    ids = {"exercise_id": exercise.id, "taking_id": taking, "person_id": school["Peter"].id}
    for _method, url in exercise_pages(browser.app, ids):
        assert b"REASON-OF" not in peter.client.get(url).data, url
    with school.database.read(school.network_id) as session:
        assert stored.reference(session, exercise.id)
    assert NOW
