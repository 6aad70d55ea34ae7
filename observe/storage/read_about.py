"""Who has read about a person: lines of the read log on what is about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.storage.database import NetworkSession
from observe.storage.tables.assessing import AssessingRound
from observe.storage.tables.feedback import Summary
from observe.storage.tables.history import ReadLine
from observe.storage.tables.lessons import Lesson
from observe.storage.tables.people import Person

SUMMARY, PAIR, THIRD, ROUND = "summary", "pair", "third reading", AssessingRound.__tablename__
OF_THEMSELVES = ("certification", "practice figures", "progress")
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """That somebody read a thing about the person in an hour; `about` is when its lesson began."""

    hour: datetime
    by: UUID
    name: str
    thing: str
    about: datetime | None


def of_person(session: NetworkSession, person_id: UUID, *, most: int) -> list[Reading]:
    """What others read about somebody, the latest first; not what they read of a group's figures."""
    found = [*_of_lessons(session, person_id), *_of_person(session, person_id)]
    return sorted(found, key=lambda one: (one.hour, one.name, one.thing), reverse=True)[:most]


def _of_lessons(session: NetworkSession, person_id: UUID) -> Iterator[Reading]:
    taught = dict(
        session.execute(
            select(Lesson.id, Lesson.starts_at).where(Lesson.teacher_id == person_id)
        ).all()
    )
    summaries = session.execute(
        select(Summary.id, Summary.lesson_id).where(Summary.teacher_id == person_id)
    ).all()
    starts = {
        summary_id: taught[lesson_id] for summary_id, lesson_id in summaries if lesson_id in taught
    }
    yield from _read(session, (PAIR, THIRD), taught, but=person_id)
    yield from _read(session, (SUMMARY,), starts, but=person_id)


def _of_person(session: NetworkSession, person_id: UUID) -> Iterator[Reading]:
    rounds = session.scalars(select(AssessingRound.id).where(AssessingRound.person_id == person_id))
    yield from _read(session, (ROUND,), dict.fromkeys(rounds), but=person_id)
    yield from _read(session, OF_THEMSELVES, {person_id: None}, but=person_id)


def _read(
    session: NetworkSession,
    things: Sequence[str],
    about: Mapping[UUID, datetime | None],
    *,
    but: UUID,
) -> Iterator[Reading]:
    """Lines on these things, by anybody but the person."""
    ids = list(about)
    for first in range(0, len(ids), AT_ONCE):
        some = {str(each): about[each] for each in ids[first : first + AT_ONCE]}
        query = (
            select(ReadLine, Person.name)
            .join(Person, Person.id == ReadLine.person_id)
            .where(
                ReadLine.thing.in_(things), ReadLine.thing_id.in_(some), ReadLine.person_id != but
            )
        )
        for line, name in session.execute(query):
            yield Reading(line.hour, line.person_id, name, line.thing, some[line.thing_id])
