"""Who takes an exercise, what they give, and the groups that take one together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select

from observe.core.errors import Missing
from observe.core.exercises import Given, Group, Mode, Taking, read_value, spelled
from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables.exercises import (
    ExerciseFiguresOpened,
    ExerciseRating,
    ExerciseSession,
    ExerciseTaking,
)

GROUP = ExerciseSession.__tablename__
NO_TAKING = "There is no such exercise of yours."
NO_GROUP = "There is no such group."


def find(session: NetworkSession, taking_id: UUID) -> Taking:
    """The taking of this id; Missing for a stranger."""
    return _taking(row(session, taking_id))


def row(session: NetworkSession, taking_id: UUID) -> ExerciseTaking:
    """Its row."""
    found = session.get(ExerciseTaking, (session.network_id, taking_id))
    if found is None:
        raise Missing(NO_TAKING)
    return found


def hold(session: NetworkSession, taking_id: UUID) -> ExerciseTaking:
    """Its row, which nobody else changes until this transaction ends."""
    key = (session.network_id, taking_id)
    found = session.get(ExerciseTaking, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise Missing(NO_TAKING)
    return found


def of_person(
    session: NetworkSession, person_id: UUID, *, exercise_id: UUID | None = None
) -> list[Taking]:
    """All that somebody took or is asked to, in the order in which they came to it."""
    table = ExerciseTaking
    query = select(table).where(table.person_id == person_id).order_by(table.id)
    if exercise_id is not None:
        query = query.where(table.exercise_id == exercise_id)
    return [_taking(found) for found in session.scalars(query)]


def of_exercise(session: NetworkSession, exercise_id: UUID, mode: Mode) -> list[Taking]:
    """Everybody's takings of one exercise in one mode, the earliest first."""
    table = ExerciseTaking
    query = select(table).where(table.exercise_id == exercise_id, table.mode == mode)
    return [_taking(found) for found in session.scalars(query.order_by(table.id))]


def of_group(session: NetworkSession, group_id: UUID) -> list[Taking]:
    """Everybody who takes part or is asked to."""
    table = ExerciseTaking
    query = select(table).where(table.session_id == group_id).order_by(table.id)
    return [_taking(found) for found in session.scalars(query)]


def _taking(found: ExerciseTaking) -> Taking:
    return Taking(
        id=found.id,
        exercise_id=found.exercise_id,
        person_id=found.person_id,
        mode=Mode(found.mode),
        group_id=found.session_id,
        attempt=found.attempt,
        knew=found.knew,
        begun_at=found.begun_at,
        finished_at=found.finished_at,
    )


def add(
    session: NetworkSession,
    exercise_id: UUID,
    person_id: UUID,
    mode: Mode,
    *,
    knew: bool = False,
    group_id: UUID | None = None,
    begun_at: datetime | None,
    at: datetime,
) -> Taking:
    """One more taking of somebody, with the next number of attempt."""
    table = ExerciseTaking
    before = select(func.max(table.attempt)).where(
        table.exercise_id == exercise_id, table.person_id == person_id, table.mode == mode
    )
    new = ExerciseTaking(
        id=new_id(at),
        exercise_id=exercise_id,
        person_id=person_id,
        mode=mode,
        session_id=group_id,
        attempt=(session.scalar(before) or 0) + 1,
        knew=knew,
        begun_at=begun_at,
    )
    session.add(new)
    session.flush()
    return _taking(new)


def given(session: NetworkSession, taking_id: UUID) -> dict[str, Given]:
    """What somebody gave, by criterion."""
    return dict(given_in(session, [taking_id]).get(taking_id, {}))


def given_in(
    session: NetworkSession, takings: Iterable[UUID]
) -> Mapping[UUID, Mapping[str, Given]]:
    """What was given in several takings, by taking and criterion."""
    table, found = ExerciseRating, dict[UUID, dict[str, Given]]()
    for each in session.scalars(select(table).where(table.taking_id.in_(set(takings)))):
        gave = Given(read_value(each.value), each.note, each.fixed_at is not None)
        found.setdefault(each.taking_id, {})[each.criterion] = gave
    return found


def rate(
    session: NetworkSession,
    taking_id: UUID,
    criterion: str,
    gave: Given,
    *,
    at: datetime,
) -> None:
    """Write what somebody gives a criterion."""
    session.merge(
        ExerciseRating(
            network_id=session.network_id,
            taking_id=taking_id,
            criterion=criterion,
            value=spelled(gave.value),
            note=gave.note,
            at=at,
            fixed_at=at if gave.fixed else None,
        )
    )


