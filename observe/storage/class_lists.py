"""Names on class lists, kept apart from everything else so that a summary names no pupil."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, func, select

from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Pupil


def names(session: NetworkSession, class_id: UUID | None) -> tuple[str, ...]:
    """The names on the list of a class, in order of the alphabet; none for a lesson without a class."""
    if class_id is None:
        return ()
    query = select(Pupil.name).where(Pupil.class_id == class_id).order_by(Pupil.name)
    return tuple(session.scalars(query))


def counts(session: NetworkSession, class_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """How many names each of these classes has; a class without a list is left out."""
    query = (
        select(Pupil.class_id, func.count())
        .where(Pupil.class_id.in_(set(class_ids)))
        .group_by(Pupil.class_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def replace(
    session: NetworkSession,
    class_id: UUID,
    written: Sequence[str],
    *,
    erased_after: date,
    at: datetime,
) -> None:
    """Keep this list in place of the one there was."""
    erase(session, class_id)
    session.add_all(
        Pupil(id=new_id(at), class_id=class_id, name=name, erased_after=erased_after)
        for name in written
    )
    session.flush()


def erase(session: NetworkSession, class_id: UUID) -> int:
    """Erase the list of a class; how many names."""
    done = session.execute(delete(Pupil).where(Pupil.class_id == class_id))
    return cast(CursorResult[Any], done).rowcount


def is_over(session: NetworkSession, *, today: date) -> bool:
    """Whether a list outlived its school year."""
    query = select(Pupil.id).where(Pupil.erased_after < today).limit(1)
    return session.scalar(query) is not None


def erase_over(session: NetworkSession, *, today: date) -> int:
    """Erase the names whose school year is over; how many."""
    done = session.execute(delete(Pupil).where(Pupil.erased_after < today))
    return cast(CursorResult[Any], done).rowcount
