"""Certificates of what was erased, and what has to be known of a person before they are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from observe.core.errors import Missing
from observe.core.ids import new_id
from observe.storage import erasing
from observe.storage.database import NetworkSession
from observe.storage.tables import Base
from observe.storage.tables.history import HistoryLine, ReadLine
from observe.storage.tables.lessons import Lesson, Observation
from observe.storage.tables.people import Person
from observe.storage.tables.trust import Erasure, ResealedRecord
from observe.storage.words_of_people import WORDS

# How many had answered about a leader is told to nobody.
UNTOLD = ("leadership_answer",)
PERSON, RETENTION = "person", "retention"


def begin(
    session: NetworkSession, what: str, *, person_id: UUID | None, by: UUID | None, at: datetime
) -> UUID:
    """A new certificate, on which nothing stands yet."""
    made = new_id(at)
    session.add(Erasure(id=made, what=what, person_id=person_id, by=by, at=at, counts={}))
    session.flush()
    return made


def write(session: NetworkSession, erasure_id: UUID, counts: Mapping[str, int]) -> None:
    """Write down how many of each kind were erased."""
    row = session.get_one(Erasure, (session.network_id, erasure_id))
    told = (each for each in sorted(counts.items()) if each[0] not in UNTOLD)
    row.counts = {name: number for name, number in told if number}


def find(session: NetworkSession, erasure_id: UUID) -> Erasure:
    """One certificate; Missing where there is none."""
    row = session.get(Erasure, (session.network_id, erasure_id))
    if row is None:
        raise Missing("There is no such certificate.")
    return row


def listed(session: NetworkSession, *, most: int) -> Sequence[Erasure]:
    """The certificates, the newest first."""
    newest = select(Erasure).order_by(Erasure.at.desc(), Erasure.id.desc())
    return session.scalars(newest.limit(most)).all()


def unwashed(session: NetworkSession) -> Sequence[Erasure]:
    """Certificates of what may still lie in the file of the database."""
    return session.scalars(select(Erasure).where(Erasure.washed_at.is_(None))).all()


def was_erased(session: NetworkSession, person_id: UUID) -> bool:
    """Whether there is a certificate of this person."""
    query = (
        select(Erasure.id).where(Erasure.person_id == person_id, Erasure.what == PERSON).limit(1)
    )
    return session.scalar(query) is not None


def erased(session: NetworkSession) -> set[UUID]:
    """Everybody who was erased."""
    query = select(Erasure.person_id).where(Erasure.what == PERSON)
    return {each for each in session.scalars(query) if each}


def namesakes(session: NetworkSession, row: Person) -> int:
    """How many others have the same name."""
    query = select(func.count()).select_from(Person)
    return session.scalars(query.where(Person.name == row.name, Person.id != row.id)).one()


def planned(session: NetworkSession, person_id: UUID, at: datetime) -> Sequence[UUID]:
    """The lessons that somebody was to teach after a moment, and that nobody has begun to observe."""
    begun = select(Observation.lesson_id).where(Observation.begun_at.is_not(None))
    ahead = (Lesson.teacher_id == person_id, Lesson.starts_at > at, Lesson.cancelled_at.is_(None))
    whole = (Lesson.alias_of.is_(None), Lesson.id.not_in(begun))
    return session.scalars(select(Lesson.id).where(*ahead, *whole)).all()


def ids_of(session: NetworkSession, table: str, person_id: UUID) -> list[UUID]:
    """The ids of the rows of a table that are deleted with somebody."""
    known = Base.metadata.tables[table]
    found: list[UUID] = []
    for path in WORDS[table].deleted:
        mine = known.c.network_id == session.network_id
        where = erasing.way(session, table, path, [person_id])
        found += session.scalars(select(known.c.id).where(mine, where))
    return found


def earlier(session: NetworkSession, person_id: UUID) -> tuple[list[str], list[str]]:
    """(names, e-mail addresses) that history has of somebody, the latest first."""
    about = (HistoryLine.thing == "person", HistoryLine.thing_id == str(person_id))
    query = select(HistoryLine.details).where(*about).order_by(HistoryLine.at.desc())
    told = [detail for detail in session.scalars(query) if detail]
    pairs = [each[key] for each in told for key in ("after", "before") if key in each]
    both = [pair for pair in pairs if isinstance(pair, list) and len(pair) == 2]
    names = [*(name for name, _ in both), *(each["name"] for each in told if "name" in each)]
    return [n for n in names if n], [address for _, address in both if address]


def forget_history(session: NetworkSession, person_id: UUID, things: Iterable[UUID]) -> None:
    """What history said about somebody goes, and about what was deleted with them."""
    forget_things(session, [person_id, *things])
    _forget_reasons(session, person_id)


def forget_things(session: NetworkSession, things: Iterable[UUID]) -> None:
    """What history said about things goes, and who read them; that something was done stays."""
    gone = [str(each) for each in things]
    here = HistoryLine.network_id == session.network_id
    session.execute(
        update(HistoryLine)
        .where(here, HistoryLine.thing_id.in_(gone))
        .values(details={})
        .execution_options(synchronize_session=False)
    )
    read = (ReadLine.network_id == session.network_id, ReadLine.thing_id.in_(gone))
    session.execute(delete(ReadLine).where(*read).execution_options(synchronize_session=False))


def _forget_reasons(session: NetworkSession, person_id: UUID) -> None:
    """Why something was done with a lesson of theirs."""
    taught = session.scalars(select(Lesson.id).where(Lesson.teacher_id == person_id))
    about = (HistoryLine.thing == "lesson", HistoryLine.thing_id.in_([str(e) for e in taught]))
    for line in session.scalars(select(HistoryLine).where(*about)):
        if "reason" in line.details:
            details: dict[str, Any] = line.details | {"reason": ""}
            line.details = details
    session.flush()


def resealed(session: NetworkSession, erasure_id: UUID) -> int:
    """How many records were given another hash."""
    query = select(func.count()).select_from(ResealedRecord)
    return session.scalars(query.where(ResealedRecord.erasure_id == erasure_id)).one()