def seen_by(session: NetworkSession, person_id: UUID) -> set[UUID]:
    """The exercises whose reference was shown to somebody: in practice, or by a group's reveal."""
    table, rating, group = ExerciseTaking, ExerciseRating, ExerciseSession
    query = (
        select(table.exercise_id)
        .outerjoin(rating, (rating.taking_id == table.id) & rating.fixed_at.is_not(None))
        .outerjoin(group, group.id == table.session_id)
        .where(table.person_id == person_id)
        .where(or_(rating.fixed_at.is_not(None), group.revealed_at.is_not(None)))
    )
    return set(session.scalars(query))


def group(session: NetworkSession, group_id: UUID) -> Group:
    """The group of this id; Missing for a stranger."""
    return _group(group_row(session, group_id))


def group_row(session: NetworkSession, group_id: UUID) -> ExerciseSession:
    """Its row, which nobody else changes until this transaction ends."""
    key = (session.network_id, group_id)
    found = session.get(ExerciseSession, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise Missing(NO_GROUP)
    return found


def groups(session: NetworkSession, ids: Iterable[UUID]) -> Mapping[UUID, Group]:
    """These groups, by id."""
    query = select(ExerciseSession).where(ExerciseSession.id.in_(set(ids)))
    return {found.id: _group(found) for found in session.scalars(query)}


def groups_of(session: NetworkSession, exercise_id: UUID) -> list[Group]:
    """All groups of an exercise, the latest day first."""
    table = ExerciseSession
    query = select(table).where(table.exercise_id == exercise_id)
    return [_group(found) for found in session.scalars(query.order_by(table.held_on.desc()))]


def open_groups(session: NetworkSession) -> list[Group]:
    """All groups whose spread was not shown and that were not called off, the next day first."""
    table = ExerciseSession
    query = select(table).where(table.revealed_at.is_(None), table.called_off_at.is_(None))
    return [_group(found) for found in session.scalars(query.order_by(table.held_on))]


def group_by_code(session: NetworkSession, code: str) -> Group | None:
    """The group of these letters, or None."""
    found = session.scalar(select(ExerciseSession).where(ExerciseSession.code == code))
    return _group(found) if found else None


class Opened(NamedTuple):
    """What is told of a group when it is opened: its id, the day on which it meets, its letters."""

    id: UUID
    held_on: date
    code: str


def open_group(
    session: NetworkSession, exercise_id: UUID, opened: Opened, *, by: UUID, at: datetime
) -> Group:
    """Keep a new group."""
    told = opened._asdict()
    new = ExerciseSession(exercise_id=exercise_id, opened_by=by, opened_at=at, **told)
    session.add(new)
    session.flush()
    return _group(new)


def _group(found: ExerciseSession) -> Group:
    return Group(
        id=found.id,
        exercise_id=found.exercise_id,
        held_on=found.held_on,
        code=found.code,
        opened_by=found.opened_by,
        opened_at=found.opened_at,
        revealed_at=found.revealed_at,
        called_off_at=found.called_off_at,
    )


def finished(
    session: NetworkSession, modes: Sequence[Mode], *, person_id: UUID | None = None
) -> list[tuple[Taking, Group | None]]:
    """Finished takings in these modes with their groups, the earliest first; of one person or all."""
    table = ExerciseTaking
    query = (
        select(table, ExerciseSession)
        .outerjoin(ExerciseSession, ExerciseSession.id == table.session_id)
        .where(table.mode.in_(modes), table.finished_at.is_not(None))
        .order_by(table.finished_at, table.id)
    )
    if person_id is not None:
        query = query.where(table.person_id == person_id)
    return [(_taking(taking), _group(of) if of else None) for taking, of in session.execute(query)]


def figures_opened(session: NetworkSession, person_id: UUID) -> datetime | None:
    """When somebody first opened their own figures over several exercises."""
    found = session.get(ExerciseFiguresOpened, (session.network_id, person_id))
    return found.at if found else None


def all_figures_opened(session: NetworkSession) -> Mapping[UUID, datetime]:
    """When each person first opened theirs."""
    query = select(ExerciseFiguresOpened.person_id, ExerciseFiguresOpened.at)
    return dict(session.execute(query).all())


def note_figures_opened(session: NetworkSession, person_id: UUID, *, at: datetime) -> bool:
    """Keep that they did; False if that is known."""
    if figures_opened(session, person_id) is not None:
        return False
    session.add(ExerciseFiguresOpened(person_id=person_id, at=at))
    return True
