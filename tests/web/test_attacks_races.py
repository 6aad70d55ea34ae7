"""Two people, or two taps, in the same moment: one comes first, the other is told, nobody sees a fault."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from observe.core.permissions import Person, RoleKind
from observe.services import links
from observe.storage.tables import exercises as tables
from observe.storage.tables import feedback, lessons, people
from observe.storage.tables.certification import CertificateByHand
from tests.browser import Browser
from tests.exercising import published
from tests.factories import NOW, School, a_lesson, a_person
from tests.letters import a_draft, released, submitted
from tests.talks import a_talk

pytestmark = pytest.mark.usefixtures("some_days_later")

AT_ONCE = 6
Sent = tuple[str, dict[str, Any]]


def at_once(app: Flask, who: list[Person], send: Callable[[int], Sent]) -> list[int]:
    """What is answered when all of these post in the same moment."""
    browsers = [Browser(app).sign_in(person) for person in who]
    together = Barrier(len(who))

    def post(number: int) -> int:
        address, typed = send(number)
        together.wait()
        return browsers[number].client.post(address, data=typed).status_code

    with ThreadPoolExecutor(len(who)) as tabs:
        return list(tabs.map(post, range(len(who))))


def count(school: School, table: Any, *where: Any) -> int:
    with school.database.read(school.network_id) as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def test_a_summary_is_released_once(app: Flask, school: School) -> None:
    summary_id = submitted(school)
    told = at_once(
        app,
        [school["Helen"]] * AT_ONCE,
        lambda _: (f"/feedback/{summary_id}/release", {"revision": "2"}),
    )
    assert set(told) <= {302, 409, 412}, told
    assert count(school, feedback.SummaryVersion) == 1


def test_a_summary_is_released_or_sent_back(app: Flask, school: School) -> None:
    summary_id = submitted(school)
    helen = school["Helen"]
    at_once(app, [helen], lambda _: (f"/feedback/{summary_id}/comments", {"text": "Shorter."}))
    moves = ("release", "send-back")
    told = at_once(
        app,
        [helen] * AT_ONCE,
        lambda n: (f"/feedback/{summary_id}/{moves[n % 2]}", {"revision": "2"}),
    )
    assert told.count(302) == 1
    assert set(told) <= {302, 403, 409, 412}, told


def test_of_two_drafts_kept_at_once_one_is_shown_the_other(app: Flask, school: School) -> None:
    summary_id = a_draft(school)
    told = at_once(
        app,
        [school["Sion"]] * AT_ONCE,
        lambda n: (
            f"/feedback/{summary_id}/edit",
            {"revision": "1", "line": "1", "part-1": "strength", "text-1": f"Version {n}"},
        ),
    )
    assert sorted(told) == [302] + [412] * (AT_ONCE - 1), told


def test_a_target_is_taken_and_a_letter_opened_however_often(app: Flask, school: School) -> None:
    summary_id = released(school)
    catrin = [Browser(app).sign_in(school["Catrin"]) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as tabs:
        told = list(tabs.map(lambda b: b.client.get(f"/feedback/{summary_id}").status_code, catrin))
    assert set(told) == {200}
    told = at_once(
        app, [school["Catrin"]] * AT_ONCE, lambda _: (f"/feedback/{summary_id}/target", {})
    )
    assert set(told) == {302}


def test_figures_are_opened_once(app: Flask, school: School) -> None:
    a_talk(school, {"Sion": {"relationships": 2}, "Ruth": {"relationships": 4}})
    sion = [Browser(app).sign_in(school["Sion"]) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as tabs:
        told = list(tabs.map(lambda b: b.client.get("/agreement").status_code, sion))
    assert set(told) == {200}


def test_a_pair_is_closed_by_two_taps_in_the_same_moment(app: Flask, school: School) -> None:
    lesson = a_talk(school, {"Sion": {"relationships": 2}, "Ruth": {"relationships": 4}})
    who = [school["Sion"], school["Ruth"]] * 3
    told = at_once(app, who, lambda _: (f"/pairs/{lesson.id}/close", {}))
    assert set(told) == {302}
    assert count(school, lessons.Pair, lessons.Pair.state == "closed") == 1
    assert count(school, feedback.Summary) == 1


def test_two_who_agree_at_once_see_each_other(app: Flask, school: School) -> None:
    lesson = a_talk(school, {"Sion": {"relationships": 2}, "Ruth": {"relationships": 4}})
    who = [school["Sion"], school["Ruth"]] * 3
    told = at_once(
        app,
        who,
        lambda n: (
            f"/pairs/{lesson.id}/agree/relationships",
            {"agreed": str(2 + n % 2), "revision": "0"},
        ),
    )
    assert set(told) == {302, 412}, told


def test_a_pair_is_opened_early_or_goes_on_without_a_partner(app: Flask, school: School) -> None:
    lesson = a_talk(
        school, {"Sion": {"relationships": 2}, "Ruth": {"relationships": 4}}, sealed=False
    )
    ruth = school["Ruth"].id
    ways = (f"/pairs/{lesson.id}/open-early", f"/pairs/{lesson.id}/waive/{ruth}")
    told = at_once(app, [school["Helen"]] * AT_ONCE, lambda n: (ways[n % 2], {}))
    assert 302 in told
    assert set(told) <= {302, 404, 409}, told


def test_a_lesson_changed_by_two_is_changed_by_one(app: Flask, school: School) -> None:
    lesson = a_lesson(school)
    typed = {
        "teacher": str(school["Catrin"].id),
        "date": "2027-01-12",
        "time": "10:00",
        "minutes": "60",
        "rubric": school.rubrics["teaching-framework"],
        "revision": "1",
    }
    told = at_once(
        app,
        [school["Sion"], school["Ruth"]] * 3,
        lambda n: (f"/lessons/{lesson.id}/change", typed | {"subject": f"Subject {n}"}),
    )
    assert sorted(told) == [302] + [412] * 5, told


def test_a_lesson_is_cancelled_once(app: Flask, school: School) -> None:
    lesson = a_lesson(school)
    told = at_once(
        app,
        [school["Sion"]] * AT_ONCE,
        lambda _: (f"/lessons/{lesson.id}/cancel", {"reason": "Snow."}),
    )
    assert set(told) <= {302, 409}, told


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/people/add", {"name": "Nia Rees", "email": "nia@dales.example"}),
        ("/people/schools", {"name": "Ysgol Newydd"}),
        ("/people/paste", {"table": "name\temail\trole\tschool\nNia\tnia@x.example\thead\tNew\n"}),
    ],
)
def test_nobody_and_nothing_is_added_twice(
    app: Flask, school: School, address: str, typed: dict[str, str]
) -> None:
    told = at_once(app, [school["Margaret"]] * AT_ONCE, lambda _: (address, typed))
    assert set(told) <= {302, 409}, told
    assert 302 in told


def test_teams_classes_and_roles_are_given_once(app: Flask, school: School) -> None:
    aisha = school["Aisha"].id
    sent = [
        (f"/people/schools/{school.school_id}/teams", {"name": "Upper"}),
        (f"/people/schools/{school.school_id}/classes", {"name": "9Q"}),
        (f"/people/{aisha}/roles", {"role": "head", "place": str(school.school_id)}),
        (f"/people/{aisha}/link", {}),
    ]
    told = at_once(app, [school["Margaret"]] * 12, lambda n: sent[n % 4])
    assert set(told) <= {200, 302, 409}, told
    held = (people.Role.person_id == aisha, people.Role.kind == RoleKind.HEAD)
    assert count(school, people.Role, *held) == 1


def test_what_is_set_by_hand_about_a_certificate_is_kept_once(app: Flask, school: School) -> None:
    address = f"/certification/of/{school['Sion'].id}/by-hand"

    def is_sent(hand: str) -> list[int]:
        typed = {"hand": hand, "reason": "A mistake"}
        return at_once(app, [school["Margaret"]] * AT_ONCE, lambda _: (address, typed))

    assert is_sent("not certified") == is_sent("as judged") == [302] * AT_ONCE
    assert count(school, CertificateByHand) == 2


def test_a_group_is_opened_once_however_often_the_form_is_sent(app: Flask, school: School) -> None:
    exercise, ruth = published(school), school["Ruth"].id
    place = f"/practice/exercises/{exercise.id}"
    page = Browser(app).sign_in(school["Margaret"]).get(place)
    (number,) = re.findall(r'name="number" value="([^"]+)"', page)
    typed = {"number": number, "held_on": "2026-11-20", "asked": [str(ruth)]}
    told = at_once(app, [school["Margaret"]] * AT_ONCE, lambda _: (f"{place}/groups", typed))
    assert told == [302] * AT_ONCE
    assert count(school, tables.ExerciseSession) == 1
    assert count(school, tables.ExerciseTaking, tables.ExerciseTaking.session_id.is_not(None)) == 1
    another_day = {**typed, "held_on": "2026-11-21"}
    at_once(app, [school["Margaret"]], lambda _: (f"{place}/groups", another_day))
    assert count(school, tables.ExerciseSession) == 2


def test_a_link_is_used_once(app: Flask, school: School) -> None:
    nia = a_person(school, "Nia Rees", RoleKind.TEACHER)
    with school.database.write(school.network_id) as session:
        token = links.make(session, nia.id, by=None, at=NOW)
    typed = {"password": "plum boat lantern 7", "again": "plum boat lantern 7"}
    told = at_once(app, [school["Margaret"]] * AT_ONCE, lambda _: (f"/link/{token}", typed))
    assert told.count(302) == 1
    assert set(told) <= {302, 404, 410}, told
