"""Sessions of a coaching partnership: planned, prepared with an agenda, and what was agreed in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.calendar_file import Entry
from observe.core.coaching import LONGEST, Meeting
from observe.core.errors import Invalid, Stale
from observe.core.ids import new_id
from observe.core.permissions import Person
from observe.services import coaching
from observe.storage import coaching_sessions, history
from observe.storage.database import NetworkSession
from observe.storage.tables.coaching import CoachingSession

LONGEST_PLACE = 120
MOST_MINUTES = 480
TITLE = "Coaching session"
STALE = "One of you changed this session meanwhile. Look at what stands there now, then save yours."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A session as somebody wants it."""

    starts_at: datetime
    minutes: int
    place: str = ""
    agenda: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The sessions of a partnership: to come, the soonest first, and past, the latest first."""

    coming: Sequence[Meeting]
    past: Sequence[Meeting]


def of(session: NetworkSession, partnership_id: UUID, *, at: datetime) -> Told:
    """Every session; a cancelled one until the day after it would have been."""
    found = coaching_sessions.of_partnership(session, partnership_id)
    coming = [each for each in found if each.ends_at > at]
    past = [each for each in found if each.ends_at <= at and each.cancelled_at is None]
    return Told(coming, past[::-1])


def plan(
    session: NetworkSession, partnership_id: UUID, wish: Wish, *, by: Person, at: datetime
) -> UUID:
    """One more session of a partnership that goes on."""
    coaching.must_go_on(session, partnership_id)
    _check(wish)
    session_id = new_id(at)
    told = {"id": session_id, "partnership_id": partnership_id, **_columns(wish)}
    session.add(CoachingSession(**told, planned_by=by.id, revision=1, changed_at=at))
    _wrote(session, "coaching session planned", session_id, by=by, at=at)
    return session_id


def change(
    session: NetworkSession,
    partnership_id: UUID,
    session_id: UUID,
    wish: Wish,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Other words or another time; Stale where the other changed it since one read it."""
    coaching.must_go_on(session, partnership_id)
    _check(wish)
    kept = _locked(session, partnership_id, session_id)
    columns = _columns(wish)
    if all(getattr(kept, name) == value for name, value in columns.items()):
        return
    if kept.revision != revision:
        raise Stale(STALE, field="agenda")
    for name, value in columns.items():
        setattr(kept, name, value)
    _changed(session, kept, "coaching session changed", by=by, at=at)


def cancel(
    session: NetworkSession,
    partnership_id: UUID,
    session_id: UUID,
    *,
    cancelled: bool,
    by: Person,
    at: datetime,
) -> None:
    """Cancel a session, or let it take place after all; twice does no harm."""
    coaching.must_go_on(session, partnership_id)
    kept = _locked(session, partnership_id, session_id)
    if (kept.cancelled_at is not None) != cancelled:
        kept.cancelled_at = at if cancelled else None
        did = "coaching session cancelled" if cancelled else "coaching session brought back"
        _changed(session, kept, did, by=by, at=at)


def entries(
    session: NetworkSession, person_id: UUID, since: datetime, until: datetime, *, place: str
) -> list[Entry]:
    """Somebody's sessions for their calendar, with nobody's name and no word of the agenda."""
    found = coaching_sessions.of_person(session, person_id, since, until)
    return [entry(each, place=place) for each in found]


def entry(meeting: Meeting, *, place: str) -> Entry:
    """One session for a calendar; `place` is where Observe is served."""
    address = f"{place}/coaching/{meeting.partnership_id}/sessions/{meeting.id}"
    return Entry(
        key=str(meeting.id),
        revision=meeting.revision,
        title=TITLE,
        place=meeting.place,
        zone="UTC",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        address=address,
        cancelled=meeting.cancelled_at is not None,
    )


def soon(
    session: NetworkSession, person_id: UUID, *, at: datetime, within: timedelta
) -> list[Meeting]:
    """Somebody's sessions that begin soon and take place, the soonest first."""
    found = coaching_sessions.of_person(session, person_id, at, at + within)
    return [each for each in found if each.cancelled_at is None]


def _check(wish: Wish) -> None:
    if not 0 < wish.minutes <= MOST_MINUTES:
        raise Invalid("Give the minutes as a number from 1 to 480.", field="minutes")
    longest = {"place": LONGEST_PLACE, "agenda": LONGEST, "agreed": LONGEST}
    for name, most in longest.items():
        if len(getattr(wish, name)) > most:
            raise Invalid(f"This is longer than {most} letters. Make it shorter.", field=name)


def _columns(wish: Wish) -> dict[str, object]:
    return {name: getattr(wish, name) for name in wish.__slots__}


def _locked(session: NetworkSession, partnership_id: UUID, session_id: UUID) -> CoachingSession:
    """The row as it is now, held until the end of the transaction: two people change it."""
    key = (session.network_id, session_id)
    session.get(CoachingSession, key, with_for_update=True, populate_existing=True)
    return coaching_sessions.row(session, partnership_id, session_id)


def _changed(
    session: NetworkSession, kept: CoachingSession, did: str, *, by: Person, at: datetime
) -> None:
    kept.revision, kept.changed_at = kept.revision + 1, at
    _wrote(session, did, kept.id, by=by, at=at)


def _wrote(
    session: NetworkSession, did: str, session_id: UUID, *, by: Person, at: datetime
) -> None:
    history.wrote(session, did, "coaching session", session_id, by=by.id, at=at)
