"""Improvement cycles, their members, points and steps."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from observe.core.errors import Missing
from observe.core.improving import Aim, Better, Cycle, Decision, Measured, Source, Step, Words
from observe.core.permissions import Thing
from observe.core.run_chart import Point
from observe.storage.database import NetworkSession
from observe.storage.tables.improving import CycleMember, CyclePoint, CycleStep, ImprovementCycle
from observe.storage.tables.people import Person


def find(session: NetworkSession, cycle_id: UUID) -> Cycle:
    """One cycle; Missing for an unknown one."""
    kept = row(session, cycle_id)
    return _cycle(kept, _members(session, [cycle_id])[cycle_id])


def thing(session: NetworkSession, cycle_id: UUID) -> Thing:
    """A cycle as permissions see it: its members take part; `opened` is one of a group."""
    kept = row(session, cycle_id)
    members = _members(session, [cycle_id])[cycle_id]
    people = frozenset(person_id for person_id, _name in members)
    return Thing(network_id=session.network_id, taking_part=people, opened=kept.of_group)


def of_person(session: NetworkSession, person_id: UUID) -> list[Cycle]:
    """The cycles in which somebody takes part, the latest first."""
    mine = select(CycleMember.cycle_id).where(CycleMember.person_id == person_id)
    return _told(session, select(ImprovementCycle).where(ImprovementCycle.id.in_(mine)))


def of_groups(session: NetworkSession) -> list[Cycle]:
    """The cycles of groups, the latest first."""
    return _told(session, select(ImprovementCycle).where(ImprovementCycle.of_group.is_(True)))


def row(session: NetworkSession, cycle_id: UUID) -> ImprovementCycle:
    """The row of a cycle; Missing for an unknown one."""
    found = session.get(ImprovementCycle, (session.network_id, cycle_id))
    if found is None:
        raise Missing("There is no such cycle of improvement.")
    return found


def locked(session: NetworkSession, cycle_id: UUID) -> ImprovementCycle:
    """The row as it is now, held until the end of the transaction: several people change it."""
    key = (session.network_id, cycle_id)
    session.get(ImprovementCycle, key, with_for_update=True, populate_existing=True)
    return row(session, cycle_id)


def add_member(session: NetworkSession, cycle_id: UUID, person_id: UUID) -> None:
    """Somebody more takes part."""
    key = {"cycle_id": cycle_id, "person_id": person_id}
    session.merge(CycleMember(network_id=session.network_id, **key))
    session.flush()


def drop_member(session: NetworkSession, cycle_id: UUID, person_id: UUID) -> bool:
    """Somebody takes part no longer; False where they did not."""
    found = session.get(CycleMember, (session.network_id, cycle_id, person_id))
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True


def points(session: NetworkSession, cycle_id: UUID) -> list[Measured]:
    """What was measured, the earliest first."""
    kept = CyclePoint
    query = select(kept).where(kept.cycle_id == cycle_id).order_by(kept.day)
    return [Measured(Point(each.day, each.value), each.note) for each in session.scalars(query)]


def point_row(session: NetworkSession, cycle_id: UUID, day: date) -> CyclePoint | None:
    """The row of a day's value."""
    return session.get(CyclePoint, (session.network_id, cycle_id, day))


def steps(session: NetworkSession, cycle_id: UUID) -> list[Step]:
    """The rounds of a cycle, the first first."""
    kept = CycleStep
    query = select(kept).where(kept.cycle_id == cycle_id).order_by(kept.number, kept.id)
    return [_step(each) for each in session.scalars(query)]


def step_row(session: NetworkSession, cycle_id: UUID, step_id: UUID) -> CycleStep:
    """The row of a round of this cycle, held until the end of the transaction; Missing for any other."""
    key = (session.network_id, step_id)
    found = session.get(CycleStep, key, with_for_update=True, populate_existing=True)
    if found is None or found.cycle_id != cycle_id:
        raise Missing("There is no such step in this cycle.")
    return found


def step(session: NetworkSession, cycle_id: UUID, step_id: UUID) -> Step:
    """One round of this cycle; Missing for any other."""
    return _step(step_row(session, cycle_id, step_id))


def thing_with_step(session: NetworkSession, cycle_id: UUID, step_id: UUID) -> Thing:
    """The cycle as permissions see it, of one of its rounds; Missing for any other."""
    step_row(session, cycle_id, step_id)
    return thing(session, cycle_id)


def _told(session: NetworkSession, query: Select[ImprovementCycle]) -> list[Cycle]:
    latest = query.order_by(ImprovementCycle.made_at.desc(), ImprovementCycle.id)
    rows = list(session.scalars(latest))
    members = _members(session, [kept.id for kept in rows])
    return [_cycle(kept, members[kept.id]) for kept in rows]


def _members(
    session: NetworkSession, ids: Collection[UUID]
) -> Mapping[UUID, list[tuple[UUID, str]]]:
    found = defaultdict[UUID, list[tuple[UUID, str]]](list)
    query = (
        select(CycleMember.cycle_id, Person.id, Person.name)
        .join(Person, Person.id == CycleMember.person_id)
        .where(CycleMember.cycle_id.in_(ids))
        .order_by(Person.name, Person.id)
    )
    for cycle_id, person_id, name in session.execute(query):
        found[cycle_id].append((person_id, name))
    return found


def _cycle(kept: ImprovementCycle, members: list[tuple[UUID, str]]) -> Cycle:
    aim = Aim(
        aim=kept.aim,
        measure=kept.measure,
        unit=kept.unit,
        better=Better(kept.better),
        source=Source(kept.source),
        of_group=kept.of_group,
    )
    return Cycle(
        id=kept.id,
        told=aim,
        made_by=kept.made_by,
        made_at=kept.made_at,
        revision=kept.revision,
        baseline_until=kept.baseline_until,
        learnt=kept.learnt,
        ended_at=kept.ended_at,
        members=tuple(members),
    )


def _step(kept: CycleStep) -> Step:
    words = Words(**{name: getattr(kept, name) for name in Words.__slots__})
    return Step(
        id=kept.id,
        number=kept.number,
        words=words,
        tried_on=kept.tried_on,
        decision=Decision(kept.decision),
        revision=kept.revision,
    )
