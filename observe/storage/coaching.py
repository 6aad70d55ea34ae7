"""Coaching partnerships, who coached when, and their goals."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from observe.core.coaching import Goal, GoalState, Partnership, Turn
from observe.core.errors import Missing
from observe.core.ids import new_id
from observe.core.permissions import Thing
from observe.storage.database import NetworkSession
from observe.storage.tables.coaching import CoachingGoal, CoachingPartnership, CoachingTurn
from observe.storage.tables.people import Person

NONE_HERE = "There is no such coaching partnership."


def find(session: NetworkSession, partnership_id: UUID) -> Partnership:
    """One partnership; Missing for an unknown one."""
    found = _told(session, _with_names().where(CoachingPartnership.id == partnership_id))
    if not found:
        raise Missing(NONE_HERE)
    return found[0]


def thing(session: NetworkSession, partnership_id: UUID) -> Thing:
    """A partnership as permissions see it: the two take part, and nobody else."""
    kept = row(session, partnership_id)
    two = frozenset({kept.asker_id, kept.partner_id})
    return Thing(network_id=session.network_id, taking_part=two)


def thing_with_goal(session: NetworkSession, partnership_id: UUID, goal_id: UUID) -> Thing:
    """The same, of one of its goals; Missing for any other."""
    goal_row(session, partnership_id, goal_id)
    return thing(session, partnership_id)


def of_person(session: NetworkSession, person_id: UUID) -> list[Partnership]:
    """Everything that somebody asked or was asked, the latest first."""
    kept = CoachingPartnership
    query = _with_names().where(or_(kept.asker_id == person_id, kept.partner_id == person_id))
    return _told(session, query.order_by(kept.asked_at.desc(), kept.id))


def row(session: NetworkSession, partnership_id: UUID) -> CoachingPartnership:
    """The row of a partnership; Missing for an unknown one."""
    found = session.get(CoachingPartnership, (session.network_id, partnership_id))
    if found is None:
        raise Missing(NONE_HERE)
    return found


def locked(session: NetworkSession, partnership_id: UUID) -> CoachingPartnership:
    """The row as it is now, held until the end of the transaction: two people change it."""
    key = (session.network_id, partnership_id)
    session.get(CoachingPartnership, key, with_for_update=True, populate_existing=True)
    return row(session, partnership_id)


def add_turn(
    session: NetworkSession, partnership_id: UUID, coach_id: UUID | None, *, by: UUID, at: datetime
) -> None:
    """From now on this one coaches."""
    told = {"partnership_id": partnership_id, "coach_id": coach_id, "by": by, "at": at}
    session.add(CoachingTurn(id=new_id(at), **told))
    session.flush()


def drop(session: NetworkSession, partnership_id: UUID) -> None:
    """Forget what was asked and not yet answered."""
    kept = CoachingTurn
    for turn in session.scalars(select(kept).where(kept.partnership_id == partnership_id)):
        session.delete(turn)
    session.flush()
    session.delete(row(session, partnership_id))
    session.flush()


def goals(session: NetworkSession, partnership_id: UUID) -> list[Goal]:
    """The goals of a partnership, the oldest first."""
    kept = CoachingGoal
    query = select(kept).where(kept.partnership_id == partnership_id).order_by(kept.at, kept.id)
    return [
        Goal(each.id, each.text, GoalState(each.state), each.changed_at)
        for each in session.scalars(query)
    ]


def goal_row(session: NetworkSession, partnership_id: UUID, goal_id: UUID) -> CoachingGoal:
    """The row of a goal of this partnership; Missing for any other."""
    found = session.get(CoachingGoal, (session.network_id, goal_id), populate_existing=True)
    if found is None or found.partnership_id != partnership_id:
        raise Missing("There is no such goal.")
    return found


def _with_names() -> Select[CoachingPartnership, str, str]:
    asker, partner = aliased(Person), aliased(Person)
    return (
        select(CoachingPartnership, asker.name, partner.name)
        .join(asker, asker.id == CoachingPartnership.asker_id)
        .join(partner, partner.id == CoachingPartnership.partner_id)
    )


def _told(
    session: NetworkSession, query: Select[CoachingPartnership, str, str]
) -> list[Partnership]:
    rows = list(session.execute(query))
    turns = _turns(session, [kept.id for kept, *_names in rows])
    return [_partnership(kept, (one, other), turns[kept.id]) for kept, one, other in rows]


def _partnership(
    kept: CoachingPartnership, names: tuple[str, str], turns: Sequence[Turn]
) -> Partnership:
    return Partnership(
        id=kept.id,
        asker_id=kept.asker_id,
        partner_id=kept.partner_id,
        names=names,
        asked_at=kept.asked_at,
        accepted_at=kept.accepted_at,
        ended_at=kept.ended_at,
        turns=tuple(turns),
    )


def _turns(session: NetworkSession, ids: Collection[UUID]) -> Mapping[UUID, list[Turn]]:
    kept, found = CoachingTurn, defaultdict[UUID, list[Turn]](list)
    query = select(kept).where(kept.partnership_id.in_(ids)).order_by(kept.at, kept.id)
    for each in session.scalars(query):
        found[each.partnership_id].append(Turn(each.coach_id, each.by, each.at))
    return found
