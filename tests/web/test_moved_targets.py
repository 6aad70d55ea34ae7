"""Who follows the open targets of a teacher who went into another team or school."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import delete

from observe.core.permissions import RoleKind
from observe.services import people
from observe.services.people import Post
from observe.storage import targets
from observe.storage.tables.people import Role
from tests.browser import Browser
from tests.factories import NOW, School, a_person
from tests.letters import read
from tests.web.test_permissions import another_school, another_team


@pytest.fixture
def target(school: School) -> UUID:
    """The target of a summary that Catrin has read."""
    summary_id = read(school)
    with school.database.read(school.network_id) as session:
        return targets.id_of_summary(session, summary_id)


def moves(school: School, post: Post, *, leaving: bool = False) -> None:
    """Catrin teaches there from now on."""
    catrin = school["Catrin"].id
    with school.database.write(school.network_id) as session:
        if leaving:
            session.execute(delete(Role).where(Role.person_id == catrin))
        people.give_role(session, catrin, post, by=school["Margaret"], at=NOW)


def test_in_another_team_the_new_leader_follows_and_decides(
    school: School, browser: Browser, target: UUID
) -> None:
    team = another_team(school)
    owen = a_person(replace(school, team_id=team), "Owen Leader", RoleKind.LEADER)
    moves(school, Post(RoleKind.TEACHER, school.school_id, team))
    assert "Catrin Morley" in browser.sign_in(owen).get("/targets")
    browser.sign_in(owen).post(f"/targets/{target}", state="met")


def test_the_leader_of_before_keeps_the_summary_and_not_the_target(
    school: School, browser: Browser, target: UUID
) -> None:
    moves(school, Post(RoleKind.TEACHER, school.school_id, another_team(school)))
    helen = browser.sign_in(school["Helen"])
    assert "No target yet" in helen.get("/targets")
    helen.get(f"/targets/{target}", status=403)
    assert "Catrin Morley" in helen.get("/feedback")


def test_the_new_leader_reads_no_summary_of_before(
    school: School, browser: Browser, target: UUID
) -> None:
    team = another_team(school)
    owen = a_person(replace(school, team_id=team), "Owen Leader", RoleKind.LEADER)
    moves(school, Post(RoleKind.TEACHER, school.school_id, team))
    page = browser.sign_in(owen).get(f"/targets/{target}")
    assert "from the lesson on" in page
    assert 'href="/feedback/' not in page
    assert "What became of it?" in page


def test_in_another_school_its_head_follows_and_the_head_of_before_does_not(
    school: School, browser: Browser, target: UUID
) -> None:
    there = another_school(school)
    head = a_person(there, "Nia Elsewhere", RoleKind.HEAD)
    moves(school, Post(RoleKind.TEACHER, there.school_id), leaving=True)
    assert "Catrin Morley" in browser.sign_in(head).get("/targets")
    assert "No target yet" in browser.sign_in(school["Sion"]).get("/targets")


def test_a_teacher_of_two_schools_is_followed_where_the_lesson_was(
    school: School, browser: Browser, target: UUID
) -> None:
    there = another_school(school)
    head = a_person(there, "Nia Elsewhere", RoleKind.HEAD)
    moves(school, Post(RoleKind.TEACHER, there.school_id))
    assert "No target yet" in browser.sign_in(head).get("/targets")
    assert "Catrin Morley" in browser.sign_in(school["Sion"]).get("/targets")


def test_a_teacher_who_teaches_nowhere_is_followed_where_the_lesson_was(
    school: School, browser: Browser, target: UUID
) -> None:
    with school.database.write(school.network_id) as session:
        session.execute(delete(Role).where(Role.person_id == school["Catrin"].id))
    assert "Catrin Morley" in browser.sign_in(school["Helen"]).get("/targets")
