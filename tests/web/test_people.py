"""The facilitator's first week."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from observe.core.permissions import RoleKind
from observe.storage.tables import people as tables
from observe.storage.tables.history import HistoryLine
from tests.browser import Browser
from tests.factories import School, a_network, a_person, a_sign_in

PASSWORD = "plum boat lantern 7"


@pytest.fixture
def margaret(browser: Browser, school: School) -> Browser:
    return browser.sign_in(school["Margaret"])


def made(school: School, table: type[tables.Person] = tables.Person) -> set[str]:
    with school.database.read(school.network_id) as session:
        return set(session.scalars(select(table.name)))


def history(school: School) -> list[str]:
    with school.database.read(school.network_id) as session:
        return list(session.scalars(select(HistoryLine.did).order_by(HistoryLine.id)))


def test_the_first_week_says_what_is_next(margaret: Browser) -> None:
    page = margaret.get("/people")
    assert "The first week" in page
    assert "1 school so far" in page


def test_the_list_shows_nobody_of_another_network(margaret: Browser, school: School) -> None:
    other = a_network(school.database, name="Coast partnership")
    a_person(other, "Zadie Stranger", RoleKind.TEACHER)
    page = margaret.get("/people")
    assert "Catrin Morley" in page
    assert "Stranger" not in page


@pytest.mark.parametrize("words", ["sion", "PRYDDERCH", "siôn pry"])
def test_somebody_is_found_without_accents_or_capitals(margaret: Browser, words: str) -> None:
    page = margaret.get(f"/people?q={words}")
    assert "Siôn Prydderch" in page
    assert "Catrin Morley" not in page


def test_a_search_that_finds_nobody_says_what_to_do(margaret: Browser) -> None:
    assert "Nobody fits" in margaret.get("/people?q=zzzz")


def test_a_long_list_comes_in_pages(margaret: Browser, school: School) -> None:
    for number in range(31):
        a_person(school, f"T{number:02} Teacher", RoleKind.TEACHER)
    assert "Page 1 of 2" in margaret.get("/people")
    assert "T30 Teacher" in margaret.get("/people?page=2")
    assert "Page 2 of 2" in margaret.get("/people?page=99")


def test_a_school_gets_teams_and_classes(margaret: Browser, school: School) -> None:
    margaret.post("/people/schools", name="Ysgol Tŵr Gwyn")
    found = re.search(r"/people/schools/([0-9a-f-]{36})", margaret.get("/people/schools?")[::1])
    assert found
    with school.database.read(school.network_id) as session:
        query = select(tables.School.id).where(tables.School.name == "Ysgol Tŵr Gwyn")
        school_id = session.scalars(query).one()
    margaret.post(f"/people/schools/{school_id}/teams", name="Lower school")
    margaret.post(f"/people/schools/{school_id}/classes", name="Dosbarth 3")
    page = margaret.get(f"/people/schools/{school_id}")
    assert "Lower school" in page
    assert "Dosbarth 3" in page


@pytest.mark.parametrize("name", ["thornbeck primary", " Thornbeck  Primary "])
def test_two_schools_cannot_have_one_name(margaret: Browser, name: str) -> None:
    page = margaret.post("/people/schools", status=409, name=name)
    assert "already" in page
    assert name.strip() in page


def test_a_school_can_do_without_a_reader_and_lie_in_another_zone(
    margaret: Browser, school: School
) -> None:
    url = f"/people/schools/{school.school_id}"
    margaret.post(url, name="Thornbeck", zone="Europe/Madrid", review="no")
    with school.database.read(school.network_id) as session:
        row = session.get_one(tables.School, (school.network_id, school.school_id))
        assert (row.name, row.zone, row.review_needed) == ("Thornbeck", "Europe/Madrid", False)
    assert "changed" in history(school)


def test_a_wrong_zone_is_refused_beside_its_field(margaret: Browser, school: School) -> None:
    url = f"/people/schools/{school.school_id}"
    page = margaret.post(url, status=400, name="Kept as typed", zone="Europe/Atlantis")
    assert "Kept as typed" in page
    assert 'id="school-zone-wrong"' in page


def test_teams_and_classes_are_renamed(margaret: Browser, school: School) -> None:
    url = f"/people/schools/{school.school_id}"
    margaret.post(f"{url}/teams/{school.team_id}", name="Years 3 to 6")
    margaret.post(f"{url}/classes/{school.class_id}", name="5 Oak")
    page = margaret.get(url)
    assert "Years 3 to 6" in page
    assert "5 Oak" in page


def test_a_team_without_a_name_keeps_its_old_one_and_says_so(
    margaret: Browser, school: School
) -> None:
    url = f"/people/schools/{school.school_id}"
    page = margaret.post(f"{url}/teams/{school.team_id}", status=400, name=" ")
    assert f'id="team-{school.team_id}-wrong"' in page
    assert "Upper school" in page


def test_a_team_is_looked_for_in_its_own_school(margaret: Browser, school: School) -> None:
    stranger = a_network(school.database, name="Coast partnership")
    for place in (stranger.school_id, stranger.team_id):
        margaret.post(f"/people/schools/{place}/teams/{school.team_id}", status=404, name=" ")


def test_somebody_new_gets_a_role_and_a_link_and_comes_in(
    margaret: Browser, browser: Browser, school: School
) -> None:
    place = f"{school.school_id}/{school.team_id}"
    margaret.post(
        "/people/add",
        name="Nia Bevan",
        email="N.Bevan@thornbeck.example",
        role="teacher",
        place=place,
    )
    with school.database.read(school.network_id) as session:
        query = select(tables.Person.id).where(tables.Person.email == "n.bevan@thornbeck.example")
        person_id = session.scalars(query).one()
    shown = margaret.post(f"/people/{person_id}/link", status=200)
    link = re.search(r"https?://[^\s<]+/link/[^\s<]+", shown)
    assert link
    browser.post(urlsplit(link[0]).path, password=PASSWORD, again=PASSWORD)
    assert "Upper school" in browser.get("/me")
    assert "/link/" not in margaret.get(f"/people/{person_id}")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "", "email": "a@b.example"}, "Enter the name"),
        ({"name": "Nia", "email": "nia"}, "e-mail address like"),
        ({"name": "Nia", "email": "n@b.example", "role": "head"}, "Choose the school"),
        (
            {"name": "Nia", "email": "n@b.example", "role": "leader", "place": "SCHOOL"},
            "Choose the team",
        ),
    ],
)
def test_a_form_with_a_fault_keeps_what_was_typed(
    margaret: Browser, school: School, fields: dict[str, Any], says: str
) -> None:
    fields = {key: value.replace("SCHOOL", str(school.school_id)) for key, value in fields.items()}
    page = margaret.post("/people/add", status=400, **fields)
    assert says in page
    assert f'value="{fields["email"]}"' in page
    assert "Nia" not in made(school)


def test_an_address_belongs_to_one_person(margaret: Browser, school: School) -> None:
    email = a_sign_in(school, "Sion")
    page = margaret.post("/people/add", status=409, name="Nia", email=email.upper())
    assert "Siôn Prydderch has this address already" in page


def test_a_password_follows_to_a_new_address(
    margaret: Browser, browser: Browser, school: School
) -> None:
    a_sign_in(school, "Sion")
    margaret.post(f"/people/{school['Sion'].id}", name="Siôn Prydderch", email="sion@new.example")
    signed = browser.client.post(
        "/sign-in", data={"email": "sion@new.example", "password": PASSWORD}
    )
    assert signed.status_code == 302


def test_a_shared_sign_in_is_let_go_and_not_renamed(
    margaret: Browser, browser: Browser, school: School
) -> None:
    email = a_sign_in(school, "Ruth")
    with school.database.outside(writes=True) as session:
        row = session.scalars(select(tables.SignIn).where(tables.SignIn.email == email)).one()
        row.people = {**row.people, "01900000-0000-7000-8000-000000000000": "x"}
    margaret.post(f"/people/{school['Ruth'].id}", name="Ruth", email="ruth@new.example")
    with school.database.outside() as session:
        row = session.scalars(select(tables.SignIn)).one()
        assert row.email == email
        assert str(school.network_id) not in row.people


def test_roles_are_given_and_taken_away(margaret: Browser, school: School) -> None:
    url = f"/people/{school['Catrin'].id}"
    margaret.post(f"{url}/roles", role="adviser", place=str(school.school_id))
    page = margaret.get(url)
    role = re.findall(rf"{url}/roles/([0-9a-f-]+)/remove", page)[1]
    assert "Adviser, Thornbeck Primary" in page
    margaret.post(f"{url}/roles/{role}/remove")
    assert "Adviser, Thornbeck Primary" not in margaret.get(url)
    assert {"gave a role", "took a role"} <= {*history(school)}


def test_a_teacher_moves_from_one_team_to_another(margaret: Browser, school: School) -> None:
    margaret.post(f"/people/schools/{school.school_id}/teams", name="Lower school")
    page = margaret.get(f"/people/{school['Catrin'].id}")
    place = re.findall(r'value="([0-9a-f-]+/[0-9a-f-]+)"', page)[0]
    margaret.post(f"/people/{school['Catrin'].id}/roles", role="teacher", place=place)
    page = margaret.get(f"/people/{school['Catrin'].id}")
    assert page.count("Take away") == 2  # the button and its name
    assert "Teacher, Lower school" in page


def test_a_facilitator_cannot_give_themselves_sight_of_records(
    margaret: Browser, school: School
) -> None:
    own = f"/people/{school['Margaret'].id}"
    margaret.post(f"{own}/roles", status=403, role="head", place=str(school.school_id))
    table = f"name,e-mail,role,school\nMargaret Obi,{email_of(school, 'Margaret')},head,Thornbeck Primary"
    assert "your own roles" in margaret.post("/people/paste", status=400, table=table)
    assert "Give a role" not in margaret.get(own)


def email_of(school: School, first_name: str) -> str:
    with school.database.read(school.network_id) as session:
        key = school.network_id, school[first_name].id
        return session.get_one(tables.Person, key).email or ""


def test_somebody_who_left_is_out_at_once_and_stays_named(
    margaret: Browser, browser: Browser, school: School
) -> None:
    catrin = browser.sign_in(school["Catrin"])
    margaret.post(f"/people/{school['Catrin'].id}/leave")
    assert catrin.client.get("/me").status_code == 302
    assert "Catrin Morley" not in margaret.get("/people")
    assert "Catrin Morley" in margaret.get("/people?who=left")
    margaret.post(f"/people/{school['Catrin'].id}/link", status=409)
    margaret.post(f"/people/{school['Catrin'].id}/return")
    assert "Catrin Morley" in margaret.get("/people")


def test_a_facilitator_cannot_leave_the_network_without_one(
    margaret: Browser, school: School
) -> None:
    margaret.post(f"/people/{school['Margaret'].id}/leave", status=409)


@pytest.mark.parametrize("rest", ["", "/link", "/leave", "/roles"])
def test_another_networks_people_are_not_there(
    margaret: Browser, school: School, rest: str
) -> None:
    stranger = a_network(school.database, name="Coast partnership")["Catrin"]
    fields: dict[str, Any] = {"name": "Mine", "email": "mine@x.example", "role": "facilitator"}
    margaret.post(f"/people/{stranger.id}{rest}", status=404, **fields)


def test_another_networks_school_is_no_place_for_a_role(margaret: Browser, school: School) -> None:
    other = a_network(school.database, name="Coast partnership")
    for place in (f"{other.school_id}", f"{other.school_id}/{other.team_id}"):
        page = margaret.post(
            f"/people/{school['Catrin'].id}/roles", status=400, role="teacher", place=place
        )
        assert "Choose the school" in page


def test_the_rubrics_can_be_read(margaret: Browser) -> None:
    page = margaret.get("/rubrics")
    assert "with levels" in page


def test_a_person_is_told_the_zone_of_their_school(browser: Browser, school: School) -> None:
    with school.database.write(school.network_id) as session:
        row = session.get_one(tables.School, (school.network_id, school.school_id))
        row.zone = "Pacific/Auckland"
    sion = browser.sign_in(school["Sion"])
    with browser.app.test_request_context(), sion.client:
        from flask import g

        sion.client.get("/me")
        assert g.zone == "Pacific/Auckland"
