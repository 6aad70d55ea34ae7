"""Certificates say since when nothing erased lies in the file of the database any more."""

from datetime import datetime
from uuid import UUID

from observe.storage import erasures, washing
from observe.storage.database import Database

LARGE = 400 * 1024 * 1024


def wash(database: Database, network_id: UUID, *, at: datetime) -> bool:
    """Clear the file of what was erased, if anything was; False if that has to wait for the next round."""
    with database.read(network_id) as session:
        waiting = bool(erasures.unwashed(session))
    if not waiting:
        return True
    if not washing.wash(database):
        return False
    with database.write(network_id) as session:
        for row in erasures.unwashed(session):
            row.washed_at = at
    return True


def wash_if_small(database: Database, network_id: UUID, *, at: datetime) -> bool:
    """Clear the file at once where that takes no more than a moment; else the next round of jobs does."""
    small = (washing.size(database) or LARGE) < LARGE
    return small and wash(database, network_id, at=at)
