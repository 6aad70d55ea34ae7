"""The rows from which the figures are counted: written at the reveal, read as sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, or_, update

from observe.core.pairing import LeftOut, PairedLevels, block_of
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import PairedRating


@dataclass(frozen=True, slots=True)
class Source:
    """The lesson from which rows come, and why they are left out of the figures, if they are."""

    lesson_id: UUID
    school_id: UUID
    rubric_digest: str
    left_out: LeftOut | None = None


def write(session: NetworkSession, source: Source, levels: Iterable[PairedLevels]) -> int:
    """Write the rows of one lesson; how many they are."""
    rows = [_row(session.network_id, source, each) for each in levels]
    if rows:
        session.execute(insert(PairedRating), rows)
    return len(rows)


def _row(network_id: UUID, source: Source, levels: PairedLevels) -> dict[str, object]:
    return {
        "network_id": network_id,
        "lesson_id": source.lesson_id,
        "criterion": levels.criterion,
        "occasion": levels.occasion,
        "observer_a": levels.first.person_id,
        "observer_b": levels.second.person_id,
        "level_a": levels.levels[0],
        "level_b": levels.levels[1],
        "capacity_a": levels.first.capacity,
        "capacity_b": levels.second.capacity,
        "school_id": source.school_id,
        "rubric_digest": source.rubric_digest,
        "observed_on": levels.observed_on,
        "weight": levels.weight,
        "block": block_of(source.lesson_id),
        "left_out": source.left_out,
    }


def clear(session: NetworkSession, lesson_id: UUID) -> None:
    """Take away the rows of a lesson that still count, to write them anew for those who remain."""
    query = delete(PairedRating).where(
        PairedRating.network_id == session.network_id,
        PairedRating.lesson_id == lesson_id,
        or_(PairedRating.left_out.is_(None), PairedRating.left_out != LeftOut.WITHDRAWN),
    )
    session.execute(query)


def leave_out(session: NetworkSession, lesson_id: UUID, observers: Iterable[UUID]) -> None:
    """Leave the rows of observers who withdrew out of the figures; they are counted as left out."""
    gone = list(observers)
    query = (
        update(PairedRating)
        .where(
            PairedRating.network_id == session.network_id,
            PairedRating.lesson_id == lesson_id,
            or_(PairedRating.observer_a.in_(gone), PairedRating.observer_b.in_(gone)),
        )
        .values(left_out=LeftOut.WITHDRAWN)
    )
    session.execute(query)
