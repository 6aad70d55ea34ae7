"""Programmes as they were taken up, and those under way with their dates and members."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from observe.core.errors import Missing
from observe.core.permissions import RoleKind
from observe.core.programme import Programme
from observe.core.programme_group import Member, UnderWay
from observe.core.programme_json import as_json, from_json, programme_digest
from observe.core.programme_standing import Dated, Signed
from observe.storage.database import NetworkSession
from observe.storage.tables import people
from observe.storage.tables import programme as tables

NO_PROGRAMME = "There is no such programme."
WORKS_AT = (RoleKind.HEAD, RoleKind.LEADER, RoleKind.TEACHER)


def version_of(session: NetworkSession, programme: Programme) -> tables.ProgrammeVersion | None:
    """The kept row of a programme's version and language, whatever words it has."""
    table = tables.ProgrammeVersion
    query = select(table).where(
        table.programme == programme.programme,
        table.version == programme.version,
        table.language == programme.language,
    )
    return session.scalar(query)


def keep_version(
    session: NetworkSession, programme: Programme, *, by: UUID | None, at: datetime
) -> str:
    """Keep a version that is new to the network; its digest."""
    row = tables.ProgrammeVersion(
        digest=programme_digest(programme),
        programme=programme.programme,
        version=programme.version,
        language=programme.language,
        title=programme.title,
        body=as_json(programme),
        kept_by=by,
        kept_at=at,
    )
    session.add(row)
    session.flush()
    return row.digest


def versions(session: NetworkSession) -> list[Programme]:
    """Every version that was ever taken up, by title, the newest version first."""
    table = tables.ProgrammeVersion
    query = select(table).order_by(table.title, table.version.desc(), table.language)
    return [from_json(row.body) for row in session.scalars(query)]


def zone(session: NetworkSession) -> ZoneInfo:
    """The zone in which a network tells the day."""
    return ZoneInfo(session.get_one(people.Network, session.network_id).zone)


def row(session: NetworkSession, programme_id: UUID) -> tables.Programme:
    """The row of a programme under way, to be changed; Missing where there is none."""
    found = session.get(tables.Programme, (session.network_id, programme_id))
    if found is None:
        raise Missing(NO_PROGRAMME)
    return found


def stage_row(session: NetworkSession, programme_id: UUID, stage: str) -> tables.ProgrammeStage:
    """The row with the days of one stage; Missing where the programme has no such stage."""
    found = session.get(tables.ProgrammeStage, (session.network_id, programme_id, stage))
    if found is None:
        raise Missing("This programme has no such stage.")
    return found


def member_row(
    session: NetworkSession, programme_id: UUID, person_id: UUID
) -> tables.ProgrammeMember | None:
    """The row of somebody in a programme, also of one who was taken out; None for a stranger."""
    key = (session.network_id, programme_id, person_id)
    return session.get(tables.ProgrammeMember, key)


def sign_off_row(
    session: NetworkSession, programme_id: UUID, stage: str, person_id: UUID
) -> tables.StageSignOff | None:
    """The sign-off of one stage of one person, or None."""
    key = (session.network_id, programme_id, stage, person_id)
    return session.get(tables.StageSignOff, key)


def find(session: NetworkSession, programme_id: UUID) -> UnderWay:
    """One programme under way, or one that ended; Missing where there is none."""
    found = by_ids(session, [programme_id])
    if not found:
        raise Missing(NO_PROGRAMME)
    return found[0]


def by_ids(session: NetworkSession, ids: Collection[UUID]) -> list[UnderWay]:
    """These programmes, the latest start first."""
    return _under_way(session, _programmes().where(tables.Programme.id.in_(ids))) if ids else []


def every(session: NetworkSession) -> list[UnderWay]:
    """All programmes of the network, the latest start first; ended ones too."""
    return _under_way(session, _programmes())


def led_by(session: NetworkSession, person_id: UUID) -> list[UnderWay]:
    """The programmes that somebody leads, the latest start first; ended ones too."""
    return _under_way(session, _programmes().where(tables.Programme.led_by == person_id))


