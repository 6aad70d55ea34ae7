"""Workshops of programmes, who is expected at each, and who was there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select

from observe.core.errors import Missing
from observe.core.workshop import Asked, Workshop
from observe.storage import people
from observe.storage.database import NetworkSession
from observe.storage.tables import workshops as tables
from observe.storage.tables.people import Network, Person
from observe.storage.tables.programme import Programme, ProgrammeMember

NO_WORKSHOP = "There is no such workshop."


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody's presence at a workshop that counts for a stage, with the day on which it began."""

    person_id: UUID
    workshop_id: UUID
    stage: str
    day: date


@dataclass(frozen=True, slots=True)
class Expected:
    """Where somebody is expected: by programme the stages that they join (None: all), and as a guest."""

    stages: Mapping[UUID, frozenset[str] | None]
    guest_at: frozenset[UUID]

    def at(self, workshop: Workshop) -> bool:
        """Whether they are expected at a workshop; one that counts for no stage is for all members."""
        if workshop.id in self.guest_at:
            return True
        if workshop.programme_id not in self.stages:
            return False
        joined = self.stages[workshop.programme_id]
        return not workshop.stage or joined is None or workshop.stage in joined


def row(session: NetworkSession, workshop_id: UUID) -> tables.Workshop:
    """The row of a workshop, to be changed; Missing where there is none."""
    found = session.get(tables.Workshop, (session.network_id, workshop_id))
    if found is None:
        raise Missing(NO_WORKSHOP)
    return found


def find(session: NetworkSession, workshop_id: UUID) -> Workshop:
    """One workshop; Missing where there is none."""
    found = _told(session, _workshops().where(tables.Workshop.id == workshop_id))
    if not found:
        raise Missing(NO_WORKSHOP)
    return found[0]


def everywhere(session: NetworkSession) -> Sequence[Workshop]:
    """Every workshop of the network, the earliest first; cancelled ones too."""
    return _told(session, _workshops())


def of_programme(session: NetworkSession, programme_id: UUID) -> Sequence[Workshop]:
    """The workshops of one programme, the earliest first; cancelled ones too."""
    return _told(session, _workshops().where(tables.Workshop.programme_id == programme_id))


def concerning(session: NetworkSession, person_id: UUID) -> Sequence[Workshop]:
    """The workshops at which somebody is expected or of a programme that they lead, the earliest first."""
    mine = expected(session, person_id)
    near = or_(
        tables.Workshop.programme_id.in_(mine.stages),
        tables.Workshop.id.in_(mine.guest_at),
        Programme.led_by == person_id,
    )
    query = _workshops().add_columns(Programme.led_by).where(near)
    told = ((_workshop(*row), led_by) for *row, led_by in session.execute(query))
    return [workshop for workshop, led_by in told if led_by == person_id or mine.at(workshop)]


def expected(session: NetworkSession, person_id: UUID) -> Expected:
    """The workshops at which somebody is expected: of stages that they join, and as a guest."""
    member, seat = ProgrammeMember, tables.Attendance
    stages = select(member.programme_id, member.stages).where(
        member.person_id == person_id, member.left_at.is_(None)
    )
    guest = select(seat.workshop_id).where(seat.person_id == person_id, seat.guest.is_(True))
    return Expected(
        {each.programme_id: _joined(each.stages) for each in session.execute(stages)},
        frozenset(session.scalars(guest)),
    )


def came_to(session: NetworkSession, person_id: UUID) -> Mapping[UUID, bool | None]:
    """What was said of somebody, by workshop: whether they came; None where nobody said yet."""
    seat = tables.Attendance
    query = select(seat.workshop_id, seat.came).where(seat.person_id == person_id)
    return {each.workshop_id: each.came for each in session.execute(query)}


def asked(session: NetworkSession, workshop: Workshop) -> Sequence[Asked]:
    """Everybody who is expected at a workshop, by name: members who join its stage, and guests.

    Whoever left the programme stays listed where it was said that they came.
    """
    query = select(tables.Attendance).where(tables.Attendance.workshop_id == workshop.id)
    said = {seat.person_id: seat for seat in session.scalars(query)}
    there = {seat.person_id for seat in said.values() if seat.guest or seat.came}
    named = people.names(session, {*_members(session, workshop), *there})
    by_name = sorted(named.items(), key=lambda each: each[1])
    return [_asked(person_id, name, said.get(person_id)) for person_id, name in by_name]


def _members(session: NetworkSession, workshop: Workshop) -> Iterator[UUID]:
    member = ProgrammeMember
    query = (
        select(member.person_id, member.stages)
        .join(Person, Person.id == member.person_id)
        .where(member.programme_id == workshop.programme_id)
        .where(member.left_at.is_(None), Person.left_at.is_(None))
    )
    for person_id, stages in session.execute(query):
        if Expected({workshop.programme_id: _joined(stages)}, frozenset()).at(workshop):
            yield person_id


def _joined(stages: Sequence[str] | None) -> frozenset[str] | None:
    return None if stages is None else frozenset(stages)


def _asked(person_id: UUID, name: str, said: tables.Attendance | None) -> Asked:
    return Asked(person_id, name, said.guest, said.came) if said else Asked(person_id, name)


def attended(session: NetworkSession, programme_id: UUID) -> Sequence[Attended]:
    """Who was at which workshop of a programme that counts for a stage, the earliest first."""
    query = (
        select(tables.Workshop, tables.Attendance.person_id, Network.zone)
        .join(tables.Attendance, tables.Attendance.workshop_id == tables.Workshop.id)
        .join(Network, Network.id == tables.Workshop.network_id)
        .where(
            tables.Workshop.programme_id == programme_id,
            tables.Workshop.stage != "",
            tables.Workshop.cancelled_at.is_(None),
            tables.Attendance.came.is_(True),
        )
        .order_by(tables.Workshop.starts_at)
    )
    return [_attended(*found) for found in session.execute(query)]


def _attended(workshop: tables.Workshop, person_id: UUID, zone: str) -> Attended:
    day = workshop.starts_at.astimezone(ZoneInfo(zone)).date()
    return Attended(person_id, workshop.id, workshop.stage, day)


def _workshops() -> Select[tables.Workshop, str, str]:
    return (
        select(tables.Workshop, Programme.name, Network.zone)
        .join(Programme, Programme.id == tables.Workshop.programme_id)
        .join(Network, Network.id == tables.Workshop.network_id)
        .order_by(tables.Workshop.starts_at, tables.Workshop.id)
    )


def _told(session: NetworkSession, query: Select[tables.Workshop, str, str]) -> list[Workshop]:
    return [_workshop(*found) for found in session.execute(query)]


def _workshop(row: tables.Workshop, programme: str, zone: str) -> Workshop:
    return Workshop(
        id=row.id,
        programme_id=row.programme_id,
        programme=programme,
        stage=row.stage,
        title=row.title,
        about=row.about,
        place=row.place,
        zone=zone,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        revision=row.revision,
        cancelled_at=row.cancelled_at,
        cancel_reason=row.cancel_reason or "",
    )
