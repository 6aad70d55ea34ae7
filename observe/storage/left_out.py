"""Lessons of two people that are in no figure, one by one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select

from observe.core.pairing import LeftOut
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import PairedRating


@dataclass(frozen=True, slots=True)
class LeftOutLesson:
    """One lesson that stays out of the figures, and why."""

    lesson_id: UUID
    school_id: UUID
    observed_on: date
    reason: LeftOut


def of_two(
    session: NetworkSession, one: UUID, other: UUID, *, rubric_digest: str
) -> list[LeftOutLesson]:
    """The lessons that two people rated with this version and that do not count."""
    table = PairedRating
    both = or_(
        and_(table.observer_a == one, table.observer_b == other),
        and_(table.observer_a == other, table.observer_b == one),
    )
    query = (
        select(table.lesson_id, table.school_id, table.observed_on, table.left_out)
        .where(both, table.rubric_digest == rubric_digest, table.left_out.is_not(None))
        .distinct()
    )
    return [
        LeftOutLesson(i, s, day, LeftOut(str(why))) for i, s, day, why in session.execute(query)
    ]
