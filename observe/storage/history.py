"""The history of changes and of reading."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables.history import HistoryLine, ReadLine


def wrote(
    session: NetworkSession,
    did: str,
    thing: str,
    thing_id: UUID | str,
    *,
    by: UUID | None,
    at: datetime,
    **details: Any,
) -> None:
    """Keep one line of history in the transaction of the change."""
    line = HistoryLine(
        network_id=session.network_id,
        id=new_id(at),
        at=at,
        by=by,
        did=did,
        thing=thing,
        thing_id=str(thing_id),
        details=details,
    )
    session.add(line)


def done(session: NetworkSession, did: str, thing: str, *, by: UUID, since: datetime) -> int:
    """How often a person did this to a kind of thing since a moment."""
    line = HistoryLine
    query = select(func.count()).where(
        line.thing == thing, line.did == did, line.by == by, line.at >= since
    )
    return session.scalars(query.select_from(line)).one()


def hour_of(at: datetime) -> datetime:
    """The hour in which something was read."""
    return at.replace(minute=0, second=0, microsecond=0)


def read(session: NetworkSession, thing: str, thing_id: UUID, *, by: UUID, at: datetime) -> None:
    """Keep that a person read a thing in this hour; once however often they look."""
    session.merge(
        ReadLine(
            network_id=session.network_id,
            person_id=by,
            thing=thing,
            thing_id=str(thing_id),
            hour=hour_of(at),
        )
    )
