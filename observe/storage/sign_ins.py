"""Sign-ins, which stand outside every network, and the visits and one-time links inside one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables

NOBODY = UUID(int=0)


def by_email(session: Session, email: str) -> tables.SignIn | None:
    """The sign-in of an e-mail address."""
    return session.scalar(select(tables.SignIn).where(tables.SignIn.email == email))


def by_id(session: Session, sign_in_id: UUID) -> tables.SignIn | None:
    """The sign-in of that id."""
    return session.get(tables.SignIn, sign_in_id)


def of_emails(session: Session, emails: Iterable[str]) -> dict[str, tables.SignIn]:
    """The sign-ins of these addresses, by address."""
    query = select(tables.SignIn).where(tables.SignIn.email.in_(set(emails)))
    return {row.email: row for row in session.scalars(query)}


def oldest(session: Session, *, at_most: int) -> Sequence[tables.SignIn]:
    """The sign-ins in the order in which they were made."""
    somebody = select(tables.SignIn).where(tables.SignIn.id != NOBODY)
    return session.scalars(somebody.order_by(tables.SignIn.id).limit(at_most)).all()


def failed(session: Session, sign_in_id: UUID) -> tables.SignIn:
    """The sign-in, with one more wrong password counted."""
    row = session.get_one(tables.SignIn, sign_in_id, with_for_update=True)
    row.failures += 1
    return row


def failed_by_nobody(session: Session, *, at: datetime) -> None:
    """Count a wrong password for an address that nobody has.

    The one row of nobody is written so that this takes as long as it does for somebody.
    """
    row = session.get(tables.SignIn, NOBODY, with_for_update=True)
    if row is None:
        row = tables.SignIn(id=NOBODY, email="", people={}, failures=0, changed_at=at)
        session.add(row)
    row.failures += 1


def networks(session: Session, ids: Iterable[UUID]) -> Sequence[tables.Network]:
    """Networks by their ids, sorted by name."""
    query = select(tables.Network).where(tables.Network.id.in_(set(ids)))
    return session.scalars(query.order_by(tables.Network.name)).all()


def open_visits(session: NetworkSession, person_id: UUID) -> Sequence[tables.Visit]:
    """A person's visits that have not ended, the last used first."""
    query = select(tables.Visit).where(
        tables.Visit.person_id == person_id, tables.Visit.ended_at.is_(None)
    )
    return session.scalars(query.order_by(tables.Visit.seen_at.desc(), tables.Visit.id)).all()


def link_of(session: NetworkSession, token_hash: str) -> tables.OneTimeLink | None:
    """The one-time link that a token opens, used or not."""
    found = tables.OneTimeLink.token_hash == token_hash
    return session.scalar(select(tables.OneTimeLink).where(found))


def links_of(session: NetworkSession, person_ids: Iterable[UUID]) -> Sequence[tables.OneTimeLink]:
    """The one-time links made for these people, the newest last."""
    query = select(tables.OneTimeLink).where(tables.OneTimeLink.person_id.in_(set(person_ids)))
    return session.scalars(query.order_by(tables.OneTimeLink.made_at, tables.OneTimeLink.id)).all()


def spend(session: NetworkSession, link_id: UUID, *, at: datetime) -> bool:
    """Use a link; False when somebody else just did or its days are over."""
    unused = (
        tables.OneTimeLink.network_id == session.network_id,
        tables.OneTimeLink.id == link_id,
        tables.OneTimeLink.used_at.is_(None),
        tables.OneTimeLink.expires_at > at,
    )
    done = session.execute(update(tables.OneTimeLink).where(*unused).values(used_at=at))
    return cast(CursorResult[Any], done).rowcount == 1
