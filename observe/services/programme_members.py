"""Who is in a programme, and the stages that each joins."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from observe.core.errors import Invalid, Missing
from observe.core.permissions import Person, RoleKind
from observe.core.programme import Taker
from observe.core.programme_group import Member, UnderWay
from observe.services.programme_under_way import wrote
from observe.storage import programmes, staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.storage.tables.programme import ProgrammeMember

TAKERS = {
    Taker.HEADS: (RoleKind.HEAD, RoleKind.LEADER),
    Taker.LEADERS: (RoleKind.LEADER,),
}


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
    row = row or ProgrammeMember(programme_id=programme_id, person_id=person_id)
    row.stages, row.schools = _joined(under_way, stages), sorted(str(each) for each in schools)
    row.added_by, row.added_at, row.left_at = by.id, at, None
    session.add(row)
    session.flush()
    told = {"person": str(person_id), "stages": row.stages}
    wrote(session, "member added", programme_id, by=by, at=at, **told)


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
        wrote(session, "member joins other stages", programme_id, by=by, at=at, **told)


def remove_member(
    session: NetworkSession, programme_id: UUID, person_id: UUID, *, by: Person, at: datetime
) -> None:
    """Take somebody out of a programme; put in again, they stand where their evidence puts them."""
    row = programmes.member_row(session, programme_id, person_id)
    if row is not None and row.left_at is None:
        row.left_at = at
        told = {"person": str(person_id)}
        wrote(session, "member taken out", programme_id, by=by, at=at, **told)


def _member(session: NetworkSession, programme_id: UUID, person_id: UUID) -> ProgrammeMember:
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
