"""The rows from which the figures are counted: written at the reveal, read as sums."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, distinct, func, insert, or_, select, update

from observe.core.pairing import LeftOut, PairedLevels, block_of
from observe.storage import paired_counts
from observe.storage.database import NetworkSession
from observe.storage.tables.calibration import AgreedRating, PairedLesson, PairedRating

Row = dict[str, object]

COLUMNS = {"rated": ("criterion", "occasion", "weight"), "levels": ("level_a", "level_b")}
SHARED = (
    *("lesson_id", "observer_a", "observer_b", "capacity_a", "capacity_b"),
    *("school_id", "rubric_digest", "observed_on", "block", "left_out"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """The lesson from which rows come, and why they are left out of the figures, if they are."""

    lesson_id: UUID
    school_id: UUID
    rubric_digest: str
    left_out: LeftOut | None = None


def write(session: NetworkSession, source: Source, levels: Iterable[PairedLevels]) -> int:
    """Write the rows of one lesson, and their summary; how many they are."""
    rows = rows_of(source, levels)
    if rows:
        mine = {"network_id": session.network_id}
        with paired_counts.following(session, source.lesson_id):
            session.execute(insert(PairedRating), [mine | row for row in rows])
            session.execute(insert(PairedLesson), [mine | row for row in summaries_of(rows)])
    return len(rows)


def rows_of(source: Source, levels: Iterable[PairedLevels]) -> list[Row]:
    """The rows of one lesson by the names of their columns, the network aside."""
    return [_row(source, each) for each in levels]


def _row(source: Source, levels: PairedLevels) -> Row:
    return {
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


def summaries_of(rows: Iterable[Row]) -> list[Row]:
    """The rows of one lesson, those of the same two observers in one."""
    both: dict[tuple[object, object], list[Row]] = defaultdict(list)
    for row in rows:
        both[row["observer_a"], row["observer_b"]].append(row)
    return [
        {name: each[0][name] for name in SHARED}
        | {kept: [[row[name] for row in each] for name in names] for kept, names in COLUMNS.items()}
        for each in both.values()
    ]


def summarise_anew(session: NetworkSession, lesson_id: UUID) -> None:
    """Make the summary of one lesson from its rows; the kept counts do not follow."""
    table = PairedRating.__table__
    query = select(table).where(table.c.network_id == session.network_id)
    rows = session.execute(query.where(table.c.lesson_id == lesson_id)).mappings()
    summaries = summaries_of([dict(row) for row in rows])
    session.execute(
        delete(PairedLesson).where(
            PairedLesson.network_id == session.network_id, PairedLesson.lesson_id == lesson_id
        )
    )
    if summaries:
        mine = {"network_id": session.network_id}
        session.execute(insert(PairedLesson), [mine | each for each in summaries])


def clear(session: NetworkSession, lesson_id: UUID) -> None:
    """Take away the rows of a lesson that still count, to write them anew for those who remain."""
    with paired_counts.following(session, lesson_id):
        for table in (PairedRating, PairedLesson):
            query = delete(table).where(
                table.network_id == session.network_id,
                table.lesson_id == lesson_id,
                or_(table.left_out.is_(None), table.left_out != LeftOut.WITHDRAWN),
            )
            session.execute(query)


def leave_out(session: NetworkSession, lesson_id: UUID, observers: Iterable[UUID]) -> None:
    """Leave the rows of observers who withdrew out of the figures; they are counted as left out."""
    gone = list(observers)
    with paired_counts.following(session, lesson_id):
        for table in (PairedRating, PairedLesson):
            query = update(table).where(
                table.network_id == session.network_id,
                table.lesson_id == lesson_id,
                or_(table.observer_a.in_(gone), table.observer_b.in_(gone)),
            )
            session.execute(query.values(left_out=LeftOut.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Between:
    """One level of somebody beside one of a partner, as positions from 0."""

    partner_id: UUID
    rubric_digest: str
    lesson_id: UUID
    observed_on: date
    criterion: str
    occasion: str
    mine: int
    theirs: int
    my_capacity: str
    their_capacity: str


def of_person(
    session: NetworkSession,
    person_id: UUID,
    *,
    partner_id: UUID | None = None,
    rubric_digest: str | None = None,
) -> list[Between]:
    """Somebody's rows that count, with everybody or with one partner, the earliest lesson first."""
    found = [
        row
        for mine_first in (True, False)
        for row in session.execute(_between(person_id, partner_id, rubric_digest, mine_first))
    ]
    rows = [Between(*row) for row in found]
    return sorted(rows, key=lambda r: (r.observed_on, r.lesson_id, r.occasion, r.criterion))


def _between(
    person_id: UUID, partner_id: UUID | None, rubric_digest: str | None, mine_first: bool
) -> Select[*tuple[Any, ...]]:
    table = PairedRating
    sides = (
        (table.observer_a, table.observer_b, table.level_a, table.level_b),
        (table.observer_b, table.observer_a, table.level_b, table.level_a),
    )
    capacities = (table.capacity_a, table.capacity_b)
    mine, theirs, my_level, their_level = sides[0] if mine_first else sides[1]
    query = select(
        theirs,
        table.rubric_digest,
        table.lesson_id,
        table.observed_on,
        table.criterion,
        table.occasion,
        my_level,
        their_level,
        *(capacities if mine_first else reversed(capacities)),
    ).where(mine == person_id, table.left_out.is_(None))
    if partner_id is not None:
        query = query.where(theirs == partner_id)
    return query if rubric_digest is None else query.where(table.rubric_digest == rubric_digest)


@dataclass(frozen=True, slots=True)
class LeftOutLessons:
    """How many lessons with a partner are in no figure, and why."""

    partner_id: UUID
    rubric_digest: str
    reason: LeftOut
    lessons: int


def left_out_of(session: NetworkSession, person_id: UUID) -> list[LeftOutLessons]:
    """Somebody's lessons that stay out of the figures, by partner, rubric version and reason."""
    table = PairedRating
    sides = ((table.observer_a, table.observer_b), (table.observer_b, table.observer_a))
    found = []
    for mine, theirs in sides:
        query = (
            select(
                theirs, table.rubric_digest, table.left_out, func.count(distinct(table.lesson_id))
            )
            .where(mine == person_id, table.left_out.is_not(None))
            .group_by(theirs, table.rubric_digest, table.left_out)
        )
        found += [LeftOutLessons(p, d, LeftOut(str(r)), n) for p, d, r, n in session.execute(query)]
    return found


def have_met(session: NetworkSession, one: UUID, other: UUID) -> bool:
    """Whether two people have rated a lesson together, whether it counts or not."""
    table = PairedRating
    query = select(table.lesson_id).where(
        or_(
            and_(table.observer_a == one, table.observer_b == other),
            and_(table.observer_a == other, table.observer_b == one),
        )
    )
    return session.scalar(query.limit(1)) is not None


def causes(session: NetworkSession, lessons: Iterable[UUID]) -> list[tuple[str | None, str, int]]:
    """(cause, criterion, how often) of what was talked about after these lessons."""
    query = (
        select(AgreedRating.cause, AgreedRating.criterion, func.count())
        .where(AgreedRating.lesson_id.in_(list(lessons)), AgreedRating.cause.is_not(None))
        .group_by(AgreedRating.cause, AgreedRating.criterion)
    )
    return [(cause, criterion, n) for cause, criterion, n in session.execute(query)]
