"""Every change to somebody's rights is told to them, and who has read about them; others end a lost tablet."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from observe.core.permissions import RoleKind
from observe.services import devices, links, own_page, people
from observe.services.people import Post
from observe.storage.subject_sources import RIGHTS
from observe.storage.tables.people import Role
from observe.web.people import rights_words
from tests.browser import Browser
from tests.factories import NOW, School, a_person
from tests.letters import read, released
from tests.talks import a_talk, same


@pytest.fixture
def rhian(school: School) -> School:
    """Rhian holds data protection."""
    a_person(school, "Rhian Data", RoleKind.DATA_PROTECTION)
    return school


@pytest.fixture
def changed(rhian: School) -> School:
    """Aisha was given a role and had it taken away, got a link, left and came back under another name."""
    whom, by = rhian["Aisha"].id, rhian["Margaret"]
    with rhian.database.write(rhian.network_id) as session:
        post = Post(RoleKind.LEADER, rhian.school_id, rhian.team_id)
        people.give_role(session, whom, post, by=by, at=NOW)
        session.flush()
        role = session.scalars(
            select(Role.id).where(Role.person_id == whom, Role.kind == "leader")
        ).one()
        people.take_role(session, whom, role, by=by, at=NOW)
        links.make(session, whom, by=by, at=NOW)
        people.leave(session, whom, by=by, at=NOW)
        people.come_back(session, whom, by=by, at=NOW)
        people.change(session, whom, "Aisha Khan", "khan@school.example", by=by, at=NOW)
    return rhian


@pytest.mark.parametrize("reader", ["Aisha", "Margaret", "Rhian"])
def test_every_change_is_told_to_the_person_and_to_who_keeps_people(
    app: Flask, changed: School, reader: str
) -> None:
    url = "/me/rights" if reader == "Aisha" else f"/people/{changed['Aisha'].id}/rights"
    page = Browser(app).sign_in(changed[reader]).get(url)
    for words in (
        "Role given: Team leader, Upper school, Thornbeck Primary",
        "Role taken away: Team leader",
        "A link for a password made",
        "Marked as having left",
        "Brought back",
        "Aisha Rahman",
        "is now Aisha Khan, khan@school.example",
    ):
        assert words in page, words
    assert page.count("Margaret Obi") >= 6


def test_nobody_else_reads_the_changes(app: Flask, changed: School) -> None:
    for who in ("Sion", "Helen", "Catrin"):
        Browser(app).sign_in(changed[who]).get(f"/people/{changed['Aisha'].id}/rights", status=403)


def test_each_change_has_a_sentence(app: Flask) -> None:
    from observe.services.rights_history import Change

    with app.test_request_context():
        for did in RIGHTS:
            assert rights_words.change(Change(NOW, did, "")) != did


def looked(app: Flask, school: School, who: str, url: str) -> None:
    """Somebody looks at a page, to its end."""
    answer = Browser(app).sign_in(school[who]).client.get(url)
    assert answer.status_code == 200
    answer.close()


def test_who_has_read_about_somebody_is_told_to_them_by_name(app: Flask, rhian: School) -> None:
    teacher = Browser(app).sign_in(rhian["Catrin"])
    assert "Nobody has read anything about you" in teacher.get("/me/read-about")
    summary_id = released(rhian)
    looked(app, rhian, "Helen", f"/feedback/{summary_id}")
    lesson = a_talk(rhian, {"Sion": same(), "Ruth": same()})
    looked(app, rhian, "Ruth", f"/pairs/{lesson.id}")
    teacher.get(f"/feedback/{summary_id}")
    page = teacher.get("/me/read-about")
    assert "Ruth Adeyemi" in page
    assert "The records of a lesson of yours" in page
    assert "Helen Marsh" in page
    assert "A summary about you" in page
    assert len(re.findall('<li class="over"><span>Catrin Morley', page)) == 0


def test_figures_of_a_person_leave_a_line_too(app: Flask, rhian: School) -> None:
    looked(app, rhian, "Margaret", f"/programme/people/{rhian['Sion'].id}")
    page = Browser(app).sign_in(rhian["Sion"]).get("/me/read-about")
    assert "How far you are in the programme" in page
    assert "Margaret Obi" in page


def test_somebody_is_signed_out_and_loses_a_lost_tablet(app: Flask, rhian: School) -> None:
    with rhian.database.write(rhian.network_id) as session:
        tablet = devices.register(session, "The blue iPad", by=rhian["Sion"], at=NOW)
    sion, margaret = (Browser(app).sign_in(rhian[who]) for who in ("Sion", "Margaret"))
    url = f"/people/{rhian['Sion'].id}"
    assert "The blue iPad" in margaret.get(f"{url}/rights")
    margaret.post(f"{url}/tablets/{tablet.device_id}/revoke")
    margaret.post(f"/people/{rhian['Ruth'].id}/tablets/{tablet.device_id}/revoke", status=404)
    margaret.post(f"{url}/sign-out")
    page = margaret.get(f"{url}/rights")
    assert "Signed in nowhere." in page
    assert "The blue iPad" not in page
    assert "Signed out everywhere by somebody else" in page
    assert "A tablet taken away by somebody else" in page
    sion.get("/me", status=302)


def test_all_of_ones_tablets_are_taken_away_at_once(app: Flask, rhian: School) -> None:
    with rhian.database.write(rhian.network_id) as session:
        for name in ("One", "Two"):
            devices.register(session, f"Tablet {name}", by=rhian["Sion"], at=NOW)
    page = Browser(app).sign_in(rhian["Sion"])
    assert "Take away all of them" in page.get("/me")
    page.post("/me/tablets/revoke-all")
    assert "Tablet One" not in page.get("/me")
    with rhian.database.read(rhian.network_id) as session:
        assert own_page.elsewhere(session, rhian["Sion"].id, at=NOW)[1] == ()


def test_a_pack_says_who_has_read_by_what_they_are(app: Flask, rhian: School) -> None:
    from observe.services import subject_access

    read(rhian)
    with rhian.database.read(rhian.network_id) as session:
        found = {
            each.key: list(each.entries)
            for each in subject_access.parts(session, rhian["Catrin"].id, at=NOW)
        }
    assert all(set(each) == {"hour", "thing", "by"} for each in found["read_about"])
