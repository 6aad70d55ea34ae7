"""Re-checks: for whom one is due, who could come, and planning one that nobody announces.

Only advisers and facilitators see any of this, and nobody what is about themselves: to whoever is
re-checked the lesson is a lesson with a partner like any other, until it was revealed and decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.certification_standing import Result, Standing
from observe.core.errors import Conflict, Missing, Stale
from observe.core.lesson import Lesson
from observe.core.observation import Capacity, RecordState
from observe.core.permissions import OBSERVERS, Person, RoleKind, Thing, may
from observe.core.planner import Availability
from observe.core.rechecks import Against, Limits, against, check
from observe.services import certificates as shown_certificates
from observe.services import certifying
from observe.storage import (
    certificates,
    certifications,
    coming_lessons,
    free_times,
    history,
    lessons,
    observer_schools,
    people,
    school_days,
    staff,
)
from observe.storage.certificates import Agreed, Planned
from observe.storage.certifications import Version
from observe.storage.database import NetworkSession
from observe.storage.staff import Named, Place

MOST = 60
STALE = "Somebody changed what was agreed meanwhile. Look at it, then change it again."
AGAINST = {
    Against.FIRST_WEEKS: "It lies in the first weeks of a term, and none was agreed for these.",
    Against.TOO_MANY: "There are as many in this half term as were agreed.",
    Against.NOT_FREE: "It is not in a half day that they said is free.",
    Against.AWAY: "They said that they are away on that day.",
}


@dataclass(frozen=True, slots=True)
class Coming:
    """A lesson with an adviser: planned as a re-check, moved since, or what speaks against it."""

    lesson: Lesson
    planned: bool
    moved: bool
    against: Against | None


@dataclass(frozen=True, slots=True)
class Recheck:
    """Somebody certified: how far the next re-check is, who could come, which lessons could be it."""

    person: Named
    until: date | None
    standing: Standing
    school: Place | None
    advisers: Sequence[Named]
    coming: Sequence[Coming]


@dataclass(frozen=True, slots=True)
class Rechecks:
    """What an adviser or a facilitator sees: a page of those who are certified, sixty by name."""

    every: int | None
    agreed: Agreed
    agreed_by: str
    listed: Sequence[Recheck] = ()
    page: int = 1
    pages: int = 1


def of_reach(session: NetworkSession, *, by: Person, at: datetime, page: int = 1) -> Rechecks:
    """Those whom somebody advises, or all for a facilitator; on each page the nearest re-check first."""
    version, agreed = certifications.in_force(session), certificates.agreed(session)
    every = version.rule.recheck_every if version else None
    named = people.names(session, [agreed.by] if agreed.by else []).get(agreed.by or by.id, "")
    if version is None or every is None:
        return Rechecks(every, agreed, named)
    reach = [each for each in _reach(session, by) if each.id != by.id]
    held = _held(session, [each.id for each in reach], at.date())
    certified = [each for each in reach if each.id in held]
    pages = max(ceil(len(certified) / MOST), 1)
    here = min(max(page, 1), pages)
    on_page = certified[(here - 1) * MOST : here * MOST]
    listed = _listed(session, version, on_page, held, agreed.limits, by=by, at=at)
    nearest = sorted(listed, key=lambda each: each.standing.recheck_in or 0)
    return Rechecks(every, agreed, named, nearest, here, pages)


def _reach(session: NetworkSession, by: Person) -> Sequence[Named]:
    if by.has(RoleKind.FACILITATOR):
        return staff.observers(session)
    return staff.of_schools(session, OBSERVERS, by.schools(RoleKind.ADVISER))


def _held(
    session: NetworkSession, person_ids: Sequence[UUID], today: date
) -> Mapping[UUID, Sequence[Result]]:
    """The results of those who hold a certificate that was judged."""
    found = certifications.results_by_person(session, person_ids)
    held = shown_certificates.shown(session, person_ids, today=today).held
    return {who: found[who] for who, each in held.items() if each.held and each.result}


def _listed(
    session: NetworkSession,
    version: Version,
    certified: Sequence[Named],
    results: Mapping[UUID, Sequence[Result]],
    limits: Limits,
    *,
    by: Person,
    at: datetime,
) -> list[Recheck]:
    ids = [each.id for each in certified]
    coming = _coming(session, ids, limits, by=by, at=at)
    places = observer_schools.of(session, ids)
    return [
        _recheck(session, version, each, results[each.id], places, coming, at.date())
        for each in certified
    ]


def _recheck(
    session: NetworkSession,
    version: Version,
    person: Named,
    results: Sequence[Result],
    places: Mapping[UUID, Sequence[Place]],
    coming: Mapping[UUID, Sequence[Coming]],
    today: date,
) -> Recheck:
    stands = certifying.standing_of(session, version, person.id, results, today)
    schools = places.get(person.id, ())
    advisers = staff.of_schools(session, [RoleKind.ADVISER], [place.id for place in schools])
    others = [each for each in advisers if each.id != person.id]
    school = next(iter(schools), None)
    return Recheck(person, stands.until, stands, school, others, coming.get(person.id, ()))


def _coming(
    session: NetworkSession, ids: Sequence[UUID], limits: Limits, *, by: Person, at: datetime
) -> Mapping[UUID, Sequence[Coming]]:
    """By person, the lessons before them with an adviser that the asker may see, the earliest first."""
    every = lessons.by_ids(session, coming_lessons.ids_after(session, ids, at))
    found = [each for each in every if may(by, "see lesson", _as_thing(each, by))]
    planned = certificates.planned(session, ids)
    return {
        who: [
            _of_lesson(session, each, who, [p for p in planned if p.person_id == who], limits)
            for each in sorted(found, key=lambda each: each.starts_at)
            if _may_be_one(each, who)
        ]
        for who in ids
    }


def _as_thing(lesson: Lesson, by: Person) -> Thing:
    """A lesson as permissions see it."""
    return Thing(
        network_id=by.network_id,
        school_id=lesson.school_id,
        team_id=lesson.team_id,
        teacher_id=lesson.teacher_id,
        observer_ids=frozenset(seat.person_id for seat in lesson.observers),
        planned_by=lesson.planned_by,
    )


def _may_be_one(lesson: Lesson, person_id: UUID) -> bool:
    """Whether somebody observes it with an adviser and has not begun."""
    seat = lesson.seat_of(person_id)
    beside = [each for each in lesson.observers if each.person_id != person_id]
    waits = seat is not None and seat.takes_part and seat.state == RecordState.PLANNED
    return waits and any(each.capacity == Capacity.ADVISER for each in beside)


def _of_lesson(
    session: NetworkSession,
    lesson: Lesson,
    person_id: UUID,
    planned: Sequence[Planned],
    limits: Limits,
) -> Coming:
    mine = next((each for each in planned if each.lesson_id == lesson.id), None)
    others = _days(session, [each for each in planned if each.lesson_id != lesson.id])
    spoken = _against(session, lesson, person_id, limits, others)
    moved = mine is not None and mine.day != lesson.day
    return Coming(lesson, mine is not None and not moved, moved, spoken)


def _days(session: NetworkSession, planned: Sequence[Planned]) -> list[date]:
    """The days of planned re-checks whose lesson was not cancelled or moved."""
    held = {each.id: each for each in lessons.by_ids(session, [p.lesson_id for p in planned])}
    there = [p for p in planned if p.lesson_id in held and not held[p.lesson_id].cancelled_at]
    return [p.day for p in there if held[p.lesson_id].day == p.day]


def _against(
    session: NetworkSession, lesson: Lesson, person_id: UUID, limits: Limits, others: Sequence[date]
) -> Against | None:
    day = lesson.day
    free = free_times.availability(session, [person_id], day, day, but=lesson.id)[person_id]
    hour = lesson.starts_at.astimezone(ZoneInfo(lesson.zone)).hour
    term = school_days.term_at(session, lesson.school_id, day)
    return against(limits, day, hour, others=others, free=_unbooked(free), term=term)


def _unbooked(free: Availability) -> Availability:
    """What somebody said of their week; another lesson that day is no reason against this one."""
    return Availability(free.half_days, free.away)


def thing(session: NetworkSession, person_id: UUID, *, by: Person) -> Thing:
    """Somebody's re-checks as permissions see them: a school that the asker has in common with them."""
    people.row_of(session, person_id)
    places = {place.id for place in observer_schools.of(session, [person_id]).get(person_id, ())}
    both = places & by.schools(RoleKind.ADVISER) or places
    return Thing(
        network_id=session.network_id, author_id=person_id, school_id=min(both, default=None)
    )


