"""Whom a round of leadership feedback can ask, as which group, and whom it asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.contact import sort_key
from observe.core.groups import FEWEST_PEOPLE
from observe.core.leadership import OTHERS, REST, RaterGroup, Round
from observe.core.permissions import OBSERVERS, RoleKind
from observe.services import people_places
from observe.services.leadership import LEADS
from observe.storage import leadership, people, register, shelf
from observe.storage.database import NetworkSession
from observe.storage.people import RoleHeld
from observe.storage.register import Entry

PEERS = (*OBSERVERS, RoleKind.FACILITATOR)


@dataclass(frozen=True, slots=True)
class Running:
    """A round as whoever runs it sees it: who is asked and who could be, and never who answered.

    `schools` has by person the names of their schools.
    """

    round: Round
    asked: Mapping[RaterGroup, tuple[Entry, ...]]
    could: Mapping[RaterGroup, tuple[Entry, ...]]
    schools: Mapping[UUID, str]
    by_mail: bool

    @property
    def too_few(self) -> list[RaterGroup]:
        """The groups that are asked and have fewer than five people."""
        return [group for group, asked in self.asked.items() if 0 < len(asked) < FEWEST_PEOPLE]

    @property
    def unreached(self) -> list[str]:
        """Whom no mail can bring their link, because they have no address."""
        return [each.name for asked in self.asked.values() for each in asked if not each.email]


@dataclass(frozen=True, slots=True)
class Closed:
    """What is left of a round for whoever ran it: when, by what, by whom, and when the next can open."""

    round: Round
    rubric: str
    asked_by: str
    next_from: datetime


def closed(session: NetworkSession, found: Round, closed_at: datetime) -> Closed:
    """A round that closed at this moment."""
    names = people.names(session, {found.asked_by})
    title = shelf.rubric(session, found.rubric_digest).title
    return Closed(found, title, names.get(found.asked_by, ""), closed_at + REST)


def running(session: NetworkSession, round_id: UUID) -> Running:
    """A round with everybody whom it asks, and whom it could ask besides, by name."""
    found = leadership.find(session, round_id)
    raters = leadership.raters(session, round_id)
    everybody = [each for each in register.everybody(session) if each.id != found.person_id]
    everybody.sort(key=lambda each: (sort_key(each.name), each.id))
    held = people.held_by(session, [found.person_id, *(each.id for each in everybody)])
    led = _places(held.get(found.person_id, ()))
    return Running(
        round=found,
        asked=_grouped(everybody, raters),
        could=_grouped(
            [each for each in everybody if each.id not in raters and not each.left],
            {each.id: _group_of(held.get(each.id, ()), led) for each in everybody},
        ),
        schools=people_places.schools_of(session, [each.id for each in everybody]),
        by_mail=session.links_lead_to is not None,
    )


def _places(roles: tuple[RoleHeld, ...]) -> frozenset[UUID]:
    """The schools in which somebody leads."""
    return frozenset(each.school_id for each in roles if each.kind in LEADS and each.school_id)


def _group_of(roles: tuple[RoleHeld, ...], led: frozenset[UUID]) -> RaterGroup | None:
    """Staff of a led school are its team, who leads elsewhere a peer, who has no role a governor."""
    if not roles:
        return RaterGroup.GOVERNORS
    staff = (each.school_id for each in roles if each.kind != RoleKind.ADVISER)
    if any(each in led for each in staff):
        return RaterGroup.TEAM
    return RaterGroup.PEERS if any(each.kind in PEERS for each in roles) else None


def _grouped(
    everybody: list[Entry], groups: Mapping[UUID, RaterGroup | None]
) -> dict[RaterGroup, tuple[Entry, ...]]:
    return {
        group: tuple(each for each in everybody if groups.get(each.id) is group) for group in OTHERS
    }
