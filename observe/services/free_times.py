"""When people are free: their weekly free times, their days away, and what they have promised."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from observe.core import planner
from observe.core.errors import Conflict, Invalid, Missing
from observe.core.ids import new_id
from observe.core.permissions import OBSERVERS, Person, RoleKind
from observe.core.planner import HalfDay
from observe.storage import free_times, history, staff
from observe.storage.database import NetworkSession
from observe.storage.free_times import OwnAway, Taught
from observe.storage.staff import TAUGHT_BY, Named
from observe.storage.tables.planning import Away, TaughtTime

LONGEST_AWAY = timedelta(days=400)
MOST_AWAY, MOST_TAUGHT = 60, 60
LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """What somebody said of when they are free; `schools` are those that they teach."""

    half_days: frozenset[HalfDay]
    away: tuple[OwnAway, ...]
    taught: tuple[Taught, ...]
    classes: tuple[Named, ...]
    observes: bool
    teaches: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtWish:
    """A lesson that somebody says they teach every week."""

    weekday: int
    begins_at: time
    minutes: int
    class_id: UUID | None
    school_subject: str


def free_between(
    session: NetworkSession, person_ids: Collection[UUID], first_day: date, last_day: date
) -> Sequence[date]:
    """Days from Monday to Friday, both ends included, on which all of these people are free.

    Nobody observes a lesson or is away that day, and all have a half day of the week in common; whoever
    never said which half days are free is free on all of them.
    """
    found = free_times.availability(session, person_ids, first_day, last_day)
    return planner.common_days(found.values(), first_day, last_day)


def own(session: NetworkSession, person: Person, *, today: date) -> OwnTimes:
    """What this person said, days away from `today` on."""
    said = free_times.half_days_of(session, [person.id])
    schools = person.schools(*TAUGHT_BY)
    return OwnTimes(
        half_days=said.get(person.id, frozenset()),
        away=tuple(free_times.own_away(session, person.id, since=today)),
        taught=tuple(free_times.taught(session, person.id)),
        classes=tuple(each for school in schools for each in staff.classes(session, school)),
        observes=person.has(*OBSERVERS),
        teaches=bool(schools),
    )


def keep_half_days(
    session: NetworkSession, half_days: Collection[HalfDay], *, by: Person, at: datetime
) -> None:
    """Keep on which half days of a week somebody can observe; none means that nothing is said."""
    wanted = frozenset(half_days)
    if not wanted <= planner.WEEK:
        raise Invalid("Choose half days from Monday to Friday.")
    before = free_times.half_days_of(session, [by.id]).get(by.id, frozenset())
    if wanted == before:
        return
    free_times.keep_half_days(session, by.id, wanted)
    history.wrote(session, "free times kept", "person", by.id, by=by.id, at=at, free=len(wanted))


def go_away(
    session: NetworkSession, first_day: date, last_day: date, *, by: Person, at: datetime
) -> UUID:
    """Say that one is away on these days, both ends included; the id of what was said."""
    if last_day < first_day:
        raise Invalid("The last day is before the first. Change one of the two.", field="last_day")
    if last_day < at.date() - timedelta(days=1):
        raise Invalid("These days are past. Give days to come.", field="last_day")
    if last_day - first_day > LONGEST_AWAY or first_day - at.date() > LONGEST_AWAY:
        raise Invalid("This is more than a year. Give nearer days.", field="last_day")
    known = free_times.own_away(session, by.id, since=at.date() - timedelta(days=1))
    again = next((e.id for e in known if (e.first_day, e.last_day) == (first_day, last_day)), None)
    if again:
        return again
    if len(known) >= MOST_AWAY:
        raise Conflict("These are very many. Take out days away that no longer hold first.")
    row = Away(id=new_id(at), person_id=by.id, first_day=first_day, last_day=last_day)
    session.add(row)
    history.wrote(session, "away", "person", by.id, by=by.id, at=at)
    return row.id


def come_back(session: NetworkSession, away_id: UUID, *, by: Person, at: datetime) -> None:
    """Take days away back; one's own only."""
    row = session.get(Away, (session.network_id, away_id))
    if row is None or row.person_id != by.id:
        raise Missing("These days away are not yours, or they were taken back already.")
    session.delete(row)
    history.wrote(session, "away taken back", "person", by.id, by=by.id, at=at)


def teach(session: NetworkSession, wish: TaughtWish, *, by: Person, at: datetime) -> UUID:
    """Say that one teaches this lesson every week; its id."""
    school_id = _school_of(session, wish.class_id, by)
    if not wish.class_id and not wish.school_subject:
        raise Invalid("Say what is taught, or choose the class.", field="subject")
    if len(wish.school_subject) > LONGEST_TEXT:
        raise Invalid(f"Keep this under {LONGEST_TEXT} letters.", field="subject")
    if wish.weekday not in planner.SCHOOL_DAYS or not 5 <= wish.minutes <= 300:
        raise Invalid("A lesson lasts between 5 and 300 minutes.", field="minutes")
    if len(free_times.taught(session, by.id)) >= MOST_TAUGHT:
        raise Conflict("These are very many. Take out a lesson that you no longer teach first.")
    row = TaughtTime(
        id=new_id(at),
        person_id=by.id,
        school_id=school_id,
        weekday=wish.weekday,
        begins_at=wish.begins_at,
        minutes=wish.minutes,
        class_id=wish.class_id,
        school_subject=wish.school_subject,
    )
    session.add(row)
    history.wrote(session, "taught lesson added", "person", by.id, by=by.id, at=at)
    return row.id


def _school_of(session: NetworkSession, class_id: UUID | None, by: Person) -> UUID:
    """The school at which this class is taught by somebody; the first of theirs without a class."""
    schools = sorted(by.schools(RoleKind.TEACHER) or by.schools(*TAUGHT_BY))
    if class_id is not None:
        schools = [each for each in schools if staff.has_class(session, each, class_id)]
    if not schools:
        raise Invalid("Choose a class of your school, or none.", field="class")
    return schools[0]


def stop_teaching(session: NetworkSession, taught_id: UUID, *, by: Person, at: datetime) -> None:
    """Take out a lesson of the week; one's own only."""
    row = session.get(TaughtTime, (session.network_id, taught_id))
    if row is None or row.person_id != by.id:
        raise Missing("This lesson is not one of yours, or it was taken out already.")
    session.delete(row)
    history.wrote(session, "taught lesson taken out", "person", by.id, by=by.id, at=at)
