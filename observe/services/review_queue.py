"""What waits for somebody to read before its teacher does, the fewest working days left first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.feedback.review import State
from observe.core.feedback.summary import Summary
from observe.core.permissions import Person
from observe.storage import people, summaries
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Waiting:
    """A summary on its way, `left` working days before it is due, and with whom else it waits."""

    summary: Summary
    left: int
    also_with: tuple[str, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Whether it only waits for the day on which the school releases."""
        return self.summary.state == State.APPROVED


def waiting_for(session: NetworkSession, person: Person, *, at: datetime) -> tuple[Waiting, ...]:
    """What this person is asked to read, the least time first; what is approved comes last."""
    found = summaries.waiting_for(session, person)
    return in_order(session, found, but=person.id, today=at, zone=people.zone_of(session, person))


def sent_by(session: NetworkSession, author: Person, *, at: datetime) -> tuple[Waiting, ...]:
    """What an author has sent and is not released, with all who read it once it has gone up."""
    found = summaries.sent_by(session, author.id)
    return in_order(session, found, but=None, today=at, zone=people.zone_of(session, author))


def in_order(
    session: NetworkSession,
    found: Sequence[Summary],
    *,
    but: UUID | None,
    today: datetime,
    zone: str,
) -> tuple[Waiting, ...]:
    """These summaries by the working days that they have left where somebody is."""
    others = _others(session, [each for each in found if each.steps_up], but=but)
    day = today.astimezone(ZoneInfo(zone)).date()
    waiting = [Waiting(each, each.days_left(day), others.get(each.id, ())) for each in found]
    return tuple(sorted(waiting, key=lambda each: (each.is_approved, each.left)))


def _others(
    session: NetworkSession, gone_up: Iterable[Summary], *, but: UUID | None
) -> dict[UUID, tuple[str, ...]]:
    """Who else reads what has gone up, by name; for its author, to whom it went."""
    asked = {
        summary_id: frozenset[UUID]().union(*(rungs if but else rungs[1:])) - {but}
        for summary_id, rungs in summaries.read_by(session, [each.id for each in gone_up]).items()
    }
    names = people.names(session, {each for readers in asked.values() for each in readers})
    return {
        summary_id: tuple(sorted(names[each] for each in readers))
        for summary_id, readers in asked.items()
    }
