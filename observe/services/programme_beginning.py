"""Programmes as they are offered and begun."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Missing
from observe.core.ids import new_id
from observe.core.permissions import Person, RoleKind
from observe.core.programme import Leads, Programme
from observe.core.programme_json import programme_digest
from observe.resources import HERE
from observe.services.programme_members import add_member
from observe.services.programme_settings import named, refuse_far
from observe.services.programme_under_way import wrote
from observe.storage import programmes
from observe.storage.database import NetworkSession
from observe.storage.tables import programme as tables


@cache
def shipped() -> tuple[Programme, ...]:
    """The programmes that come with Observe, by file name; read once in the life of a process."""
    from observe.core.programme_file import read_programme

    paths = sorted((HERE / "programmes").glob("*.yaml"))
    return tuple(read_programme(path.read_bytes(), path.name) for path in paths)


def offered(session: NetworkSession, *, by: Person) -> tuple[Programme, ...]:
    """What somebody may take up: shipped ones, and those that this network took up before, by title."""
    found = {programme_digest(each): each for each in (*shipped(), *programmes.versions(session))}
    mine = [each for each in found.values() if _leads(each, by)]
    return tuple(sorted(mine, key=lambda each: (each.title, -each.version)))


def _leads(programme: Programme, by: Person) -> bool:
    kind = RoleKind.HEAD if programme.led_by is Leads.HEAD else RoleKind.FACILITATOR
    return by.has(kind)


def following(session: NetworkSession, programme: Programme, *, by: Person) -> Programme | None:
    """The newest version of what may follow a programme, for whoever may take that up; None for others."""
    found = [each for each in offered(session, by=by) if each.programme == programme.then]
    return max(found, key=lambda each: each.version, default=None)


def offered_one(session: NetworkSession, digest: str, *, by: Person) -> Programme:
    """The programme of this address among those that somebody may take up; Missing for another."""
    for each in offered(session, by=by):
        if programme_digest(each) == digest:
            return each
    raise Missing("There is no such programme for you to begin.")


def take_into_use(
    session: NetworkSession,
    programme: Programme,
    *,
    starts_on: date,
    name: str = "",
    school_id: UUID | None = None,
    members: Iterable[UUID] = (),
    by: Person,
    at: datetime,
) -> UUID:
    """Begin a programme that one leads from then on; its id.

    A head names one of their schools, which may be left out by who has one. Invalid for a day more
    than a year away, Conflict for a version that was taken up with other words.
    """
    school_id = _place(programme, school_id, by)
    refuse_far(starts_on, at)
    digest = kept(session, programme, by=by, at=at)
    programme_id, name = new_id(at), named(name or programme.title)
    told = {"id": programme_id, "digest": digest, "name": name, "starts_on": starts_on}
    led = {"led_by": by.id, "school_id": school_id, "begun_by": by.id, "begun_at": at}
    session.add(tables.Programme(**told, **led))
    session.flush()
    session.add_all(_stages(programme_id, programme, starts_on))
    wrote(session, "begun", programme_id, by=by, at=at, name=name, starts_on=str(starts_on))
    for person_id in members:
        add_member(session, programme_id, person_id, by=by, at=at)
    return programme_id


def _place(programme: Programme, school_id: UUID | None, by: Person) -> UUID | None:
    """The school of a head who leads it; none where a facilitator does."""
    if not _leads(programme, by):
        who = "a head" if programme.led_by is Leads.HEAD else "a facilitator"
        raise Invalid(f"{programme.title} is led by {who}.")
    if programme.led_by is Leads.FACILITATOR:
        return None
    mine = by.schools(RoleKind.HEAD)
    if school_id is None and len(mine) == 1:
        return next(iter(mine))
    if school_id not in mine:
        raise Invalid("Choose one of the schools that you lead.", field="school")
    return school_id


def kept(session: NetworkSession, programme: Programme, *, by: Person, at: datetime) -> str:
    """Keep a version as it is; its digest. Conflict where it was taken up with other words."""
    known = programmes.version_of(session, programme)
    if known is None:
        return programmes.keep_version(session, programme, by=by.id, at=at)
    if known.digest != programme_digest(programme):
        raise Conflict(
            f"Version {programme.version} of {programme.title} was taken up with other words. "
            "Give the file the next version number."
        )
    return known.digest


def _stages(
    programme_id: UUID, programme: Programme, starts_on: date
) -> list[tables.ProgrammeStage]:
    return [
        tables.ProgrammeStage(
            programme_id=programme_id,
            stage=stage.stage,
            opens_on=stage.opens_on(starts_on),
            due_on=stage.due_on(starts_on),
        )
        for stage in programme.stages
    ]
