"""Reflections on one's own observing; every query names their author."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.reflections import Answers, Reflection
from observe.storage.database import NetworkSession
from observe.storage.tables import reflections as tables


def find(session: NetworkSession, person_id: UUID, lesson_id: UUID) -> Reflection | None:
    """What somebody wrote on one lesson."""
    found = row(session, person_id, lesson_id)
    return _reflection(found) if found else None


def row(session: NetworkSession, person_id: UUID, lesson_id: UUID) -> tables.Reflection | None:
    """The row of it, to be changed."""
    return session.get(tables.Reflection, (session.network_id, person_id, lesson_id))


def add(
    session: NetworkSession, person_id: UUID, lesson_id: UUID, answers: Answers, *, at: datetime
) -> None:
    """Keep what somebody writes on a lesson for the first time."""
    told = {name: getattr(answers, name) for name in answers.__slots__}
    mine = {"person_id": person_id, "lesson_id": lesson_id}
    session.add(tables.Reflection(**mine, **told, revision=1, changed_at=at))


def of_person(session: NetworkSession, person_id: UUID, *, most: int) -> list[Reflection]:
    """Somebody's own, the latest first."""
    table = tables.Reflection
    query = select(table).where(table.person_id == person_id)
    latest = query.order_by(table.changed_at.desc(), table.lesson_id).limit(most)
    return [_reflection(found) for found in session.scalars(latest)]


def to_try(session: NetworkSession, person_id: UUID, *, most: int) -> list[Reflection]:
    """Those of which somebody has still to try what they wanted to, the latest first."""
    table = tables.Reflection
    query = select(table).where(
        table.person_id == person_id, table.next_time != "", table.tried_at.is_(None)
    )
    latest = query.order_by(table.changed_at.desc(), table.lesson_id).limit(most)
    return [_reflection(found) for found in session.scalars(latest)]


def _reflection(found: tables.Reflection) -> Reflection:
    answers = Answers(found.looked_at, found.missed, found.next_time)
    return Reflection(found.lesson_id, answers, found.revision, found.changed_at, found.tried_at)