def _programmes() -> Select[Any]:
    table = tables.Programme
    return (
        select(table, tables.ProgrammeVersion.body, people.Person.name, people.School.name)
        .join(tables.ProgrammeVersion, tables.ProgrammeVersion.digest == table.digest)
        .join(people.Person, people.Person.id == table.led_by)
        .outerjoin(people.School, people.School.id == table.school_id)
        .order_by(table.starts_on.desc(), table.id)
    )


def _under_way(session: NetworkSession, query: Select[Any]) -> list[UnderWay]:
    found = session.execute(query).all()
    days = _days(session, [row.id for row, *_rest in found])
    return [_told(row, body, leader, school, days[row.id]) for row, body, leader, school in found]


Days = Mapping[str, tables.ProgrammeStage]


def _days(session: NetworkSession, ids: Collection[UUID]) -> Mapping[UUID, Days]:
    table, found = tables.ProgrammeStage, defaultdict[UUID, dict[str, tables.ProgrammeStage]](dict)
    for stage in session.scalars(select(table).where(table.programme_id.in_(ids))):
        found[stage.programme_id][stage.stage] = stage
    return found


def _told(
    row: tables.Programme, body: dict[str, Any], leader: str, school: str | None, days: Days
) -> UnderWay:
    programme = from_json(body)
    return UnderWay(
        id=row.id,
        name=row.name,
        digest=row.digest,
        programme=programme,
        starts_on=row.starts_on,
        led_by=row.led_by,
        leader=leader,
        school_id=row.school_id,
        school=school or "",
        dates=tuple(
            Dated(stage, days[stage.stage].opens_on, days[stage.stage].due_on)
            for stage in programme.stages
        ),
        ended=row.ended_at is not None,
    )


def members(
    session: NetworkSession,
    *,
    programme_id: UUID | None = None,
    person_ids: Collection[UUID] | None = None,
) -> list[Member]:
    """Who is in a programme now, or in which ones these people are, by name; leavers are in none."""
    table = tables.ProgrammeMember
    query = (
        select(table, people.Person.name)
        .join(people.Person, people.Person.id == table.person_id)
        .where(table.left_at.is_(None), people.Person.left_at.is_(None))
        .order_by(people.Person.name, table.programme_id)
    )
    if programme_id is not None:
        query = query.where(table.programme_id == programme_id)
    if person_ids is not None:
        query = query.where(table.person_id.in_(person_ids))
    found = session.execute(query).all()
    now = schools_of(session, {row.person_id for row, _name in found})
    return [_member(row, name, now.get(row.person_id, frozenset())) for row, name in found]


def _member(row: tables.ProgrammeMember, name: str, now: frozenset[UUID]) -> Member:
    return Member(
        programme_id=row.programme_id,
        person_id=row.person_id,
        name=name,
        stages=None if row.stages is None else frozenset(row.stages),
        schools=now | {UUID(each) for each in row.schools},
    )


def schools_of(
    session: NetworkSession, person_ids: Iterable[UUID]
) -> Mapping[UUID, frozenset[UUID]]:
    """The schools at which people are head, leader or teacher now, by person."""
    role, found = people.Role, defaultdict[UUID, set[UUID]](set)
    query = select(role.person_id, role.school_id).where(
        role.person_id.in_(set(person_ids)), role.kind.in_(WORKS_AT), role.school_id.is_not(None)
    )
    for person_id, school_id in session.execute(query):
        if school_id is not None:
            found[person_id].add(school_id)
    return {person_id: frozenset(schools) for person_id, schools in found.items()}


Signs = Mapping[tuple[UUID, UUID], Mapping[str, Signed]]


def signed(session: NetworkSession, programme_ids: Sequence[UUID]) -> Signs:
    """What was signed off, by (programme, person) and stage; days as the network tells them."""
    table, here = tables.StageSignOff, zone(session)
    found = defaultdict[tuple[UUID, UUID], dict[str, Signed]](dict)
    for each in session.scalars(select(table).where(table.programme_id.in_(programme_ids))):
        found[each.programme_id, each.person_id][each.stage] = _signed(each, here)
    return found


def _signed(row: tables.StageSignOff, here: ZoneInfo) -> Signed:
    return Signed(row.by, row.at.astimezone(here).date())
