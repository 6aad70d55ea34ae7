"""A network of several schools whose observers have met, in rows from which the map is drawn."""

from datetime import date, timedelta
from uuid import UUID

from observe.core.ids import new_id
from observe.core.observation import Capacity, Observer
from observe.core.pairing import LeftOut, PairedLevels
from observe.core.permissions import Person, Role, RoleKind
from observe.storage import paired_ratings
from observe.storage.paired_ratings import Source
from observe.storage.tables import people
from observe.storage.tables.lessons import Lesson
from tests.factories import NOW, School

RUBRIC = "teaching-framework"
LAST = NOW.date() - timedelta(days=7)


def another_school(school: School, name: str, *, teacher: bool = True) -> UUID:
    """One more school of the network, with a teacher."""
    school_id = new_id(NOW)
    with school.database.write(school.network_id) as session:
        session.add(people.School(id=school_id, name=name))
    if teacher:
        somebody(school, f"Teacher-of-{name}", RoleKind.TEACHER, school_id)
    return school_id


def somebody(school: School, name: str, kind: RoleKind, *schools: UUID) -> Person:
    """Somebody with this role at each of these schools; at the first school without any."""
    person_id, places = new_id(NOW), schools or (school.school_id,)
    with school.database.write(school.network_id) as session:
        session.add(people.Person(id=person_id, name=name, created_at=NOW))
        session.flush()
        for place in places:
            team = school.team_id if kind is RoleKind.LEADER else None
            session.add(
                people.Role(
                    id=new_id(NOW), person_id=person_id, kind=kind, school_id=place, team_id=team
                )
            )
    roles = tuple(Role(kind, place) for place in places)
    school.people[name.split()[0]] = Person(person_id, school.network_id, name, roles)
    return school[name.split()[0]]


def met(
    school: School,
    first: str,
    second: str,
    lessons: int = 1,
    *,
    on: date = LAST,
    at: UUID | None = None,
    left_out: LeftOut | None = None,
    rubric: str = RUBRIC,
) -> None:
    """So many lessons together, all on that day."""
    both = [Observer(school[name].id, name, Capacity.OTHER) for name in (first, second)]
    with school.database.write(school.network_id) as session:
        for _ in range(lessons):
            lesson = Lesson(
                id=new_id(NOW),
                school_id=at or school.school_id,
                teacher_id=school["Catrin"].id,
                starts_at=NOW,
                rubric_digest=school.rubrics[rubric],
                planned_at=NOW,
            )
            session.add(lesson)
            session.flush()
            levels = PairedLevels(
                criterion="routines",
                occasion="whole",
                first=both[0],
                second=both[1],
                levels=(1, 2),
                observed_on=on,
                weight=1.0,
            )
            source = Source(lesson.id, lesson.school_id, lesson.rubric_digest, left_out)
            paired_ratings.write(session, source, [levels])
