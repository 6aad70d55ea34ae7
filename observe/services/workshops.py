"""Workshops of a programme: planned, changed, cancelled, guests asked, and who was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observe.core import workshop as core
from observe.core.errors import Conflict, Invalid, Missing, Stale
from observe.core.ids import new_id
from observe.core.permissions import OBSERVERS, Person, RoleKind, Thing, may
from observe.core.programme import EvidenceKind, Stage
from observe.core.programme_group import UnderWay
from observe.core.typed import line_in
from observe.core.workshop import Asked, Workshop, WorkshopWish
from observe.services import programme_under_way
from observe.storage import history, people, programmes, staff, workshops
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.tables import workshops as tables

GUESTS = (*OBSERVERS, RoleKind.FACILITATOR)
LONGEST_REASON = 500
CHANGED_MEANWHILE = "Somebody changed this workshop after you opened it. Look at it again first."
NOT_ONESELF = "Somebody else who keeps this programme says whether you were there."
CANCELLED = "This workshop was cancelled. Say first that it takes place after all."


@dataclass(frozen=True, slots=True)
class Listed:
    """One workshop of a list: whether somebody is expected there, and was there (None: not said)."""

    workshop: Workshop
    expected: bool
    came: bool | None


@dataclass(frozen=True, slots=True)
class Workshops:
    """The workshops that somebody may see: those to come, the soonest first, and those that are over.

    `keeps` are the programmes under way for which they plan workshops.
    """

    coming: tuple[Listed, ...]
    over: tuple[Listed, ...]
    keeps: tuple[UnderWay, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A workshop for one reader; `asked` is empty for whoever does not keep it.

    `stage` is the title of the stage for which it counts, empty where it counts for none.
    """

    workshop: Workshop
    stage: str
    listed: Listed
    keeps: bool
    asked: tuple[Asked, ...]


def thing(session: NetworkSession, workshop_id: UUID, **_of_guest: UUID) -> Thing:
    """The workshop as permissions see it: its author leads the programme, its guests take part."""
    found = workshops.find(session, workshop_id)
    of = programme_under_way.thing(session, found.programme_id)
    expected = frozenset(each.person_id for each in workshops.asked(session, found))
    return replace(of, taking_part=of.taking_part | expected)


def stages(session: NetworkSession, programme_id: UUID) -> Mapping[str, str]:
    """The stages for which a workshop of a programme can count, with their titles."""
    all_ = programmes.find(session, programme_id).programme.stages
    return {stage.stage: stage.title for stage in all_ if _is_attended(stage)}


def zone(session: NetworkSession) -> str:
    """The zone in which workshops tell the time: that of the network."""
    return programmes.zone(session).key


def listed(session: NetworkSession, *, by: Person, at: datetime) -> Workshops:
    """The workshops of somebody; of all programmes for a facilitator."""
    everywhere = by.has(RoleKind.FACILITATOR)
    found = workshops.everywhere(session) if everywhere else workshops.concerning(session, by.id)
    led = programmes.every(session) if everywhere else programmes.led_by(session, by.id)
    expected, came = workshops.expected(session, by.id), workshops.came_to(session, by.id)
    told = [Listed(each, expected.at(each), came.get(each.id)) for each in found]
    over = [each for each in told if each.workshop.ends_at <= at]
    coming = [each for each in told if each.workshop.ends_at > at]
    keeps = tuple(each for each in led if not each.ended)
    return Workshops(tuple(coming), tuple(reversed(over)), keeps)


def coming(
    session: NetworkSession, person_id: UUID, *, at: datetime
) -> Mapping[tuple[UUID, str], Workshop]:
    """The next workshop for each stage at which somebody is expected, by programme and stage."""
    expected = workshops.expected(session, person_id)
    found: dict[tuple[UUID, str], Workshop] = {}
    for each in workshops.concerning(session, person_id):
        if each.ends_at > at and not each.cancelled_at and expected.at(each):
            found.setdefault((each.programme_id, each.stage), each)
    return found


def show(session: NetworkSession, workshop_id: UUID, *, by: Person) -> Shown:
    """One workshop as somebody sees it."""
    found = workshops.find(session, workshop_id)
    keeps = may(by, "keep programme", thing(session, workshop_id))
    asked = tuple(workshops.asked(session, found)) if keeps else ()
    expected = workshops.expected(session, by.id).at(found)
    mine = Listed(found, expected, workshops.came_to(session, by.id).get(workshop_id))
    stage = stages(session, found.programme_id).get(found.stage, "")
    return Shown(found, stage, mine, keeps, asked)


def could_be_guests(session: NetworkSession, shown: Shown) -> Sequence[Named]:
    """Who could be asked to a workshop besides those who are, by name: observers and facilitators."""
    asked = {each.person_id for each in shown.asked}
    return [each for each in staff.of_schools(session, GUESTS, None) if each.id not in asked]


def plan(
    session: NetworkSession, programme_id: UUID, wish: WorkshopWish, *, by: Person, at: datetime
) -> UUID:
    """Plan a workshop for the members of a programme who join its stage; its id."""
    _check(session, programme_id, wish)
    workshop_id = new_id(at)
    row = tables.Workshop(id=workshop_id, programme_id=programme_id, revision=1)
    row.planned_by, row.planned_at = by.id, at
    _take(row, wish)
    session.add(row)
    _wrote(session, "workshop planned", workshop_id, by=by, at=at)
    session.flush()
    return workshop_id


