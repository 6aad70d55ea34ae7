"""Many lessons that two people observed together, for tests of what is counted over a network."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from observe.core.ids import new_id
from observe.core.permissions import Person, RoleKind
from observe.storage.tables import people
from tests.factories import NOW, School, a_person
from tests.talks import LATER, a_talk

LOW = {"relationships": 2, "routines": 2, "behaviour": 3, "expectations": 1}
HIGH = {"relationships": 3, "routines": 2, "behaviour": 3, "expectations": 2}
OTHER = {"relationships": 2, "routines": 3, "behaviour": 2, "expectations": 1}


def together(
    school: School,
    higher: str,
    lower: str,
    number: int,
    *,
    at: datetime = LATER,
    apart: timedelta = timedelta(days=1),
    **lesson: Any,
) -> None:
    """So many lessons of two people, of whom the first mostly gives higher levels."""
    for place in range(number):
        mine = (HIGH, HIGH, HIGH, OTHER)[place % 4]
        a_talk(school, {higher: mine, lower: LOW}, at=at + place * apart, **lesson)


def a_facilitators_world(school: School, *, at: datetime = LATER) -> None:
    """Siôn (head) has 20 lessons with three partners, and everybody else fewer."""
    for name in ("David Kerr", "Amina Farouk"):
        a_person(school, name, RoleKind.ADVISER)
    for partner, number in (("Ruth", 8), ("David", 7), ("Amina", 5)):
        together(school, "Sion", partner, number, at=at)


def a_head_elsewhere(school: School, name: str = "Nia Bevan") -> Person:
    """A head of another school of the same network."""
    other = replace(school, school_id=new_id(NOW), team_id=new_id(NOW))
    with school.database.write(school.network_id) as session:
        session.add(people.School(id=other.school_id, name=f"School of {name}"))
    found = a_person(other, name, RoleKind.HEAD)
    school.people[name.split()[0]] = found
    return found


def opens(school: School, first_name: str, *, at: datetime = LATER) -> None:
    """Somebody has looked at their own figures."""
    with school.database.write(school.network_id) as session:
        session.add(people.FiguresOpened(person_id=school[first_name].id, at=at))
