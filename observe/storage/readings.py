"""Who has opened a released summary, and when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from observe.storage import history
from observe.storage.database import NetworkSession
from observe.storage.tables.history import ReadLine
from observe.storage.tables.people import Person


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody who opened a thing, and the hour in which they last did."""

    person_id: UUID
    name: str
    hour: datetime


def of_summary(session: NetworkSession, summary_id: UUID) -> list[Opened]:
    """Everybody who has opened a summary, the latest first."""
    last = func.max(ReadLine.hour)
    query = (
        select(ReadLine.person_id, Person.name, last)
        .join(Person, Person.id == ReadLine.person_id)
        .where(ReadLine.thing == "summary", ReadLine.thing_id == str(summary_id))
        .group_by(ReadLine.person_id, Person.name)
        .order_by(last.desc())
    )
    return [Opened(*found) for found in session.execute(query)]


def is_noted(session: NetworkSession, summary_id: UUID, *, by: UUID, at: datetime) -> bool:
    """Whether it is kept that a person read a summary in this hour."""
    query = select(ReadLine.hour).where(
        ReadLine.person_id == by,
        ReadLine.thing == "summary",
        ReadLine.thing_id == str(summary_id),
        ReadLine.hour == history.hour_of(at),
    )
    return session.scalar(query) is not None
