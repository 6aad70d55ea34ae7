"""Sources of files of people, what their numbers mean here, and all that a file is compared with."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, func, select

from observe.core.errors import Missing
from observe.core.feedback.targets import ENDED
from observe.core.oneroster_reading import Known
from observe.core.permissions import Role, RoleKind
from observe.core.roster import Kind
from observe.core.roster_deeds import Here, Place, Somebody
from observe.storage.database import NetworkSession
from observe.storage.tables import people as tables
from observe.storage.tables.feedback import Target
from observe.storage.tables.people_files import PeopleKey, PeopleSource, PeopleUpload

KINDS = {kind.value: kind for kind in Kind}
ROLES = {kind.value: kind for kind in RoleKind}


@dataclass(frozen=True, slots=True)
class Key:
    """What a number of a source means."""

    kind: Kind
    key: str
    school_id: UUID | None
    team_id: UUID | None
    class_id: UUID | None
    person_id: UUID | None
    role: str | None
    gone_at: datetime | None


Keys = Sequence[Key]
COLUMNS = (
    *(PeopleKey.kind, PeopleKey.key, PeopleKey.school_id, PeopleKey.team_id, PeopleKey.class_id),
    *(PeopleKey.person_id, PeopleKey.role, PeopleKey.gone_at),
)


def sources(session: NetworkSession) -> Sequence[PeopleSource]:
    """Where files came from, the last used first."""
    return session.scalars(select(PeopleSource).order_by(PeopleSource.last_at.desc())).all()


def source(session: NetworkSession, name: str) -> PeopleSource | None:
    """The source of that name."""
    return session.scalar(select(PeopleSource).where(PeopleSource.name == name))


def upload(session: NetworkSession, upload_id: UUID) -> PeopleUpload:
    """A file that waits; Missing where it was applied, put away or is older than a day."""
    found = session.get(PeopleUpload, (session.network_id, upload_id))
    if found is None:
        raise Missing("This file waits no more. Choose it again.")
    return found


def uploads(session: NetworkSession) -> Sequence[tuple[UUID, str, str, str, datetime]]:
    """(id, file, source, who brought it, when) of the files that wait, the latest first."""
    columns = (PeopleUpload.id, PeopleUpload.file, PeopleUpload.source)
    query = (
        select(*columns, tables.Person.name, PeopleUpload.at)
        .join(tables.Person, tables.Person.id == PeopleUpload.by)
        .order_by(PeopleUpload.at.desc())
    )
    return [(id, file, name, who, at) for id, file, name, who, at in session.execute(query)]


def waits_since(session: NetworkSession, before: datetime) -> bool:
    """Whether a file was brought before a moment and waits still."""
    query = select(PeopleUpload.id).where(PeopleUpload.at < before).limit(1)
    return session.scalar(query) is not None


def forget_uploads(session: NetworkSession, *, before: datetime | None = None) -> int:
    """Erase the files that wait, all or those brought before a moment; how many."""
    query = delete(PeopleUpload).where(PeopleUpload.at < before) if before else delete(PeopleUpload)
    return cast(CursorResult[Any], session.execute(query)).rowcount


def known(session: NetworkSession, source_id: UUID | None) -> Known:
    """The numbers that came with earlier files of a source."""
    by_kind: dict[Kind, list[Key]] = defaultdict(list)
    for row in _keys(session, source_id):
        by_kind[row.kind].append(row)
    schools = {row.school_id: row.key for row in by_kind[Kind.SCHOOL]}
    return Known(
        schools=frozenset(schools.values()),
        teams=_school_keys(session, by_kind[Kind.TEAM], schools),
        people=frozenset(row.key for row in by_kind[Kind.PERSON]),
        posts=frozenset(row.key for row in by_kind[Kind.POST]),
    )


def _keys(session: NetworkSession, source_id: UUID | None) -> Keys:
    if source_id is None:
        return ()
    rows = session.execute(select(*COLUMNS).where(PeopleKey.source_id == source_id))
    return [
        Key(KINDS[kind], key, school_id, team_id, class_id, person_id, role, gone_at)
        for kind, key, school_id, team_id, class_id, person_id, role, gone_at in rows
    ]


def _school_keys(
    session: NetworkSession, teams: Keys, schools: Mapping[UUID | None, str]
) -> dict[str, str]:
    """The number of its school for that of each team."""
    ids = {row.team_id for row in teams}
    query = select(tables.Team.id, tables.Team.school_id).where(tables.Team.id.in_(ids))
    school_of = {row.id: row.school_id for row in session.execute(query)} if ids else {}
    found = {row.key: schools.get(school_of.get(row.team_id)) for row in teams}
    return {key: school for key, school in found.items() if school}


def here(session: NetworkSession, source_id: UUID | None) -> Here:
    """All that a file of a source is compared with."""
    keys = _keys(session, source_id)
    return Here(
        places={
            Kind.SCHOOL: _schools(session),
            Kind.TEAM: _teams(session),
            Kind.CLASS: _classes(session),
        },
        people=_people(session),
        keys={(row.kind, row.key): id for row in keys if (id := meant(row))},
        posts=_posts(keys),
        away=frozenset(row.key for row in keys if row.kind is Kind.PERSON and row.gone_at),
        others=_said_elsewhere(session, source_id),
    )


def meant(row: Key) -> UUID | None:
    """What a number means; None for that of a post."""
    if row.kind is Kind.POST:
        return None
    return row.person_id or row.class_id or row.team_id or row.school_id


def _posts(keys: Keys) -> dict[UUID, dict[str, Role]]:
    found: dict[UUID, dict[str, Role]] = defaultdict(dict)
    for row in keys:
        if row.kind is Kind.POST and row.person_id:
            found[row.person_id][row.key] = _role(row.role, row.school_id, row.team_id)
    return dict(found)


def _role(kind: str | None, school_id: UUID | None, team_id: UUID | None) -> Role:
    return Role(ROLES[kind or ""], school_id, team_id)


def _said_elsewhere(session: NetworkSession, source_id: UUID | None) -> dict[UUID, frozenset[Role]]:
    """The roles that other sources say, by person."""
    columns = (PeopleKey.person_id, PeopleKey.role, PeopleKey.school_id, PeopleKey.team_id)
    query = select(*columns).where(PeopleKey.kind == Kind.POST.value)
    if source_id is not None:
        query = query.where(PeopleKey.source_id != source_id)
    found: dict[UUID, set[Role]] = defaultdict(set)
    for person_id, kind, school_id, team_id in session.execute(query):
        if person_id:
            found[person_id].add(_role(kind, school_id, team_id))
    return {id: frozenset(roles) for id, roles in found.items()}


def _schools(session: NetworkSession) -> dict[UUID, Place]:
    query = select(tables.School.id, tables.School.name)
    return {id: Place(id, name) for id, name in session.execute(query)}


def _teams(session: NetworkSession) -> dict[UUID, Place]:
    query = select(tables.Team.id, tables.Team.name, tables.Team.school_id)
    return {id: Place(id, name, school_id) for id, name, school_id in session.execute(query)}


def _classes(session: NetworkSession) -> dict[UUID, Place]:
    pupils: dict[UUID, set[str]] = defaultdict(set)
    for class_id, name in session.execute(select(tables.Pupil.class_id, tables.Pupil.name)):
        pupils[class_id].add(name)
    query = select(tables.SchoolClass.id, tables.SchoolClass.name, tables.SchoolClass.school_id)
    return {
        id: Place(id, name, school_id, frozenset(pupils[id]))
        for id, name, school_id in session.execute(query)
    }


def _people(session: NetworkSession) -> dict[UUID, Somebody]:
    person = tables.Person
    roles: dict[UUID, set[Role]] = defaultdict(set)
    columns = (tables.Role.kind, tables.Role.school_id, tables.Role.team_id)
    for id, kind, school_id, team_id in session.execute(select(tables.Role.person_id, *columns)):
        roles[id].add(Role(ROLES[kind], school_id, team_id))
    targets = _open_targets(session)
    query = select(person.id, person.name, person.email, person.left_at).order_by(person.id)
    return {
        id: Somebody(id, name, email or "", bool(left), frozenset(roles[id]), targets[id])
        for id, name, email, left in session.execute(query)
    }


def _open_targets(session: NetworkSession) -> Counter[UUID]:
    """How many open targets each teacher has."""
    query = (
        select(Target.teacher_id, func.count())
        .where(Target.state.not_in(ENDED))
        .group_by(Target.teacher_id)
    )
    return Counter({row[0]: row[1] for row in session.execute(query)})


def role_ids(session: NetworkSession, people: Iterable[UUID]) -> dict[tuple[UUID, Role], UUID]:
    """The id of each role that these people hold."""
    row = tables.Role
    wanted = set(people)
    query = select(row.id, row.person_id, row.kind, row.school_id, row.team_id)
    return {
        (person_id, Role(ROLES[kind], school_id, team_id)): id
        for id, person_id, kind, school_id, team_id in session.execute(query)
        if person_id in wanted
    }
