"""Exercises and their references, as they are kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from observe.core.errors import Missing
from observe.core.exercises import Exercise, Making, Mode, Settled, Use
from observe.core.ids import new_id
from observe.storage.database import NetworkSession
from observe.storage.tables.exercises import Exercise as Row
from observe.storage.tables.exercises import ExerciseReference, ExerciseTaking

NO_EXERCISE = "There is no such exercise."
TOLD = (
    *(Row.id, Row.title, Row.link, (func.length(Row.text) > 0).label("has_text")),
    *(Row.rubric_digest, Row.criteria, Row.minutes, Row.use, Row.version, Row.mends),
    *(Row.expert_a, Row.expert_b, Row.made_by, Row.made_at),
    *(Row.published_at, Row.withdrawn_at, Row.withdraw_reason),
)


def find(session: NetworkSession, exercise_id: UUID) -> Exercise:
    """The exercise of this id; Missing for a stranger."""
    found = session.execute(_told().where(Row.id == exercise_id)).first()
    if found is None:
        raise Missing(NO_EXERCISE)
    return _exercise(found._mapping)


def row(session: NetworkSession, exercise_id: UUID) -> Row:
    """Its row, which nobody else changes until this transaction ends."""
    key = (session.network_id, exercise_id)
    found = session.get(Row, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise Missing(NO_EXERCISE)
    return found


def every(session: NetworkSession) -> list[Exercise]:
    """All exercises, the latest first."""
    query = _told().order_by(Row.made_at.desc(), Row.id)
    return [_exercise(found._mapping) for found in session.execute(query)]


def by_ids(session: NetworkSession, ids: Iterable[UUID]) -> Mapping[UUID, Exercise]:
    """These exercises, by id."""
    query = _told().where(Row.id.in_(set(ids)))
    found = [_exercise(each._mapping) for each in session.execute(query)]
    return {each.id: each for each in found}


def text_of(session: NetworkSession, exercise_id: UUID) -> str:
    """The transcript or written lesson; empty where there is only a link."""
    return session.scalar(select(Row.text).where(Row.id == exercise_id)) or ""


def _told() -> Select[*tuple[Any, ...]]:
    return select(*TOLD)


def _exercise(found: Mapping[Any, Any]) -> Exercise:
    values = dict(found)
    values |= {
        "has_text": bool(values["has_text"]),
        "criteria": tuple(values["criteria"]),
        "use": Use(values["use"]),
        "experts": (values.pop("expert_a"), values.pop("expert_b")),
        "withdraw_reason": values["withdraw_reason"] or "",
    }
    return Exercise(**values)


def keep(
    session: NetworkSession,
    making: Making,
    *,
    mended: Exercise | None = None,
    by: UUID,
    at: datetime,
) -> UUID:
    """Keep a new exercise, or the next version of one; its id."""
    first, second = making.experts
    new = Row(
        id=new_id(at),
        title=making.title,
        link=making.link,
        text=making.text,
        rubric_digest=making.rubric_digest,
        criteria=list(making.criteria),
        minutes=making.minutes,
        use=making.use,
        version=mended.version + 1 if mended else 1,
        mends=mended.id if mended else None,
        expert_a=first,
        expert_b=second,
        made_by=by,
        made_at=at,
    )
    session.add(new)
    session.flush()
    return new.id


def mended_by(session: NetworkSession, exercise_id: UUID) -> UUID | None:
    """The version that mends this one, the latest that was not withdrawn."""
    query = select(Row.id).where(Row.mends == exercise_id, Row.withdrawn_at.is_(None))
    return session.scalars(query.order_by(Row.made_at.desc())).first()


def earlier(session: NetworkSession, exercise_id: UUID) -> list[Exercise]:
    """The versions that came before this one, the latest first."""
    found = [find(session, exercise_id)]
    while (mends := found[-1].mends) is not None:
        found.append(find(session, mends))
    return found[1:]


def sealed_experts(session: NetworkSession, ids: Iterable[UUID]) -> Mapping[UUID, set[UUID]]:
    """The experts who have sealed their ratings, by exercise."""
    table, found = ExerciseTaking, dict[UUID, set[UUID]]()
    query = select(table.exercise_id, table.person_id).where(
        table.exercise_id.in_(set(ids)),
        table.mode == Mode.REFERENCE,
        table.finished_at.is_not(None),
    )
    for exercise_id, person_id in session.execute(query):
        found.setdefault(exercise_id, set()).add(person_id)
    return found


def reference(session: NetworkSession, exercise_id: UUID) -> dict[str, Settled]:
    """On what the experts settled, by criterion."""
    table = ExerciseReference
    query = select(table).where(table.exercise_id == exercise_id)
    return {
        each.criterion: Settled(each.level, each.reason, each.revision)
        for each in session.scalars(query)
    }


def references(
    session: NetworkSession, ids: Iterable[UUID]
) -> Mapping[UUID, Mapping[str, Settled]]:
    """The references of several exercises, by exercise and criterion."""
    table, found = ExerciseReference, dict[UUID, dict[str, Settled]]()
    for each in session.scalars(select(table).where(table.exercise_id.in_(set(ids)))):
        of = found.setdefault(each.exercise_id, {})
        of[each.criterion] = Settled(each.level, each.reason, each.revision)
    return found


def settle(
    session: NetworkSession,
    exercise_id: UUID,
    criterion: str,
    settled: Settled,
    *,
    by: UUID,
    at: datetime,
) -> None:
    """Write or replace the reference of one criterion."""
    session.merge(
        ExerciseReference(
            network_id=session.network_id,
            exercise_id=exercise_id,
            criterion=criterion,
            level=settled.level,
            reason=settled.reason,
            by=by,
            at=at,
            revision=settled.revision,
        )
    )
