"""What each of the two writes alone: learning logs, and feedback on the coaching."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from observe.core.coaching import LogEntry, Onward, Said
from observe.storage.database import NetworkSession
from observe.storage.tables.coaching import CoachingFeedback, LearningLog


def log(session: NetworkSession, partnership_id: UUID, person_id: UUID) -> list[LogEntry]:
    """Somebody's own entries on a partnership, the latest first."""
    kept = LearningLog
    query = select(kept).where(kept.partnership_id == partnership_id, kept.person_id == person_id)
    latest = query.order_by(kept.begun_at.desc(), kept.id.desc())
    return [_entry(each) for each in session.scalars(latest)]


def count(session: NetworkSession, partnership_id: UUID, person_id: UUID) -> int:
    """How many entries of their own somebody has on a partnership."""
    kept = LearningLog
    mine = kept.partnership_id == partnership_id, kept.person_id == person_id
    return session.scalar(select(func.count()).select_from(kept).where(*mine)) or 0


def entry_row(session: NetworkSession, entry_id: UUID) -> LearningLog | None:
    """The row of an entry."""
    return session.get(LearningLog, (session.network_id, entry_id))


def entry(session: NetworkSession, entry_id: UUID, person_id: UUID) -> LogEntry | None:
    """One entry of somebody's own; None for any other."""
    found = entry_row(session, entry_id)
    return _entry(found) if found and found.person_id == person_id else None


def said(session: NetworkSession, partnership_id: UUID, number: int) -> Mapping[UUID, Said]:
    """What was said of the coaching after so many half years, by who said it."""
    kept = CoachingFeedback
    query = select(kept).where(kept.partnership_id == partnership_id, kept.number == number)
    return {
        each.person_id: Said(each.helped, each.differently, Onward(each.onward))
        for each in session.scalars(query)
    }


def say(
    session: NetworkSession,
    partnership_id: UUID,
    number: int,
    person_id: UUID,
    told: Said,
    *,
    at: datetime,
) -> None:
    """Keep what somebody says, in place of what they said before."""
    words = {"helped": told.helped, "differently": told.differently, "onward": told.onward.value}
    key = {"partnership_id": partnership_id, "number": number, "person_id": person_id}
    session.merge(CoachingFeedback(network_id=session.network_id, **key, **words, at=at))
    session.flush()


def numbers(session: NetworkSession, partnership_id: UUID) -> list[int]:
    """After how many half years somebody said something, the latest first."""
    kept = CoachingFeedback
    query = select(kept.number).where(kept.partnership_id == partnership_id).distinct()
    return sorted(session.scalars(query), reverse=True)


def _entry(kept: LearningLog) -> LogEntry:
    return LogEntry(kept.id, kept.text, kept.revision, kept.begun_at, kept.changed_at)
