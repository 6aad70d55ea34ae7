"""What teachers try next, from the summaries that were released to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from observe.core.errors import Missing
from observe.core.feedback.targets import ENDED, Target, TargetState
from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback as tables


def propose(
    session: NetworkSession, target: Target, *, teacher_id: UUID, summary_id: UUID, at: datetime
) -> None:
    """Keep the target of a released summary."""
    session.add(
        tables.Target(
            id=new_id(at),
            teacher_id=teacher_id,
            summary_id=summary_id,
            criterion=target.criterion,
            text=target.text,
            when=target.when,
            see=target.see,
            due_on=target.due_on,
            state=target.state,
            made_at=at,
            changed_at=at,
        )
    )
    session.flush()


def change(session: NetworkSession, summary_id: UUID, target: Target, *, at: datetime) -> None:
    """Keep what became of the target of a summary; Missing where it has none."""
    found = _row(session, summary_id)
    if found is None:
        raise Missing("This summary has no target.")
    found.text, found.when, found.see = target.text, target.when, target.see
    found.due_on, found.state, found.changed_at = target.due_on, target.state, at


def take_back(session: NetworkSession, summary_id: UUID) -> None:
    """Drop the target of a summary that was recalled before anybody read it."""
    found = _row(session, summary_id)
    if found is not None:
        session.delete(found)
        session.flush()


def looked_for(
    session: NetworkSession, teacher_id: UUID, found: Mapping[UUID, TargetState], *, at: datetime
) -> None:
    """Keep how this teacher's open targets stood in a lesson; nobody else's and none that ended."""
    query = select(tables.Target).where(
        tables.Target.id.in_(list(found)),
        tables.Target.teacher_id == teacher_id,
        tables.Target.state.not_in(ENDED),
    )
    for target in session.scalars(query):
        target.state, target.changed_at = found[target.id], at


def of_summary(session: NetworkSession, summary_id: UUID) -> Target | None:
    """The target of a summary, if it has one."""
    found = _row(session, summary_id)
    return _target(found) if found else None


def of_teacher(session: NetworkSession, teacher_id: UUID) -> Sequence[Target]:
    """Every target of a teacher, the soonest due first."""
    query = select(tables.Target).where(tables.Target.teacher_id == teacher_id)
    found = session.scalars(query.order_by(tables.Target.due_on, tables.Target.id))
    return [_target(each) for each in found]


def row(session: NetworkSession, target_id: UUID) -> tables.Target:
    """The row of a target; Missing where there is none."""
    found = session.get(tables.Target, (session.network_id, target_id))
    if found is None:
        raise Missing("There is no such target.")
    return found


def _row(session: NetworkSession, summary_id: UUID) -> tables.Target | None:
    return session.scalar(select(tables.Target).where(tables.Target.summary_id == summary_id))


def _target(found: tables.Target) -> Target:
    return Target(
        summary_id=found.summary_id,
        text=found.text,
        when=found.when,
        see=found.see,
        due_on=found.due_on,
        state=TargetState(found.state),
        criterion=found.criterion,
    )
