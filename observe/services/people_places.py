"""Where people work, for whoever chooses them from a list: two may have the same name."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from observe.storage import people
from observe.storage.database import NetworkSession
from observe.storage.people import RoleHeld
from observe.storage.staff import Named


def schools_of(session: NetworkSession, person_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """The names of the schools of each person, with commas; nobody who works at none."""
    held = people.held_by(session, person_ids)
    found = {person_id: _places(roles) for person_id, roles in held.items()}
    return {person_id: places for person_id, places in found.items() if places}


def _places(roles: Iterable[RoleHeld]) -> str:
    return ", ".join(sorted({each.school for each in roles if each.school}))


def with_schools(session: NetworkSession, chosen_from: Sequence[Named]) -> list[Named]:
    """The same people in the same order, each with the names of their schools behind their own."""
    schools = schools_of(session, [each.id for each in chosen_from])
    return [
        Named(each.id, ", ".join(filter(None, (each.name, schools.get(each.id)))))
        for each in chosen_from
    ]
