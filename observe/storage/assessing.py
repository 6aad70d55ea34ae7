"""Looks at how somebody observes: rounds, and their two parts."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from observe.core.assessing import Finished, Kind, Moment
from observe.storage.database import NetworkSession
from observe.storage.tables import assessing as tables


def finished(session: NetworkSession, person_ids: Collection[UUID]) -> list[Finished]:
    """Every sealed look at these people's observing, the earliest first; nothing of what it says."""
    part, round_ = tables.AssessingPart, tables.AssessingRound
    query = (
        select(round_.person_id, part.kind, round_.moment, part.sealed_at, part.author_id)
        .join(round_, round_.id == part.round_id)
        .where(round_.person_id.in_(person_ids), part.sealed_at.is_not(None))
        .order_by(part.sealed_at, part.id)
    )
    return [
        Finished(person_id, Kind(kind), Moment(moment), at, by)
        for person_id, kind, moment, at, by in session.execute(query)
        if at is not None
    ]
