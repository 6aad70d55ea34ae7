"""A private learning log on coaching: its author writes and reads it, and nobody else."""

from datetime import datetime
from uuid import UUID

from observe.core.coaching import LONGEST, LogEntry
from observe.core.errors import Invalid, Stale
from observe.core.permissions import Person, Thing
from observe.storage import coaching, coaching_words, history, records
from observe.storage.database import NetworkSession
from observe.storage.tables.coaching import LearningLog

STALE = "You wrote something else on another page or tablet meanwhile. Look at both, then save."
TOO_LONG = f"This entry is longer than {LONGEST} letters. Make it shorter, or begin another."


def thing(session: NetworkSession, partnership_id: UUID, entry_id: UUID, *, by: Person) -> Thing:
    """An entry as permissions see it: its author's, and one that is not there yet of either of the two."""
    two = coaching.thing(session, partnership_id)
    kept = coaching_words.entry_row(session, entry_id)
    if kept is None:
        author = by.id if by.id in two.taking_part else None
    else:
        author = kept.person_id if kept.partnership_id == partnership_id else None
    return Thing(network_id=session.network_id, author_id=author)


def own(session: NetworkSession, entry_id: UUID, *, by: Person) -> LogEntry | None:
    """What one wrote oneself; of nobody else there is a way to ask."""
    return coaching_words.entry(session, entry_id, by.id)


def write(
    session: NetworkSession,
    partnership_id: UUID,
    entry_id: UUID,
    text: str,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> int:
    """Keep an entry; the new revision, 0 where nothing is left of it.

    `revision` is that of what was on the page. Stale if other words were kept meanwhile, Invalid if it
    is too long.
    """
    if len(text) > LONGEST:
        raise Invalid(TOO_LONG, field="text")
    records.lock_person(session, by.id)  # two tablets of one person may save at the same moment
    kept = coaching_words.entry_row(session, entry_id)
    if kept and kept.text == text:
        return kept.revision
    if kept and kept.revision != revision:
        raise Stale(STALE)
    if not text:
        delete(session, entry_id, by=by, at=at)
        return 0
    _keep(session, kept, (partnership_id, entry_id), text, by=by, at=at)
    return kept.revision if kept else 1


def _keep(
    session: NetworkSession,
    kept: LearningLog | None,
    ids: tuple[UUID, UUID],
    text: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    if kept is None:
        told = {"partnership_id": ids[0], "id": ids[1], "person_id": by.id, "text": text}
        session.add(LearningLog(**told, revision=1, begun_at=at, changed_at=at))
    else:
        kept.text, kept.revision, kept.changed_at = text, kept.revision + 1, at
    _wrote(session, "learning log written", ids[1], by=by, at=at)


def delete(session: NetworkSession, entry_id: UUID, *, by: Person, at: datetime) -> str:
    """Delete an entry for good; what stood in it, so that the page can give it back."""
    kept = coaching_words.entry_row(session, entry_id)
    if kept is None or kept.person_id != by.id:
        return ""
    stood = kept.text
    session.delete(kept)
    session.flush()
    _wrote(session, "learning log deleted", entry_id, by=by, at=at)
    return stood


def _wrote(session: NetworkSession, did: str, entry_id: UUID, *, by: Person, at: datetime) -> None:
    """History says that something was written, and never a word of it."""
    history.wrote(session, did, "learning log", entry_id, by=by.id, at=at)
