"""The schools at which people observe."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from observe.core.permissions import OBSERVERS
from observe.storage.database import NetworkSession
from observe.storage.staff import Place
from observe.storage.tables.people import Role, School


def of(session: NetworkSession, person_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Place]]:
    """By person, the schools at which they hold a role that observes, by name."""
    query = (
        select(Role.person_id, School.id, School.name, School.zone)
        .join(School, School.id == Role.school_id)
        .where(Role.person_id.in_(person_ids), Role.kind.in_(OBSERVERS))
        .distinct()
        .order_by(School.name)
    )
    found: dict[UUID, list[Place]] = defaultdict(list)
    for person_id, school_id, name, zone in session.execute(query):
        found[person_id].append(Place(school_id, name, zone))
    return found
