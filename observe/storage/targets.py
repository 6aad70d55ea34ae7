"""What teachers try next, from the summaries that were released to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select

from observe.core.errors import Missing
from observe.core.feedback.targets import ENDED, Target, TargetState
from observe.core.ids import new_id
from observe.storage import target_homes
from observe.storage.database import NetworkSession
from observe.storage.tables import feedback as tables
from observe.storage.tables import lessons as lesson_tables
from observe.storage.tables.assessing import AssessingSuggestion
from observe.storage.tables.people import Person, Role
from observe.storage.target_homes import Home


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that became of a target; `by` is None where a lesson said so."""

    state: TargetState
    reason: str
    due_on: date
    by: str | None
    lesson_on: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """A target with whose it is, and the day of the lesson or of the suggestion of which it came.

    `then` is where that lesson was.
    """

    id: UUID
    target: Target
    teacher_id: UUID
    teacher: str
    lesson_on: datetime | None
    suggested_on: datetime | None
    then: Home | None = None


def propose(
    session: NetworkSession,
    target: Target,
    *,
    teacher_id: UUID,
    summary_id: UUID | None,
    at: datetime,
) -> UUID:
    """Keep the target of a released summary, or one that was suggested; its id."""
    target_id = new_id(at)
    session.add(
        tables.Target(
            id=target_id,
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
    return target_id


def change(session: NetworkSession, target_id: UUID, target: Target, *, at: datetime) -> None:
    """Keep a target as it stands now; Missing where there is none."""
    found = row(session, target_id)
    found.text, found.when, found.see = target.text, target.when, target.see
    found.due_on, found.state, found.changed_at = target.due_on, target.state, at


def happened(
    session: NetworkSession,
    target_id: UUID,
    target: Target,
    *,
    reason: str,
    by: UUID | None,
    lesson_id: UUID | None,
    at: datetime,
) -> None:
    """Keep that a target came to stand as it does."""
    session.add(
        tables.TargetEvent(
            id=new_id(at),
            target_id=target_id,
            state=target.state,
            reason=reason,
            due_on=target.due_on,
            by=by,
            lesson_id=lesson_id,
            at=at,
        )
    )
    session.flush()


def take_back(session: NetworkSession, summary_id: UUID) -> None:
    """Forget the target of a summary that was recalled before anybody read it."""
    found = _row(session, summary_id)
    if found is not None:
        of_it = tables.TargetEvent.target_id == found.id
        session.execute(delete(tables.TargetEvent).where(of_it))
        session.delete(found)
        session.flush()


def open_of(session: NetworkSession, teacher_id: UUID, ids: Collection[UUID]) -> dict[UUID, Target]:
    """Those of these targets that are this teacher's and have not ended."""
    query = select(tables.Target).where(
        tables.Target.id.in_(ids),
        tables.Target.teacher_id == teacher_id,
        tables.Target.state.not_in(ENDED),
    )
    return {found.id: _target(found) for found in session.scalars(query)}


def find(session: NetworkSession, target_id: UUID) -> Followed:
    """One target; Missing where there is none."""
    row(session, target_id)
    return _followed(session, tables.Target.id == target_id)[0]


def events(session: NetworkSession, target_id: UUID) -> list[Event]:
    """What became of a target, the latest first."""
    event, lesson = tables.TargetEvent, lesson_tables.Lesson
    query = (
        select(event, Person.name, lesson.starts_at)
        .outerjoin(Person, Person.id == event.by)
        .outerjoin(lesson, lesson.id == event.lesson_id)
        .where(event.target_id == target_id)
        .order_by(event.at.desc(), event.id.desc())
    )
    return [
        Event(TargetState(kept.state), kept.reason, kept.due_on, name, lesson_on, kept.at)
        for kept, name, lesson_on in session.execute(query)
    ]


def owned(session: NetworkSession, teacher_id: UUID) -> list[Followed]:
    """Every target that somebody has read or taken, the soonest due first."""
    return _followed(session, and_(tables.Target.teacher_id == teacher_id, _is_read()))


def led(
    session: NetworkSession, teams: Collection[UUID], schools: Collection[UUID], *, but: UUID
) -> list[Followed]:
    """Open targets of the teachers of these teams and schools but one's own, the soonest due first."""
    lesson = lesson_tables.Lesson
    came = select(Role.person_id).where(target_homes.teaches_in(teams, schools))
    there = or_(lesson.team_id.in_(teams), lesson.school_id.in_(schools))
    maybe = or_(there, and_(lesson.id.is_not(None), tables.Target.teacher_id.in_(came)))
    still = tables.Target.state.not_in(ENDED)
    found = _followed(session, and_(maybe, still, tables.Target.teacher_id != but))
    homes = at_home(session, found)
    return [each for each in found if _is_in(homes[each.id], teams, schools)]


def at_home(session: NetworkSession, found: Collection[Followed]) -> Mapping[UUID, Home | None]:
    """Where each target is followed, by its id; None for one that came of no lesson."""
    now = target_homes.taught(session, {each.teacher_id for each in found})
    return {
        each.id: target_homes.home(each.then, now.get(each.teacher_id, ())) if each.then else None
        for each in found
    }


def _is_in(home: Home | None, teams: Collection[UUID], schools: Collection[UUID]) -> bool:
    return home is not None and (home.team_id in teams or home.school_id in schools)


def suggested(session: NetworkSession, by: UUID) -> list[Followed]:
    """Open targets of others that came of what somebody suggested, the soonest due first."""
    return _followed(session, and_(AssessingSuggestion.by == by, tables.Target.state.not_in(ENDED)))


def of_summary(session: NetworkSession, summary_id: UUID) -> Target | None:
    """The target of a summary, if it has one."""
    found = _row(session, summary_id)
    return _target(found) if found else None


def id_of_summary(session: NetworkSession, summary_id: UUID) -> UUID:
    """The id of the target of a summary; Missing where it has none."""
    found = _row(session, summary_id)
    if found is None:
        raise Missing("This summary has no target.")
    return found.id


def of_teacher(session: NetworkSession, teacher_id: UUID) -> Sequence[Target]:
    """Every target of a teacher from a summary that they have read, the soonest due first."""
    query = (
        select(tables.Target)
        .join(tables.Summary, tables.Summary.id == tables.Target.summary_id)
        .where(tables.Target.teacher_id == teacher_id, _is_read())
    )
    found = session.scalars(query.order_by(tables.Target.due_on, tables.Target.id))
    return [_target(each) for each in found]


def row(session: NetworkSession, target_id: UUID) -> tables.Target:
    """The row of a target; Missing where there is none."""
    found = session.get(tables.Target, (session.network_id, target_id))
    if found is None:
        raise Missing("There is no such target.")
    return found


def _followed(session: NetworkSession, those: ColumnElement[bool]) -> list[Followed]:
    lesson, suggestion = lesson_tables.Lesson, AssessingSuggestion
    query = (
        select(
            *(tables.Target, Person.name, lesson.starts_at, suggestion.made_at),
            *(lesson.school_id, lesson.team_id),
        )
        .join(Person, Person.id == tables.Target.teacher_id)
        .outerjoin(tables.Summary, tables.Summary.id == tables.Target.summary_id)
        .outerjoin(lesson, lesson.id == tables.Summary.lesson_id)
        .outerjoin(suggestion, suggestion.target_id == tables.Target.id)
        .where(those)
        .order_by(tables.Target.due_on, tables.Target.id)
    )
    return [
        Followed(
            *(found.id, _target(found), found.teacher_id, name, lesson_on, suggested_on),
            Home(school_id, team_id) if school_id else None,
        )
        for found, name, lesson_on, suggested_on, school_id, team_id in session.execute(query)
    ]


def _is_read() -> ColumnElement[bool]:
    """Whether it is its teacher's for good: no summary of it can be taken back any more."""
    return or_(tables.Summary.read_at.is_not(None), tables.Target.summary_id.is_(None))


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
