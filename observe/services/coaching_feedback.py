"""What the two say of their coaching after each half year; each reads the other once both have said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.coaching import (
    LONGEST,
    Meeting,
    Onward,
    Partnership,
    Said,
    both_said,
    half_years,
    next_look_back,
)
from observe.core.errors import Conflict, Invalid
from observe.core.permissions import Person
from observe.services import coaching_sessions
from observe.storage import coaching, coaching_words, history, people
from observe.storage.database import NetworkSession

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LookBack:
    """One look back on so many half years: one's own words, and the other's once both have spoken."""

    number: int
    mine: Said | None
    theirs: Said | None
    can_change: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What coaching asks of somebody today: an answer, a look back, and sessions that are near."""

    to_answer: Sequence[Partnership] = ()
    to_look_back: Sequence[Partnership] = ()
    soon: Sequence[tuple[Meeting, Partnership]] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.to_answer or self.to_look_back or self.soon)


def due(found: Partnership, *, at: datetime, zone: ZoneInfo) -> int:
    """After how many half years the two are asked for a look back now; 0 before the first."""
    if found.accepted_at is None:
        return 0
    begun = found.accepted_at.astimezone(zone).date()
    return half_years(begun, (found.ended_at or at).astimezone(zone).date())


def next_day(
    session: NetworkSession, found: Partnership, *, at: datetime, by: Person
) -> date | None:
    """The day of the next look back, in the zone of whoever reads; None where none will come."""
    if not found.goes_on or found.accepted_at is None:
        return None
    zone = ZoneInfo(people.zone_of(session, by))
    begun = found.accepted_at.astimezone(zone).date()
    return next_look_back(begun, due(found, at=at, zone=zone) + 1)


def of(
    session: NetworkSession, partnership_id: UUID, *, by: Person, at: datetime
) -> list[LookBack]:
    """The look backs of a partnership for one of the two, the one that is due now first."""
    found = coaching.find(session, partnership_id)
    now = due(found, at=at, zone=ZoneInfo(people.zone_of(session, by)))
    numbers = {*coaching_words.numbers(session, partnership_id), *([now] if now else [])}
    return [_look_back(session, found, each, now, by) for each in sorted(numbers, reverse=True)]


def _look_back(
    session: NetworkSession, found: Partnership, number: int, now: int, by: Person
) -> LookBack:
    said = coaching_words.said(session, found.id, number)
    both = both_said([*said], found)
    mine, theirs = said.get(by.id), said.get(found.other_of(by.id))
    return LookBack(number, mine, theirs if both else None, number == now and not both)


def say(
    session: NetworkSession,
    partnership_id: UUID,
    number: int,
    told: Said,
    *,
    by: Person,
    at: datetime,
) -> bool:
    """Say what one thinks of the coaching; whether both have now. Conflict once both had."""
    _check(told)
    coaching.locked(session, partnership_id)
    found = coaching.find(session, partnership_id)
    if number != due(found, at=at, zone=ZoneInfo(people.zone_of(session, by))) or not number:
        raise Conflict("This is not asked now.")
    if both_said([*coaching_words.said(session, partnership_id, number)], found):
        raise Conflict("You have both answered and read each other, so it stays as it is.")
    coaching_words.say(session, partnership_id, number, by.id, told, at=at)
    history.wrote(session, "coaching looked back on", "coaching", partnership_id, by=by.id, at=at)
    return both_said([*coaching_words.said(session, partnership_id, number)], found)


def said_in(helped: str, differently: str, onward: str) -> Said:
    """What a form says; Invalid where it does not say what should come of it."""
    if onward not in [each.value for each in Onward]:
        raise Invalid("Choose what you want to come of it.", field="onward")
    return Said(helped, differently, Onward(onward))


def _check(told: Said) -> None:
    for name in ("helped", "differently"):
        text = getattr(told, name)
        if not text:
            raise Invalid("A sentence is enough, but say something.", field=name)
        if len(text) > LONGEST:
            raise Invalid(f"This is longer than {LONGEST} letters. Make it shorter.", field=name)


def waiting(session: NetworkSession, person: Person, *, at: datetime) -> Waiting:
    """What coaching asks of somebody today."""
    mine = {each.id: each for each in coaching.of_person(session, person.id) if not each.ended_at}
    if not mine:
        return Waiting()
    near = coaching_sessions.soon(session, person.id, at=at, within=SOON)
    return Waiting(
        to_answer=[e for e in mine.values() if not e.accepted_at and e.partner_id == person.id],
        to_look_back=_not_said(session, [e for e in mine.values() if e.goes_on], person, at),
        soon=[(each, mine[each.partnership_id]) for each in near if each.partnership_id in mine],
    )


def _not_said(
    session: NetworkSession, going_on: Sequence[Partnership], person: Person, at: datetime
) -> list[Partnership]:
    zone = ZoneInfo(people.zone_of(session, person))
    numbers = {each.id: due(each, at=at, zone=zone) for each in going_on}
    return [
        each
        for each in going_on
        if (number := numbers[each.id])
        and person.id not in coaching_words.said(session, each.id, number)
    ]
