"""A network in the middle of its year, on the morning of a lesson that two observe, with all who may look."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from observe.core.exercises import Use
from observe.core.ids import new_id
from observe.core.permissions import RoleKind
from observe.services import devices, free_times, links, own_calendar, visits
from observe.storage.database import Database
from observe.storage.schema import upgrade
from observe.storage.tables import feedback, people
from tests import exercising, letters, postgres
from tests.assessed import looked
from tests.coaching import coached
from tests.erasures import an_erasure
from tests.factories import NOW, School, a_lesson, a_network, a_person, a_sign_in
from tests.improving import a_cycle, a_newsletter, a_step
from tests.mailbox import tell_teachers
from tests.oneroster_files import brought
from tests.precedents import a_rule
from tests.programmes import a_planned_workshop, begun
from tests.rounds import leading
from tests.talks import a_talk, same
from tests.web.access import World
from tests.web.test_permissions import (
    A_LESSON_A_WEEK,
    a_mail,
    another_school,
    another_team,
    exercises_of,
)
from tests.web.walk import Reader

STARTS = NOW + timedelta(days=2, minutes=18)
TABLETS = ("Sion", "Ruth", "Mair")
IN_GROUP = ("Sion", "Ruth", "Mair", "Helen")
WITH_MAIL = (*TABLETS, "Helen", "Catrin")


@dataclass(frozen=True)
class Morning:
    """Where it is kept, who reads, which tablets are registered, and what can be asked about."""

    url: str
    school: School
    world: World
    readers: dict[str, Reader]
    tablets: dict[str, UUID]
    calendars: tuple[str, ...]
    target: UUID
    apart: UUID
    asked: UUID


@cache
def a_morning(template: str) -> Morning:
    """Made once for each database; every day is lived in copies of it."""
    url = _fresh(template)
    database = Database(url)
    school = a_network(database, name="Dales learning group")
    _people(school)
    world = _world(school)
    made = Morning(
        url=url,
        school=school,
        world=world,
        readers={reader.name: reader for reader in _readers(school)},
        tablets={name: _tablet(school, name) for name in TABLETS},
        calendars=tuple(_calendar(school, name) for name in TABLETS),
        target=_target(school, world.released),
        apart=exercising.made(_experts(school), title="Floating and sinking").id,
        asked=_asked(school),
    )
    database.engine.dispose()
    return made


def _fresh(template: str) -> str:
    if not template.startswith("sqlite"):
        return postgres.fresh_database(template).__enter__()
    url = f"sqlite:///{Path(tempfile.mkdtemp(prefix='observe-morning-')) / 'morning.sqlite3'}"
    upgrade(url)
    return url


def _people(school: School) -> None:
    a_person(school, "Dilys Deputy", RoleKind.DEPUTY)
    a_person(school, "Mair Ellis", RoleKind.ADVISER)
    a_person(school, "Peter Nwosu", RoleKind.HEAD)
    beside = replace(school, team_id=another_team(school))
    a_person(beside, "Owen Leader", RoleKind.LEADER)
    elsewhere = another_school(school)
    a_person(elsewhere, "Nia Elsewhere", RoleKind.HEAD)
    a_person(elsewhere, "Amina Elsewhere", RoleKind.ADVISER)
    tell_teachers(school)
    for name in WITH_MAIL:
        a_sign_in(school, name)


def _world(school: School) -> World:
    """What the year has brought: lessons, summaries, rules, exercises; and the lesson of this morning."""
    talk = a_talk(school, {"Sion": same(), "Ruth": same(level=2)})
    person = school["Aisha"].id
    with school.database.write(school.network_id) as session:
        day = (NOW + timedelta(days=9)).date()
        away = free_times.go_away(session, day, day, by=school["Sion"], at=NOW)
        taught = free_times.teach(session, A_LESSON_A_WEEK, by=school["Catrin"], at=NOW)
        link = links.make(session, person, by=None, at=NOW)
        session.flush()
        role = session.scalars(select(people.Role.id).where(people.Role.person_id == person)).one()
    return World(
        school=school,
        planned=a_lesson(school, starts_at=STARTS),
        revealed=talk,
        draft=letters.a_draft(school),
        submitted=(submitted := letters.submitted(school)),
        remark=letters.a_remark(school, submitted),
        phrase=letters.a_phrase(school, by="Sion"),
        holidays=letters.two_holidays(school),
        coached=coached(school),
        cycle=(cycle := a_cycle(school, of_group=True)),
        step=a_step(school, cycle),
        newsletter=a_newsletter(school),
        looked=looked(school),
        led=leading(school),
        programme=(programme := begun(school)),
        workshop=a_planned_workshop(school, programme),
        brought=brought(school),
        erasure=an_erasure(school),
        released=letters.read(school),
        visit=new_id(NOW),
        device=new_id(NOW),
        role=role,
        link=link,
        away=away,
        taught=taught,
        rule=a_rule(school, talk.id, "Quick recall does not count against it."),
        mail=a_mail(school),
        **exercises_of(school),
    )


def _readers(school: School) -> Iterator[Reader]:
    """Everybody of the network, two of another, and somebody who is not signed in."""
    for name in school.people:
        yield _signed_in(name, school, name)
    other = a_network(school.database, name="Coast partnership")
    for name in ("Sion", "Margaret"):
        yield _signed_in(f"{name} of another network", other, name)
    yield Reader("nobody", None)


def _signed_in(name: str, school: School, first_name: str) -> Reader:
    person = school[first_name]
    with school.database.write(school.network_id) as session:
        token = visits.begin(session, person.id, label="test", at=NOW)
    return Reader(name, person, token)


def _tablet(school: School, name: str) -> UUID:
    with school.database.write(school.network_id) as session:
        return devices.register(session, "iPad", by=school[name], at=NOW).device_id


def _calendar(school: School, name: str) -> str:
    with school.database.write(school.network_id) as session:
        return own_calendar.path(own_calendar.make(session, by=school[name], at=NOW))


def _experts(school: School) -> School:
    """The school, whose head and adviser are the experts of what is made now."""
    both = {"Ada": school["Sion"], "Ben": school["Ruth"]}
    return replace(school, people={**school.people, **both})


def _asked(school: School) -> UUID:
    """A group that four will take part in, and nobody has begun."""
    exercise = exercising.published(school, title="Fractions of a cake", use=Use.GROUP)
    return exercising.a_group(school, exercise, dict.fromkeys(IN_GROUP))


def _target(school: School, summary_id: UUID) -> UUID:
    """What the teacher tries, from the summary that was read; observers say whether they saw it."""
    with school.database.read(school.network_id) as session:
        query = select(feedback.Target.id).where(feedback.Target.summary_id == summary_id)
        return session.scalars(query).one()
