"""Sessions of coaching partnerships."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from observe.core.coaching import Meeting
from observe.core.errors import Missing
from observe.storage.database import NetworkSession
from observe.storage.tables.coaching import CoachingPartnership, CoachingSession


def of_partnership(session: NetworkSession, partnership_id: UUID) -> list[Meeting]:
    """Every session, cancelled ones too, the earliest first."""
    kept = CoachingSession
    query = select(kept).where(kept.partnership_id == partnership_id)
    return [_meeting(each) for each in session.scalars(query.order_by(kept.starts_at, kept.id))]


def of_person(
    session: NetworkSession, person_id: UUID, since: datetime, until: datetime
) -> list[Meeting]:
    """Somebody's sessions that begin in a stretch of time, cancelled ones too, the earliest first."""
    kept, two = CoachingSession, CoachingPartnership
    mine = or_(two.asker_id == person_id, two.partner_id == person_id)
    query = select(kept).join(two, two.id == kept.partnership_id).where(mine)
    within = query.where(kept.starts_at >= since, kept.starts_at < until)
    return [_meeting(each) for each in session.scalars(within.order_by(kept.starts_at, kept.id))]


def row(session: NetworkSession, partnership_id: UUID, session_id: UUID) -> CoachingSession:
    """The row of a session of this partnership; Missing for any other."""
    found = session.get(CoachingSession, (session.network_id, session_id))
    if found is None or found.partnership_id != partnership_id:
        raise Missing("There is no such session.")
    return found


def find(session: NetworkSession, partnership_id: UUID, session_id: UUID) -> Meeting:
    """One session of this partnership; Missing for any other."""
    return _meeting(row(session, partnership_id, session_id))


def _meeting(kept: CoachingSession) -> Meeting:
    return Meeting(
        id=kept.id,
        partnership_id=kept.partnership_id,
        starts_at=kept.starts_at,
        minutes=kept.minutes,
        place=kept.place,
        agenda=kept.agenda,
        agreed=kept.agreed,
        revision=kept.revision,
        cancelled_at=kept.cancelled_at,
    )
