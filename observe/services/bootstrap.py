"""What a tablet needs before it goes offline: lessons, own open records, schools, rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from observe.core.lesson import Lesson
from observe.core.pairing import OPEN, PairState
from observe.core.permissions import OBSERVERS, WHOLE_SCHOOL, Person, RoleKind
from observe.services import precedents
from observe.services.changes import as_sent
from observe.services.precedents import Beside
from observe.services.today import shared_rules
from observe.storage import desk, joined, lessons, operations, reminders, rubrics, shelf, staff
from observe.storage.database import NetworkSession
from observe.storage.desk import UNFINISHED, OwnRecord
from observe.storage.joined import OtherRubric
from observe.storage.staff import Named, Place
from observe.storage.talk_sources import Source

RECENT = timedelta(days=14)

Json = dict[str, Any]
Say = Callable[[Source], str]


def bootstrap(session: NetworkSession, person: Person, *, at: datetime, say: Say) -> Json:
    """Everything as sync/1 names it; of a partner only the name and how far the pair is.

    `say` gives the words for the talk from which a rule came.
    """
    mine = desk.own_records(session, person.id, since=at - RECENT)
    found = {each.id: each for each in lessons.by_ids(session, {own.lesson_id for own in mine})}
    known = {version.digest for version in rubrics.offered(session)}
    digests = {lesson.rubric_digest for lesson in found.values()}
    rules = precedents.beside(session, sorted(digests))
    return {
        "person": {"id": str(person.id), "name": person.name},
        "lessons": _lessons(session, person, mine, found, _look_for(session, found, rules, say)),
        "records": _records(session, mine),
        "rubrics": sorted(known | digests),
        "precedents": [_rule(digest, each, say) for digest in rules for each in rules[digest]],
        "schools": [_school(session, person, school) for school in _schools(session, person)],
    }


def is_told(session: NetworkSession, person: Person, observation_id: UUID, *, at: datetime) -> bool:
    """Whether a tablet of this person is told of the lesson of this own record."""
    mine = desk.own_records(session, person.id, since=at - RECENT)
    return observation_id in {each.observation_id for each in mine}


def _lessons(
    session: NetworkSession,
    person: Person,
    mine: Iterable[OwnRecord],
    found: dict[UUID, Lesson],
    agreed: Mapping[UUID, list[Json]],
) -> list[Json]:
    states = lessons.pair_states(session, found.keys())
    targets: dict[UUID, list[Json]] = {
        teacher: _targets(session, teacher) for teacher in {le.teacher_id for le in found.values()}
    }
    apart = joined.of_other_rubric(session, found.keys(), person.id)
    told = []
    for own in mine:
        lesson = found[own.lesson_id]
        pair = _pair(lesson, person, states.get(lesson.id)) | _apart(apart.get(lesson.id))
        looks = {"targets": targets[lesson.teacher_id], "look_for": agreed[lesson.id]}
        told.append(_lesson(lesson, own, person) | pair | looks)
    return told


def _lesson(lesson: Lesson, own: OwnRecord, person: Person) -> Json:
    seat = lesson.seat_of(person.id)
    taught = {"id": str(lesson.class_id), "name": lesson.class_name} if lesson.class_id else None
    return {
        "lesson_id": str(lesson.id),
        "observation_id": str(own.observation_id),
        "capacity": seat.capacity if seat else None,
        "state": own.state,
        "kind": lesson.kind,
        "title": lesson.title,
        "starts_at": lesson.starts_at.isoformat(),
        "minutes": lesson.minutes,
        "teacher": {"id": str(lesson.teacher_id), "name": lesson.teacher},
        "class": taught,
        "school": {"id": str(lesson.school_id), "name": lesson.school},
        "subject": lesson.school_subject,
        "room": lesson.room,
        "rubric": lesson.rubric_digest,
    }


def _pair(lesson: Lesson, person: Person, state: PairState | None) -> Json:
    """How far the pair is, who else is in it and whether one of them has sealed.

    None for one observer, and for whoever the others went on without.
    """
    seat = lesson.seat_of(person.id)
    if state is None or (seat and seat.waived):
        return {"pair": None}
    partners = lesson.partners_of(person.id)
    shut = state in OPEN or any(seat.sealed for seat in partners)
    names = [seat.name for seat in partners]
    return {"pair": {"state": state, "partners": names, "partner_sealed": shut}}


def _apart(other: OtherRubric | None) -> Json:
    """Whoever used the same letters with another rubric: said, for nobody finds out otherwise."""
    if other is None:
        return {}
    return {"other_rubric": {"name": other.name, "title": other.title, "rubric": other.digest}}


def _targets(session: NetworkSession, teacher_id: UUID) -> list[Json]:
    return [
        {
            "id": str(target.id),
            "text": target.text,
            "criterion": target.criterion,
            "made_at": target.made_at.isoformat(),
            "due_on": target.due_on.isoformat(),
        }
        for target in reminders.open_targets(session, teacher_id)
    ]


def _records(session: NetworkSession, mine: Iterable[OwnRecord]) -> list[Json]:
    """Own open records with the operations that they are made of."""
    open_ = [own for own in mine if own.state in UNFINISHED]
    sent: dict[UUID, list[Json]] = defaultdict(list)
    for record_id, change in operations.of_records(session, [own.observation_id for own in open_]):
        sent[record_id].append(as_sent(change))
    return [
        {
            "observation_id": str(own.observation_id),
            "lesson_id": str(own.lesson_id),
            "state": own.state,
            "revision": own.revision,
            "state_hash": own.state_hash,
            "operations": sent[own.observation_id],
        }
        for own in open_
    ]


def _rule(digest: str, rule: Beside, say: Say) -> Json:
    told = {"criterion": rule.criterion, "text": rule.text, "source": say(rule.source)}
    return {"rubric": digest} | told


def _look_for(
    session: NetworkSession,
    found: Mapping[UUID, Lesson],
    rules: Mapping[str, list[Beside]],
    say: Say,
) -> dict[UUID, list[Json]]:
    """Of each lesson, the rules that Today shows beside it, with the criterion's title."""
    of_rules = {rule.lesson_id for each in rules.values() for rule in each}
    watched = reminders.observers_of(session, list(of_rules)) if of_rules else {}
    told = {}
    for lesson in found.values():
        shared = shared_rules(lesson, rules[lesson.rubric_digest], watched)
        titles = shelf.titles(session, lesson.rubric_digest) if shared else {}
        told[lesson.id] = [
            _rule(lesson.rubric_digest, each, say)
            | {"title": titles.get(each.criterion, each.criterion)}
            for each in shared
        ]
    return told


def _schools(session: NetworkSession, person: Person) -> list[Place]:
    """Where somebody may make a lesson that was not planned."""
    return staff.schools(session, person.schools(*OBSERVERS))


def _school(session: NetworkSession, person: Person, school: Place) -> Json:
    whole = school.id in person.schools(*WHOLE_SCHOOL)
    teams = None if whole else person.teams(RoleKind.LEADER)
    teachers = [
        each for each in staff.teachers(session, school.id, teams=teams) if each.id != person.id
    ]
    return {
        "id": str(school.id),
        "name": school.name,
        "zone": school.zone,
        "teachers": _named(teachers),
        "classes": _named(staff.classes(session, school.id)),
    }


def _named(found: Iterable[Named]) -> list[Json]:
    return [{"id": str(each.id), "name": each.name} for each in found]
