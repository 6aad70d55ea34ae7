"""The kept counts of a group, as sums over its capacities: what the report of very many is made of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Select, case, func, select

from observe.core.agreement.kept import Kept, KeptCells, KeptLessons
from observe.core.agreement.ratings import RatedCriterion
from observe.core.counting import ALL, BY_ROLE, Kind, Part, capacities_key
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import Selection
from observe.storage.tables.calibration import CellCount, LessonCount

RATED = (Part.ONLY, Part.ONE_OF_SEVERAL)
ONE_A_LESSON = (Part.ONLY, Part.SEVERAL_IN_ONE)
Row = Sequence[Any]


def lessons(session: NetworkSession, selection: Selection) -> int:
    """How many lessons of a selection count; its school is not looked at."""
    query = _lessons(func.sum(LessonCount.times), selection)
    return int(session.scalar(query.where(LessonCount.kind == Kind.RATED)) or 0)


def largest(session: NetworkSession, selection: Selection) -> Iterator[tuple[str, int]]:
    """(criterion, the highest position that anybody gave it); its school is not looked at."""
    table = CellCount
    most = func.max(table.level_a), func.max(table.level_b)
    query = _of(select(table.criterion, *most).group_by(table.criterion), selection)
    yield from ((criterion, max(both)) for criterion, *both in session.execute(query))


def kept(
    session: NetworkSession,
    selection: Selection,
    criteria: tuple[RatedCriterion, ...],
    *,
    observers: int,
) -> Kept:
    """What is kept of a selection; its school is not looked at."""
    place = {criterion.key: number for number, criterion in enumerate(criteria)}
    parts, cells = _columns(session.execute(_cells(selection)).all(), place)
    told = _told(session, selection)
    return Kept(
        criteria=criteria,
        observers=observers,
        rated=cells.only(np.flatnonzero(np.isin(parts, RATED))),
        one_a_lesson=cells.only(np.flatnonzero(np.isin(parts, ONE_A_LESSON))),
        whole=told[Kind.RATED, ""],
        pooled=told[Kind.POOLED, ""],
        by_criterion={key: told[Kind.CRITERION, key] for key in place},
    )


def _cells(selection: Selection) -> Select[*tuple[Any, ...]]:
    """SUM(times) by criterion, block and levels, in the order of the key, and how many have a sign."""
    table = CellCount
    kinds = (
        *(table.criterion, table.block, table.part),
        *(table.level_a, table.level_b, table.weight),
    )
    by_role = (table.capacity_a == BY_ROLE[0]) & (table.capacity_b == BY_ROLE[1])
    signed = func.sum(case((by_role, table.times), else_=0))
    return _of(select(*kinds, func.sum(table.times), signed).group_by(*kinds), selection)


def _of(query: Select[*tuple[Any, ...]], selection: Selection) -> Select[*tuple[Any, ...]]:
    """A query about kinds of cells, of those of a selection."""
    table = CellCount
    query = query.where(table.rubric_digest == selection.rubric_digest)
    query = query.where(table.term == selection.term_key)
    if selection.capacities is None:
        return query
    first, second = selection.capacities
    return query.where(table.capacity_a == first, table.capacity_b == second)


def _columns(
    rows: Sequence[Row], place: Mapping[str, int]
) -> tuple[npt.NDArray[np.str_], KeptCells]:
    """The part of each kind of cell, and the kinds, in one order on every database."""
    known = [row for row in rows if row[0] in place]
    keys, blocks, parts, *numbers = zip(*known, strict=True) if known else [()] * 8
    criterion = np.array([place[key] for key in keys], dtype=np.int64)
    block, first, second = (np.array(each, dtype=np.int64) for each in (blocks, *numbers[:2]))
    weight, times, signed = (np.array(each, dtype=np.float64) for each in numbers[2:])
    part = np.array(parts, dtype=str)
    order = np.lexsort((weight, second, first, part, block, criterion))
    cells = KeptCells(criterion, block, first, second, weight, times, signed)
    return part[order], cells.only(order)


def _told(session: NetworkSession, selection: Selection) -> Mapping[tuple[str, str], KeptLessons]:
    """Lessons by (kind, criterion), with the means of their signed differences."""
    table = LessonCount
    columns = table.of, table.gap_sum, table.gap_cells, table.times
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for kind, of, *_gap, times in session.execute(_lessons(table.kind, selection, *columns)):
        counts[kind, of] += times
    gaps: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    signed = _lessons(table.kind, selection, *columns, capacities=capacities_key(BY_ROLE))
    has_sign = selection.capacities in (None, BY_ROLE)
    for kind, of, *gap in session.execute(signed.where(table.gap_cells > 0)) if has_sign else ():
        gaps[kind, of].append((gap[0], gap[1], gap[2]))
    found = {key: KeptLessons(n, sorted(gaps.get(key, []))) for key, n in counts.items()}
    return defaultdict(lambda: KeptLessons(0), found)


def _lessons(
    column: Any, selection: Selection, *columns: Any, capacities: str | None = None
) -> Select[*tuple[Any, ...]]:
    table = LessonCount
    chosen = ALL if selection.capacities is None else capacities_key(selection.capacities)
    return select(column, *columns).where(
        table.rubric_digest == selection.rubric_digest,
        table.term == selection.term_key,
        table.capacities == (chosen if capacities is None else capacities),
    )