def plan(
    session: NetworkSession, lesson_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Make a lesson somebody's re-check, within what was agreed; doing it twice changes nothing."""
    limits = certificates.agreed(session).limits
    if not limits.unannounced:
        raise Conflict("It was not agreed that re-checks may come unannounced.")
    if not _held(session, [person_id], at.date()):
        raise Conflict("They hold no certificate that was judged, so there is nothing to re-check.")
    mine = _coming(session, [person_id], limits, by=by, at=at)[person_id]
    found = next((each for each in mine if each.lesson.id == lesson_id), None)
    if found is None:
        raise Missing("This is no lesson before them with an adviser.")
    if found.against:
        raise Conflict(AGAINST[found.against])
    if not found.planned:
        said = Planned(lesson_id, person_id, found.lesson.day, by.id)
        certificates.plan(session, said, at=at)
        _wrote(session, "re-check planned", lesson_id, person_id, by, at)


def take_back(
    session: NetworkSession, lesson_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Make the lesson one like any other again, unless somebody has sealed it."""
    if any(seat.sealed for seat in lessons.find(session, lesson_id).seats):
        raise Conflict("A record of this lesson is sealed, so it stays a re-check.")
    if certificates.take_back(session, lesson_id, person_id):
        _wrote(session, "re-check taken back", lesson_id, person_id, by, at)


def _wrote(
    session: NetworkSession, did: str, lesson_id: UUID, person_id: UUID, by: Person, at: datetime
) -> None:
    whose = str(person_id)
    history.wrote(session, did, "planned_recheck", lesson_id, by=by.id, at=at, person=whose)


def agree(
    session: NetworkSession, limits: Limits, *, expected: int, by: Person, at: datetime
) -> None:
    """Keep what was agreed on re-checks; `expected` is the version that was seen, 0 for none."""
    check(limits)
    now = certificates.agreed(session)
    if now.version != expected:
        raise Stale(STALE)
    if now.version and now.limits == limits:
        return
    version = certificates.agree(session, limits, by=by.id, at=at)
    told = "unannounced" if limits.unannounced else "announced"
    did = "re-checks agreed"
    history.wrote(session, did, "recheck_limit", str(version), by=by.id, at=at, how=told)
