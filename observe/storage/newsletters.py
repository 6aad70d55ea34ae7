"""Newsletters: drafts, and those that everybody reads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.errors import Missing
from observe.core.newsletter import Newsletter, from_json
from observe.core.permissions import Thing
from observe.storage.database import NetworkSession
from observe.storage.tables import newsletters as tables
from observe.storage.tables.people import Person, School


def find(session: NetworkSession, newsletter_id: UUID) -> Newsletter:
    """One newsletter; Missing for an unknown one."""
    return _newsletter(row(session, newsletter_id))


def thing(session: NetworkSession, newsletter_id: UUID) -> Thing:
    """A newsletter as permissions see it: `released` is one that everybody reads."""
    kept = row(session, newsletter_id)
    return Thing(network_id=session.network_id, released=kept.published_at is not None)


def published(session: NetworkSession, *, since: datetime | None = None) -> list[Newsletter]:
    """Those that everybody reads, the latest first; of late only with `since`."""
    kept = tables.Newsletter
    query = select(kept).where(kept.published_at.is_not(None))
    if since is not None:
        query = query.where(kept.published_at >= since)
    latest = query.order_by(kept.published_at.desc(), kept.id)
    return [_newsletter(each) for each in session.scalars(latest)]


def drafts(session: NetworkSession) -> list[Newsletter]:
    """Those that only facilitators see, the one that was changed last first."""
    kept = tables.Newsletter
    query = select(kept).where(kept.published_at.is_(None))
    return [_newsletter(each) for each in session.scalars(query.order_by(kept.changed_at.desc()))]


def row(session: NetworkSession, newsletter_id: UUID) -> tables.Newsletter:
    """The row of a newsletter; Missing for an unknown one."""
    found = session.get(tables.Newsletter, (session.network_id, newsletter_id))
    if found is None:
        raise Missing("There is no such newsletter.")
    return found


def locked(session: NetworkSession, newsletter_id: UUID) -> tables.Newsletter:
    """The row as it is now, held until the end of the transaction."""
    key = (session.network_id, newsletter_id)
    session.get(tables.Newsletter, key, with_for_update=True, populate_existing=True)
    return row(session, newsletter_id)


def names(session: NetworkSession) -> tuple[list[str], list[str]]:
    """The names of everybody, leavers too, and of the schools."""
    people = session.scalars(select(Person.name).order_by(Person.name))
    return list(people), list(session.scalars(select(School.name).order_by(School.name)))


def _newsletter(kept: tables.Newsletter) -> Newsletter:
    return Newsletter(
        id=kept.id,
        title=kept.title,
        parts=from_json(kept.parts),
        revision=kept.revision,
        changed_at=kept.changed_at,
        published_at=kept.published_at,
    )
