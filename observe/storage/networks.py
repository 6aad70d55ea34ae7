"""The groups of schools of one installation."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from observe.storage.tables.people import Network


def ids(session: Session) -> dict[str, UUID]:
    """Every network's id by its name."""
    return dict(session.execute(select(Network.name, Network.id)).all())
