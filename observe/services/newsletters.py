"""Newsletters: written by facilitators, read by everybody in the network once published."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Stale
from observe.core.feedback.names import named
from observe.core.ids import new_id
from observe.core.newsletter import (
    LONGEST,
    LONGEST_TITLE,
    MOST_PARTS,
    Newsletter,
    Part,
    as_json,
)
from observe.core.permissions import Person, Thing, may
from observe.core.typed import line_in
from observe.storage import history, newsletters
from observe.storage.database import NetworkSession
from observe.storage.tables import newsletters as tables

LATELY = timedelta(days=14)
STALE = (
    "Another facilitator changed this meanwhile. Look at what stands there now, then save yours."
)
OUT = "It is published. Withdraw it first, then change it and publish it again."


def begin(session: NetworkSession, title: str, *, by: Person, at: datetime) -> UUID:
    """An empty draft."""
    newsletter_id = new_id(at)
    made = {"made_by": by.id, "made_at": at, "changed_at": at}
    told = {"title": _title(title), "parts": as_json([Part()]), "revision": 1, **made}
    row = tables.Newsletter(id=newsletter_id, **told, published_at=None, published_by=None)
    session.add(row)
    _wrote(session, "newsletter begun", newsletter_id, by=by, at=at)
    return newsletter_id


def keep(
    session: NetworkSession,
    newsletter_id: UUID,
    title: str,
    parts: Sequence[Part],
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Keep a draft as it is typed; Conflict once published, Stale where another changed it meanwhile."""
    kept = newsletters.locked(session, newsletter_id)
    if kept.published_at is not None:
        raise Conflict(OUT)
    title = _title(title)
    _check(parts)
    if (kept.title, kept.parts) == (title, as_json(parts)):
        return
    if kept.revision != revision:
        raise Stale(STALE, field="title")
    kept.title, kept.parts = title, as_json(parts)
    kept.revision, kept.changed_at = kept.revision + 1, at
    _wrote(session, "newsletter changed", newsletter_id, by=by, at=at)


def _title(title: str) -> str:
    words = line_in(title)
    if not words:
        raise Invalid("Give it a title.", field="title")
    if len(words) > LONGEST_TITLE:
        raise Invalid(f"This is longer than {LONGEST_TITLE} letters.", field="title")
    return words


def _check(parts: Sequence[Part]) -> None:
    if len(parts) > MOST_PARTS:
        raise Conflict(f"A newsletter has at most {MOST_PARTS} parts.")
    for place, part in enumerate(parts):
        if len(part.heading) > LONGEST_TITLE:
            raise Invalid("This heading is too long.", field=f"heading-{place}")
        if len(part.text) > LONGEST:
            raise Invalid(f"This is longer than {LONGEST} letters.", field=f"text-{place}")


def lately(session: NetworkSession, *, by: Person, at: datetime) -> list[Newsletter]:
    """Those that were published in the last two weeks, the latest first, as somebody reads them."""
    return published(session, by=by, since=at - LATELY)


def published(
    session: NetworkSession, *, by: Person, since: datetime | None = None
) -> list[Newsletter]:
    """Those that are out, the latest first; one that tells somebody nothing is left out for them."""
    out = [as_read(each, by=by) for each in newsletters.published(session, since=since)]
    return [each for each in out if not each.empty]


def as_read(newsletter: Newsletter, *, by: Person) -> Newsletter:
    """What somebody reads of a newsletter: figures of agreement only where they may see the group's."""
    sees = may(by, "see group figures", Thing(network_id=by.network_id))
    return newsletter if sees else newsletter.without_figures


def names_in(session: NetworkSession, newsletter: Newsletter) -> list[str]:
    """The people and schools of the network that a newsletter names, in their order by name."""
    people, schools = newsletters.names(session)
    text = newsletter.text
    told = {each.pupil for each in named(text, people)}
    said = text.casefold()
    return [
        *(name for name in people if name in told),
        *(name for name in schools if name.casefold() in said),
    ]


def publish(
    session: NetworkSession, newsletter_id: UUID, *, names_meant: bool, by: Person, at: datetime
) -> None:
    """Let everybody read it; Invalid while it names somebody and nobody said that this is meant."""
    kept = newsletters.locked(session, newsletter_id)
    if kept.published_at is not None:
        return
    found = newsletters.find(session, newsletter_id)
    if found.empty:
        raise Conflict("There is nothing in it yet.")
    if not names_meant and (who := names_in(session, found)):
        raise Invalid(f"It names {', '.join(who)}. Say that this is meant.", field="meant")
    kept.published_at, kept.published_by = at, by.id
    _wrote(session, "newsletter published", newsletter_id, by=by, at=at)


def withdraw(session: NetworkSession, newsletter_id: UUID, *, by: Person, at: datetime) -> None:
    """Let it be a draft again that nobody but facilitators reads; twice does no harm."""
    kept = newsletters.locked(session, newsletter_id)
    if kept.published_at is not None:
        kept.published_at = kept.published_by = None
        _wrote(session, "newsletter withdrawn", newsletter_id, by=by, at=at)


def throw_away(session: NetworkSession, newsletter_id: UUID, *, by: Person, at: datetime) -> None:
    """Delete a draft for good."""
    kept = newsletters.locked(session, newsletter_id)
    if kept.published_at is not None:
        raise Conflict(OUT)
    session.delete(kept)
    _wrote(session, "newsletter deleted", newsletter_id, by=by, at=at)


def _wrote(
    session: NetworkSession, did: str, newsletter_id: UUID, *, by: Person, at: datetime
) -> None:
    history.wrote(session, did, "newsletter", newsletter_id, by=by.id, at=at)
