"""A table of people, looked at and then taken in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from observe.core.errors import Invalid
from observe.core.permissions import RoleKind
from observe.services import people, people_import
from observe.services.people_import import Effect, Plan
from observe.storage.people import roles_of
from observe.storage.tables import Base
from observe.storage.tables.people import Person, School, SchoolClass, Team
from tests.factories import NOW
from tests.factories import School as Network

HEADER = "name,e-mail,role,school,team,class\n"
WHOLE = HEADER + (
    "Nia Bevan,n.bevan@gwyn.example,head,Ysgol Tŵr Gwyn,,\n"
    "Owain Gŵyl,o.gwyl@gwyn.example,leader,Ysgol Tŵr Gwyn,Lower,\n"
    "Amina Farouk,a.farouk@gwyn.example,teacher,ysgol twr gwyn,Lower,Dosbarth 1\n"
    "Nia Bevan,n.bevan@gwyn.example,adviser,Thornbeck Primary,,\n"
)


def check(school: Network, text: str) -> Plan:
    with school.database.read(school.network_id) as session:
        return people_import.check(session, text, by=school["Margaret"], at=NOW)


def apply(school: Network, text: str) -> Plan:
    with school.database.write(school.network_id) as session:
        return people_import.apply(session, text, by=school["Margaret"], at=NOW)


def count(school: Network, table: type[Base]) -> int:
    with school.database.read(school.network_id) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def effects(plan: Plan) -> list[str]:
    return [line.effect.value for line in plan.lines]


def test_a_dry_run_says_what_each_line_would_do_and_changes_nothing(school: Network) -> None:
    before = count(school, Person)
    plan = check(school, WHOLE)
    assert effects(plan) == ["new", "new", "new", "changed"]
    assert plan.places == ("school Ysgol Tŵr Gwyn", "team Lower", "class Dosbarth 1")
    assert plan.lines[3].words == ("adviser of Thornbeck Primary",)
    assert count(school, Person) == before


def test_a_table_makes_schools_teams_classes_people_and_roles(school: Network) -> None:
    people_before, schools_before = count(school, Person), count(school, School)
    apply(school, WHOLE)
    assert count(school, Person) == people_before + 3
    assert count(school, School) == schools_before + 1
    assert (count(school, Team), count(school, SchoolClass)) == (2, 2)
    with school.database.read(school.network_id) as session:
        nia = session.scalars(select(Person.id).where(Person.email == "n.bevan@gwyn.example")).one()
        assert {role.kind for role in roles_of(session, nia)} == {RoleKind.HEAD, RoleKind.ADVISER}


def test_a_table_taken_in_twice_changes_nothing_the_second_time(school: Network) -> None:
    apply(school, WHOLE)
    again = apply(school, WHOLE)
    assert effects(again) == ["same"] * 4
    assert not again.may_apply


def test_one_fault_keeps_the_whole_table_out(school: Network) -> None:
    before = count(school, Person)
    with pytest.raises(Invalid, match="Nothing was changed"):
        apply(school, WHOLE + "Ben,ben at school,teacher,Thornbeck Primary,,\n")
    assert count(school, Person) == before


def test_a_new_name_for_a_known_address_renames_the_person(school: Network) -> None:
    apply(school, WHOLE)
    plan = apply(school, HEADER + "Nia Bevan-Rees,N.BEVAN@gwyn.example,head,Ysgol Tŵr Gwyn,,")
    assert plan.lines[0].words == ("name: Nia Bevan-Rees instead of Nia Bevan",)


def test_two_names_for_one_address_in_a_table_are_a_fault(school: Network) -> None:
    plan = check(school, WHOLE + "Non Hywel,n.bevan@gwyn.example,head,Thornbeck Primary,,")
    assert "Line 5 gives this address to Nia Bevan" in plan.lines[4].words[0]


def test_a_teacher_who_changes_teams_moves(school: Network) -> None:
    apply(school, WHOLE)
    moved = HEADER + "Amina Farouk,a.farouk@gwyn.example,teacher,Ysgol Tŵr Gwyn,Upper,"
    assert effects(apply(school, moved)) == ["changed"]
    with school.database.read(school.network_id) as session:
        query = select(Person.id).where(Person.email == "a.farouk@gwyn.example")
        (role,) = roles_of(session, session.scalars(query).one())
        assert role.team_id == session.scalars(select(Team.id).where(Team.name == "Upper")).one()


def test_somebody_new_needs_a_role(school: Network) -> None:
    plan = check(school, HEADER + "Non Hywel,non@gwyn.example,,Thornbeck Primary,,")
    assert "Add a role for Non Hywel" in plan.lines[0].words[0]


def test_a_leaver_in_the_table_is_pointed_out(school: Network) -> None:
    apply(school, WHOLE)
    with school.database.write(school.network_id) as session:
        nia = session.scalars(select(Person.id).where(Person.email == "n.bevan@gwyn.example")).one()
        people.leave(session, nia, by=school["Margaret"], at=NOW + timedelta(days=1))
    plan = check(school, WHOLE)
    assert plan.lines[0].effect == Effect.FAULT
    assert "has left" in plan.lines[0].words[0]


def test_a_table_of_schools_and_classes_alone_is_taken_in(school: Network) -> None:
    apply(school, "school;class\nThornbeck Primary;Year 6\nLlanfair;Dosbarth 2\n")
    assert (count(school, School), count(school, SchoolClass)) == (2, 3)


def test_a_table_touches_one_network(school: Network) -> None:
    from tests.factories import a_network

    other = a_network(school.database, name="Coast partnership")
    apply(school, WHOLE)
    assert count(other, School) == 1
