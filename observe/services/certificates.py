"""Certificates as those who plan see them, and setting one by hand.

Figures of one person are theirs until opened; the day to which a certificate lasts is not a figure and
stands beside names where observers are chosen, so that whoever plans can tell. Nothing else is shown
there: whoever was sent back, was never judged, or has not chosen to be, looks the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from observe.core.certificates import ByHand, Certificate, Hand, certificate
from observe.core.errors import Conflict, Invalid
from observe.core.ids import new_id
from observe.core.permissions import OBSERVERS, Person, RoleKind, Thing
from observe.core.typed import line_in
from observe.services import who_plans
from observe.storage import certificates, certifications, history, people, records, staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named

LONGEST_REASON = 200
LONGEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """Who holds what certificate on a day, and who set it by hand, by person id.

    Empty where this network does not certify at all.
    """

    held: Mapping[UUID, Certificate]
    names: Mapping[UUID, str]
    today: date


@dataclass(frozen=True, slots=True)
class Board:
    """The observers for whom somebody plans, by name, with their certificates."""

    people: Sequence[Named]
    shown: Shown


def shown(session: NetworkSession, person_ids: Collection[UUID], *, today: date) -> Shown:
    """The certificates of these people."""
    if not certificates.any_kept(session):
        return Shown({}, {}, today)
    results = certifications.results_by_person(session, person_ids)
    by_hand = certificates.latest_by_hand(session, person_ids)
    held = {
        who: certificate(results.get(who, ()), by_hand.get(who), today=today) for who in person_ids
    }
    setters = {said.by for said in by_hand.values()}
    return Shown(held, people.names(session, setters), today)


def board(session: NetworkSession, *, by: Person, at: datetime) -> Board:
    """Everybody for a facilitator; else the observers of the schools at which somebody plans."""
    found = of_reach(session, by)
    return Board(found, shown(session, [each.id for each in found], today=at.date()))


def of_reach(session: NetworkSession, by: Person) -> list[Named]:
    """The observers for whom somebody plans, oneself among them, by name."""
    everywhere = by.has(RoleKind.FACILITATOR)
    places = None if everywhere else [place.id for place in who_plans.schools(session, by)]
    found = staff.of_schools(session, OBSERVERS, places)
    if by.has(*OBSERVERS) and by.id not in {each.id for each in found}:
        found = sorted([*found, Named(by.id, by.name)], key=lambda each: each.name.casefold())
    return found


def thing(session: NetworkSession, person_id: UUID) -> Thing:
    """Somebody's certificate as permissions see it; Missing for a stranger."""
    people.row_of(session, person_id)
    return Thing(network_id=session.network_id, author_id=person_id)


def one(session: NetworkSession, person_id: UUID, *, today: date) -> tuple[str, Shown]:
    """Somebody's name and certificate."""
    return people.row_of(session, person_id).name, shown(session, [person_id], today=today)


def past_by_hand(
    session: NetworkSession, person_id: UUID
) -> tuple[Sequence[ByHand], Mapping[UUID, str]]:
    """All that was set by hand about somebody, the latest first, and the names of who did."""
    found = certificates.by_hand_of(session, person_id)
    return found, people.names(session, {said.by for said in found})


def set_by_hand(
    session: NetworkSession,
    person_id: UUID,
    hand: Hand,
    until: date | None,
    reason: str,
    *,
    by: Person,
    at: datetime,
) -> ByHand:
    """Set somebody's certificate by hand, or let go of what was set; what was judged stays beside it.

    The same sent twice is kept once.
    """
    said = line_in(reason)
    _check_reason(said)
    if hand is Hand.CERTIFIED:
        _check_day(until, at.date())
    day = until if hand is Hand.CERTIFIED else None
    new = ByHand(
        id=new_id(at), person_id=person_id, hand=hand, until=day, reason=said, by=by.id, at=at
    )
    records.lock_person(session, person_id)
    latest = next(iter(certificates.by_hand_of(session, person_id)), None)
    if latest is not None and replace(new, id=latest.id, at=latest.at) == latest:
        return latest
    if hand is Hand.AS_JUDGED and (latest is None or latest.hand is Hand.AS_JUDGED):
        raise Conflict("Nothing is set by hand now.")
    _keep(session, new)
    return new


def _keep(session: NetworkSession, new: ByHand) -> None:
    certificates.keep_by_hand(session, new)
    until = new.until.isoformat() if new.until else ""
    told = {"hand": new.hand.value, "until": until, "reason": new.reason}
    did = "certificate set by hand"
    history.wrote(session, did, "certificate", new.person_id, by=new.by, at=new.at, **told)


def _check_reason(said: str) -> None:
    if not 0 < len(said) <= LONGEST_REASON:
        told = f"Give the reason in a line of at most {LONGEST_REASON} letters."
        raise Invalid(told, field="reason")


def _check_day(until: date | None, today: date) -> None:
    if until is None:
        raise Invalid("Say until which day the certificate lasts.", field="until")
    if until < today:
        raise Invalid("This day is past. Give a day to come.", field="until")
    if until.year - today.year > LONGEST_YEARS:
        raise Invalid(f"A certificate lasts {LONGEST_YEARS} years at most.", field="until")