def change(
    session: NetworkSession,
    workshop_id: UUID,
    wish: WorkshopWish,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Change a workshop; Stale if it was changed after `revision`."""
    row = workshops.row(session, workshop_id)
    if row.revision != revision:
        raise Stale(CHANGED_MEANWHILE)
    _check(session, row.programme_id, wish)
    _take(row, wish)
    row.revision += 1
    _wrote(session, "workshop changed", workshop_id, by=by, at=at)


def cancel(
    session: NetworkSession, workshop_id: UUID, reason: str, *, by: Person, at: datetime
) -> None:
    """Cancel a workshop; it stays listed and counts for nobody. Doing it twice changes nothing."""
    row = workshops.row(session, workshop_id)
    if row.cancelled_at:
        return
    said = line_in(reason)[:LONGEST_REASON]
    if not said:
        raise Invalid("Say why it is cancelled; whoever was to come reads it.", field="reason")
    row.cancelled_at, row.cancel_reason, row.revision = at, said, row.revision + 1
    _wrote(session, "workshop cancelled", workshop_id, by=by, at=at, reason=said)


def hold(session: NetworkSession, workshop_id: UUID, *, by: Person, at: datetime) -> None:
    """Let a cancelled workshop take place after all."""
    row = workshops.row(session, workshop_id)
    if row.cancelled_at:
        row.cancelled_at, row.cancel_reason, row.revision = None, None, row.revision + 1
        _wrote(session, "workshop held after all", workshop_id, by=by, at=at)


def say_who_came(
    session: NetworkSession,
    workshop_id: UUID,
    came: Mapping[UUID, bool | None],
    *,
    by: Person,
    at: datetime,
) -> int:
    """Keep who was at a workshop, by person; None takes back what was said. How many are new.

    Raises:
        Conflict: It has not begun, or was cancelled; or somebody says of themselves that they came.
    """
    found = workshops.find(session, workshop_id)
    if not found.has_begun(at):
        raise Conflict(CANCELLED if found.cancelled_at else "It has not begun yet.")
    listed = {each.person_id: each.came for each in workshops.asked(session, found)}
    changed = {p: c for p, c in came.items() if p in listed and c != listed[p]}
    if by.id in changed:
        raise Conflict(NOT_ONESELF)
    for person_id, there in changed.items():
        seat = _seat(session, workshop_id, person_id)
        seat.came, seat.said_by, seat.said_at = there, by.id, at
        told = {"person": str(person_id), "came": there}
        _wrote(session, "attendance said", workshop_id, by=by, at=at, **told)
    return len(changed)


def ask_guest(
    session: NetworkSession, workshop_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Ask somebody to a workshop who would not be expected there."""
    found = workshops.find(session, workshop_id)
    if people.find(session, person_id) is None:
        raise Missing("Choose a name from the list.")
    if person_id in {each.person_id for each in workshops.asked(session, found)}:
        return
    _seat(session, workshop_id, person_id).guest = True
    _wrote(session, "guest asked", workshop_id, by=by, at=at, person=str(person_id))
    session.flush()


def drop_guest(
    session: NetworkSession, workshop_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Ask a guest no longer; Conflict once it was said that they came."""
    seat = session.get(tables.Attendance, (session.network_id, workshop_id, person_id))
    if seat is None or not seat.guest:
        return
    if seat.came:
        raise Conflict("It was said that this guest came. Take that back first.")
    session.delete(seat)
    _wrote(session, "guest asked no longer", workshop_id, by=by, at=at, person=str(person_id))


def calendar(session: NetworkSession, person_id: UUID) -> Sequence[Workshop]:
    """The workshops that stand in somebody's calendar, cancelled ones too."""
    return workshops.concerning(session, person_id)


def _is_attended(stage: Stage) -> bool:
    return stage.counts.evidence is EvidenceKind.ATTENDANCE


def _check(session: NetworkSession, programme_id: UUID, wish: WorkshopWish) -> None:
    fault = next(core.faults(wish, stages(session, programme_id)), None)
    if fault:
        raise Invalid(fault[1], field=fault[0])


def _take(row: tables.Workshop, wish: WorkshopWish) -> None:
    row.title, row.stage, row.about, row.place = wish.title, wish.stage, wish.about, wish.place
    row.starts_at, row.ends_at = wish.starts_at, wish.ends_at


def _seat(session: NetworkSession, workshop_id: UUID, person_id: UUID) -> tables.Attendance:
    """What is kept of somebody at a workshop, made where there is nothing yet."""
    found = session.get(tables.Attendance, (session.network_id, workshop_id, person_id))
    if found is None:
        found = tables.Attendance(workshop_id=workshop_id, person_id=person_id, guest=False)
        session.add(found)
    return found


def _wrote(
    session: NetworkSession,
    did: str,
    workshop_id: UUID,
    *,
    by: Person,
    at: datetime,
    **told: object,
) -> None:
    history.wrote(session, did, "workshop", workshop_id, by=by.id, at=at, **told)
