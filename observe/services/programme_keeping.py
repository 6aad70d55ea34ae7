"""Programmes as they are taken up and kept: dates, members, and the stages that each joins."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Missing
from observe.core.ids import new_id
from observe.core.permissions import Person, RoleKind, Thing
from observe.core.programme import Leads, Programme, Taker
from observe.core.programme_group import Member, UnderWay
from observe.core.programme_json import programme_digest
from observe.resources import HERE
from observe.storage import history, people, programmes, staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.tables import programme as tables

LONGEST_NAME = 120
FURTHEST = timedelta(days=366)
TAKERS = {
    Taker.HEADS: (RoleKind.HEAD, RoleKind.LEADER),
    Taker.LEADERS: (RoleKind.LEADER,),
}
THING = "programme"


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
    _refuse_far(starts_on, at)
    digest = kept(session, programme, by=by, at=at)
    row = tables.Programme(
        id=new_id(at),
        digest=digest,
        name=_name(name or programme.title),
        starts_on=starts_on,
        led_by=by.id,
        school_id=school_id,
        begun_by=by.id,
        begun_at=at,
    )
    session.add(row)
    session.flush()
    session.add_all(_stages(row.id, programme, starts_on))
    _wrote(session, "begun", row.id, by=by, at=at, name=row.name, starts_on=str(starts_on))
    for person_id in members:
        add_member(session, row.id, person_id, by=by, at=at)
    return row.id


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


def _refuse_far(day: date, at: datetime) -> None:
    if abs(day - at.date()) > FURTHEST:
        raise Invalid("Choose a day less than a year from now.", field="starts_on")


def _name(name: str) -> str:
    words = " ".join(name.split())
    if not 0 < len(words) <= LONGEST_NAME:
        raise Invalid(f"Give it a name of at most {LONGEST_NAME} characters.", field="name")
    return words


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


def rename(
    session: NetworkSession, programme_id: UUID, name: str, *, by: Person, at: datetime
) -> None:
    """Another name for a programme under way."""
    row, name = programmes.row(session, programme_id), _name(name)
    if row.name != name:
        before, row.name = row.name, name
        _wrote(session, "renamed", programme_id, by=by, at=at, before=before, after=name)


def move(
    session: NetworkSession, programme_id: UUID, starts_on: date, *, by: Person, at: datetime
) -> None:
    """Another first day; every stage moves by as many days."""
    row = programmes.row(session, programme_id)
    by_days = starts_on - row.starts_on
    if not by_days:
        return
    _refuse_far(starts_on, at)
    for each in programmes.find(session, programme_id).dates:
        stage = programmes.stage_row(session, programme_id, each.stage.stage)
        stage.opens_on, stage.due_on = each.opens_on + by_days, each.due_on + by_days
    before, row.starts_on = row.starts_on, starts_on
    _wrote(session, "moved", programme_id, by=by, at=at, before=str(before), after=str(starts_on))


def change_dates(
    session: NetworkSession,
    programme_id: UUID,
    stage: str,
    *,
    opens_on: date,
    due_on: date,
    by: Person,
    at: datetime,
) -> None:
    """Other days for one stage: from the programme's first day on, the last after the first."""
    row = programmes.stage_row(session, programme_id, stage)
    if opens_on < programmes.row(session, programme_id).starts_on:
        raise Invalid("A stage cannot begin before its programme.", field="opens_on")
    if due_on < opens_on:
        raise Invalid("It is due before it begins. Give a later day.", field="due_on")
    before, after = (str(row.opens_on), str(row.due_on)), (str(opens_on), str(due_on))
    if before != after:
        row.opens_on, row.due_on = opens_on, due_on
        told = {"stage": stage, "before": before, "after": after}
        _wrote(session, "changed the days of a stage", programme_id, by=by, at=at, **told)


def end(session: NetworkSession, programme_id: UUID, *, by: Person, at: datetime) -> None:
    """Close a programme: nobody is asked for its stages any more; what was done stays readable."""
    row = programmes.row(session, programme_id)
    if row.ended_at is None:
        row.ended_at = at
        _wrote(session, "ended", programme_id, by=by, at=at)


def reopen(session: NetworkSession, programme_id: UUID, *, by: Person, at: datetime) -> None:
    """Let a programme that was ended go on."""
    row = programmes.row(session, programme_id)
    if row.ended_at is not None:
        row.ended_at = None
        _wrote(session, "opened again", programme_id, by=by, at=at)


def candidates(session: NetworkSession, programme_id: UUID) -> list[Named]:
    """Who can still be put into a programme, by name: those it is made for, never its leader."""
    under_way = programmes.find(session, programme_id)
    there = {each.person_id for each in programmes.members(session, programme_id=programme_id)}
    return [each for each in _takers(session, under_way) if each.id not in there]


