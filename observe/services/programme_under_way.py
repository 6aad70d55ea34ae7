"""Programmes under way: who sees which, and their lines of history."""

from datetime import datetime
from uuid import UUID

from observe.core.permissions import Person, RoleKind, Thing
from observe.core.programme_group import UnderWay
from observe.storage import history, programmes
from observe.storage.database import NetworkSession


def thing(session: NetworkSession, programme_id: UUID) -> Thing:
    """A programme as permissions see it: its author leads it, its members take part."""
    row = programmes.row(session, programme_id)
    members = programmes.members(session, programme_id=programme_id)
    return Thing(
        network_id=session.network_id,
        author_id=row.led_by,
        school_id=row.school_id,
        taking_part=frozenset(each.person_id for each in members),
    )


def seen_by(session: NetworkSession, person: Person) -> list[UnderWay]:
    """The programmes that somebody leads, is in, or looks after as facilitator, latest start first."""
    every = programmes.every(session)
    if person.has(RoleKind.FACILITATOR):
        return every
    mine = {each.programme_id for each in programmes.members(session, person_ids=[person.id])}
    return [each for each in every if each.led_by == person.id or each.id in mine]


def wrote(
    session: NetworkSession,
    did: str,
    programme_id: UUID,
    *,
    by: Person,
    at: datetime,
    **told: object,
) -> None:
    """What was done to a programme, and by whom."""
    history.wrote(session, did, "programme", programme_id, by=by.id, at=at, **told)
