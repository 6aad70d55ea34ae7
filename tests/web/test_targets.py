"""The due list of targets, and what becomes of one."""

from uuid import UUID

import pytest
from sqlalchemy import select

from observe.core.permissions import RoleKind
from observe.storage import targets
from observe.storage.tables.feedback import TargetEvent
from tests.browser import Browser
from tests.factories import School, a_network, a_person
from tests.letters import read, released


@pytest.fixture
def target(school: School) -> UUID:
    """The target of a released summary for Catrin."""
    summary_id = read(school)
    with school.database.read(school.network_id) as session:
        return targets.id_of_summary(session, summary_id)


def events(school: School) -> list[str]:
    with school.database.read(school.network_id) as session:
        return list(
            session.scalars(select(TargetEvent.state).order_by(TargetEvent.at, TargetEvent.id))
        )


def test_a_teacher_finds_the_target_with_its_day(
    school: School, browser: Browser, target: UUID
) -> None:
    catrin = browser.sign_in(school["Catrin"])
    page = catrin.get("/targets")
    assert "What you are trying" in page
    assert f"/targets/{target}" in page
    assert "due in" in page or "late" in page


def test_a_leader_finds_the_targets_of_the_team_and_nobody_elses(
    school: School, browser: Browser, target: UUID
) -> None:
    assert "Catrin Morley" in browser.sign_in(school["Helen"]).get("/targets")
    stranger = a_network(school.database, name="Coast partnership")
    assert "No target yet" in browser.sign_in(stranger["Helen"]).get("/targets")


def test_another_teacher_sees_no_target_of_hers(
    school: School, browser: Browser, target: UUID
) -> None:
    aisha = browser.sign_in(school["Aisha"])
    assert "No target yet" in aisha.get("/targets")
    aisha.get(f"/targets/{target}", status=403)
    aisha.post(f"/targets/{target}", status=403, state="met")


def test_what_becomes_of_a_target_stands_in_its_history(
    school: School, browser: Browser, target: UUID
) -> None:
    catrin = browser.sign_in(school["Catrin"])
    later = "2099-01-10"
    catrin.post(f"/targets/{target}", state="carried on", reason="Two were trips", due=later)
    page = catrin.get(f"/targets/{target}")
    assert "Two were trips" in page
    assert "10 January 2099" in page
    browser.sign_in(school["Helen"]).post(f"/targets/{target}", state="met")
    assert events(school) == ["proposed", "carried on", "met"]
    assert "Take it up again" in catrin.get(f"/targets/{target}")
    assert "Earlier targets" in catrin.get("/targets")


def test_twice_the_same_is_once_in_the_history(
    school: School, browser: Browser, target: UUID
) -> None:
    catrin = browser.sign_in(school["Catrin"])
    catrin.post(f"/targets/{target}", state="met")
    assert "has ended" in catrin.post(f"/targets/{target}", status=409, state="met")
    assert events(school).count("met") == 1


def test_what_was_typed_stays_when_something_is_missing(
    school: School, browser: Browser, target: UUID
) -> None:
    catrin = browser.sign_in(school["Catrin"])
    page = catrin.post(
        f"/targets/{target}", status=400, state="carried on", reason="Two were trips"
    )
    assert "Give a day to come" in page
    assert ">Two were trips</textarea>" in page
    assert "Say whether it is met" in catrin.post(
        f"/targets/{target}", status=400, state="proposed"
    )


def test_a_target_of_a_summary_taken_back_is_gone(school: School, browser: Browser) -> None:
    summary_id = released(school)
    with school.database.read(school.network_id) as session:
        target = targets.id_of_summary(session, summary_id)
    browser.sign_in(school["Helen"]).post(f"/feedback/{summary_id}/recall")
    assert events(school) == []
    browser.sign_in(school["Catrin"]).get(f"/targets/{target}", status=404)


def test_a_head_follows_the_targets_of_the_school(
    school: School, browser: Browser, target: UUID
) -> None:
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    assert "Catrin Morley" in browser.sign_in(school["Peter"]).get("/targets")