def _takers(session: NetworkSession, under_way: UnderWay) -> list[Named]:
    schools = None if under_way.school_id is None else [under_way.school_id]
    found = staff.of_schools(session, TAKERS[under_way.programme.taken_by], schools)
    return [each for each in found if each.id != under_way.led_by]


def add_member(
    session: NetworkSession,
    programme_id: UUID,
    person_id: UUID,
    *,
    stages: Collection[str] | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Put somebody into a programme, for all of it or for some stages; twice does no harm."""
    under_way = programmes.find(session, programme_id)
    if person_id not in {each.id for each in _takers(session, under_way)}:
        raise Invalid(_not_for(under_way), field="person")
    row = programmes.member_row(session, programme_id, person_id)
    if row is not None and row.left_at is None:
        return
    schools = programmes.schools_of(session, [person_id]).get(person_id, frozenset())
    row = row or tables.ProgrammeMember(programme_id=programme_id, person_id=person_id)
    row.stages, row.schools = _joined(under_way, stages), sorted(str(each) for each in schools)
    row.added_by, row.added_at, row.left_at = by.id, at, None
    session.add(row)
    session.flush()
    told = {"person": str(person_id), "stages": row.stages}
    _wrote(session, "member added", programme_id, by=by, at=at, **told)


def _not_for(under_way: UnderWay) -> str:
    if under_way.programme.taken_by is Taker.LEADERS:
        return "Only team leaders of this school can take part."
    return "Only heads and team leaders can take part, and nobody in a group that they lead."


def _joined(under_way: UnderWay, stages: Collection[str] | None) -> list[str] | None:
    """The stages in the programme's order; None for all of them."""
    known = [each.stage for each in under_way.programme.stages]
    if stages is None or set(known) <= set(stages):
        return None
    chosen = [each for each in known if each in stages]
    if not chosen or len(chosen) < len(set(stages)):
        raise Invalid("Choose at least one stage of this programme.", field="stages")
    return chosen


def join_part(
    session: NetworkSession,
    programme_id: UUID,
    person_id: UUID,
    stages: Collection[str] | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Let a member join these stages only, or all with None; what they did before counts."""
    row = _member(session, programme_id, person_id)
    before, after = row.stages, _joined(programmes.find(session, programme_id), stages)
    if before != after:
        row.stages = after
        told = {"person": str(person_id), "before": before, "after": after}
        _wrote(session, "member joins other stages", programme_id, by=by, at=at, **told)


def remove_member(
    session: NetworkSession, programme_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Take somebody out of a programme; put in again, they stand where their evidence puts them."""
    row = programmes.member_row(session, programme_id, person_id)
    if row is not None and row.left_at is None:
        row.left_at = at
        told = {"person": str(person_id)}
        _wrote(session, "member taken out", programme_id, by=by, at=at, **told)


def _member(session: NetworkSession, programme_id: UUID, person_id: UUID) -> tables.ProgrammeMember:
    row = programmes.member_row(session, programme_id, person_id)
    if row is None or row.left_at is not None:
        raise Missing("This person is not in the programme.")
    return row


def member(session: NetworkSession, programme_id: UUID, person_id: UUID) -> Member:
    """Somebody in a programme; Missing where they are not in it now."""
    found = programmes.members(session, programme_id=programme_id, person_ids=[person_id])
    if not found:
        raise Missing("This person is not in the programme.")
    return found[0]


def hand_over(
    session: NetworkSession, programme_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Let somebody else lead a group: a facilitator, or a head of the school where heads lead."""
    under_way, to = programmes.find(session, programme_id), people.find(session, person_id)
    if to is None or not _can_lead(under_way, to):
        raise Invalid("Choose somebody who may lead this programme.", field="person")
    if programmes.members(session, programme_id=programme_id, person_ids=[person_id]):
        raise Invalid("Nobody leads a group in which they take part.", field="person")
    if under_way.led_by != person_id:
        programmes.row(session, programme_id).led_by = person_id
        _wrote(session, "handed over", programme_id, by=by, at=at, to=str(person_id))


def could_lead(session: NetworkSession, programme_id: UUID) -> list[Named]:
    """Who else could lead a programme, by name: nobody who takes part in it."""
    under_way = programmes.find(session, programme_id)
    there = {each.person_id for each in programmes.members(session, programme_id=programme_id)}
    if under_way.school_id is None:
        found = staff.of_schools(session, [RoleKind.FACILITATOR], None)
    else:
        found = staff.of_schools(session, [RoleKind.HEAD], [under_way.school_id])
    return [each for each in found if each.id not in {*there, under_way.led_by}]


def _can_lead(under_way: UnderWay, person: Person) -> bool:
    if under_way.school_id is None:
        return person.has(RoleKind.FACILITATOR)
    return under_way.school_id in person.schools(RoleKind.HEAD)


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


def _wrote(
    session: NetworkSession,
    did: str,
    programme_id: UUID,
    *,
    by: Person,
    at: datetime,
    **told: object,
) -> None:
    history.wrote(session, did, THING, programme_id, by=by.id, at=at, **told)
