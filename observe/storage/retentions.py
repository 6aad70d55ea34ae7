"""For how long a network keeps what, as it chose."""

from datetime import date, datetime
from uuid import UUID

from observe.core.retention import YEAR, Kind, complete
from observe.storage.database import NetworkSession
from observe.storage.tables.trust import Retention


def row(session: NetworkSession) -> Retention | None:
    """What was chosen, if anything was."""
    return session.get(Retention, session.network_id)


def months(session: NetworkSession) -> dict[Kind, int]:
    """For how many months each kind is kept."""
    chosen = row(session)
    return complete(chosen.months if chosen else {})


def begin(session: NetworkSession, *, starts_on: date, by: UUID | None, at: datetime) -> Retention:
    """The row in which it is kept, with nothing chosen yet."""
    made = Retention(months={}, starts_on=starts_on, revision=0, by=by, at=at)
    session.add(made)
    session.flush()
    return made


def years(session: NetworkSession) -> int:
    """For how many school years a released summary is kept."""
    return months(session)[Kind.SUMMARIES] // YEAR
