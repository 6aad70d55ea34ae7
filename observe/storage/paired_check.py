"""Whether what is kept of the paired ratings says what their rows say; the rows are right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, groupby
from math import isclose
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, bindparam, cast, func, select

from observe.core.counting import ALL, Kind, Part
from observe.storage import paired_counts, paired_ratings
from observe.storage.database import NetworkSession
from observe.storage.paired_ratings import COLUMNS, SHARED, summaries_of
from observe.storage.tables import Base

AT_ONCE = 5000
IDS = ("lesson_id", "observer_a", "observer_b", "school_id")
CELL = (*COLUMNS["rated"], *COLUMNS["levels"])

Row = Mapping[str, Any]
Criterion = tuple[str, str]
Sums = dict[tuple[Any, ...], tuple[int, float]]

_rating = Base.metadata.tables["paired_rating"]
_summary = Base.metadata.tables["paired_lesson"]
_cells = Base.metadata.tables["cell_count"]


class Kept(StrEnum):
    """What is kept of the rows."""

    SUMS = "sums"
    SUMMARIES = "summaries"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """In how many places what is kept of one criterion is not what the rows say.

    `criterion` is empty where it is about whole lessons and those who observed them.
    """

    rubric_digest: str
    criterion: str
    kept: Kept
    places: int


def differences(session: NetworkSession) -> list[Difference]:
    """All that is kept of this network and differs from its rows, by rubric version and criterion."""
    found = {
        Kept.SUMS: _sums_that_differ(session),
        Kept.SUMMARIES: Counter(chain.from_iterable(map(_criteria, _lessons_that_differ(session)))),
        Kept.COUNTS: _counts_that_differ(session),
    }
    return sorted(
        Difference(digest, criterion, kept, places)
        for kept, counter in found.items()
        for (digest, criterion), places in counter.items()
    )


def mend(session: NetworkSession) -> None:
    """Make what is kept of this network anew from its rows: summaries that differ, and all counts."""
    for kept, rows in list(_lessons_that_differ(session)):
        paired_ratings.summarise_anew(session, UUID((kept or rows)[0]["lesson_id"]))
    paired_counts.count_anew(session)


# The rows of all levels, added up in the order of the index that holds all that is asked.
BY_LEVELS = (
    select(
        *(_rating.c[name] for name in ("rubric_digest", "criterion", "left_out")),
        *(_rating.c.level_a, _rating.c.level_b),
        *(func.count(), func.sum(_rating.c.weight)),
    )
    .where(_rating.c.network_id == bindparam("network"))
    .group_by(
        *(_rating.c[name] for name in ("rubric_digest", "criterion", "left_out")),
        *(_rating.c.level_a, _rating.c.level_b),
    )
)
KEPT_BY_LEVELS = (
    select(
        *(_cells.c.rubric_digest, _cells.c.criterion, _cells.c.level_a, _cells.c.level_b),
        *(func.sum(_cells.c.times), func.sum(_cells.c.times * _cells.c.weight)),
    )
    .where(
        _cells.c.network_id == bindparam("network"),
        _cells.c.term == ALL,
        _cells.c.part.in_([Part.ONLY, Part.ONE_OF_SEVERAL]),
    )
    .group_by(_cells.c.rubric_digest, _cells.c.criterion, _cells.c.level_a, _cells.c.level_b)
)


def _sums_that_differ(session: NetworkSession) -> Counter[Criterion]:
    """The levels of which there are more or fewer, or that weigh otherwise, than the rows say."""
    rows, kept = _sums_of_rows(session), _sums_kept(session)
    nothing = (0, 0.0)
    return Counter(
        (digest, criterion)
        for digest, criterion, *levels in rows.keys() | kept.keys()
        if not _alike(*(each.get((digest, criterion, *levels), nothing) for each in (rows, kept)))
    )


def _sums_of_rows(session: NetworkSession) -> Sums:
    found = session.ask(BY_LEVELS)
    return {
        (digest, criterion, *levels): (times, weight)
        for digest, criterion, left_out, *levels, times, weight in found
        if left_out is None
    }


def _sums_kept(session: NetworkSession) -> Sums:
    found = session.ask(KEPT_BY_LEVELS)
    return {tuple(key): (int(times), float(weight)) for *key, times, weight in found}


def _alike(one: tuple[int, float], other: tuple[int, float]) -> bool:
    return one[0] == other[0] and isclose(one[1], other[1], rel_tol=1e-9)


def _counts_that_differ(session: NetworkSession) -> Counter[Criterion]:
    """The kept counts that a fresh count of the summaries does not give."""
    fresh = {
        (digest, part, *kind): (times, _criterion(kind))
        for digest, counts in paired_counts.counted(session).items()
        for part in paired_counts.TABLES
        for kind, times in getattr(counts, part).items()
    }
    found: Counter[Criterion] = Counter()
    for key, kept, criterion in _counts_kept(session):
        times, _ = fresh.pop(key, (None, ""))
        found.update([(key[0], criterion)] if times != kept else [])
    found.update((key[0], criterion) for key, (_, criterion) in fresh.items())
    return found


def _counts_kept(session: NetworkSession) -> Iterator[tuple[tuple[Any, ...], int, str]]:
    """Each kept count: where it stands, how many it says, and the criterion it is about."""
    for part, table in paired_counts.TABLES.items():
        kind = paired_counts.KINDS[part]
        query = select(table).where(table.c.network_id == bindparam("network"))
        for row in session.ask(query.execution_options(yield_per=AT_ONCE)):
            of = kind(*(getattr(row, name) for name in kind._fields))
            yield (row.rubric_digest, part, *of), row.times, _criterion(of)


def _criterion(kind: Any) -> str:
    if getattr(kind, "kind", None) == Kind.CRITERION:
        return str(kind.of)
    return str(getattr(kind, "criterion", ""))


def _lessons_that_differ(session: NetworkSession) -> Iterator[tuple[list[Row], list[Row]]]:
    """The kept summaries and the rows of each lesson whose summaries are not those of its rows."""
    summaries = _by_lesson(session, _in_words(_summary, (*SHARED, *COLUMNS)))
    ratings = _by_lesson(session, _in_words(_rating, (*SHARED, *CELL)))
    for kept, rows in _side_by_side(summaries, ratings):
        if _told(kept) != _told(summaries_of(map(dict, rows))):
            yield kept, rows


def _in_words(table: Any, names: Iterable[str]) -> Select[*tuple[Any, ...]]:
    """These columns, ids as text, in order of lessons."""
    columns = (
        cast(table.c[name], String).label(name) if name in IDS else table.c[name] for name in names
    )
    mine = table.c.network_id == bindparam("network")
    return select(*columns).where(mine).order_by(table.c.lesson_id)


def _by_lesson(
    session: NetworkSession, query: Select[*tuple[Any, ...]]
) -> Iterator[tuple[str, list[Row]]]:
    found: Iterable[Any] = session.ask(query.execution_options(yield_per=AT_ONCE)).mappings()
    for lesson_id, rows in groupby(found, key=lambda row: row["lesson_id"]):
        yield lesson_id, list(rows)


def _side_by_side(
    one: Iterator[tuple[str, list[Row]]], other: Iterator[tuple[str, list[Row]]]
) -> Iterator[tuple[list[Row], list[Row]]]:
    """What each of two has of every lesson, both in order of lessons."""
    left, right = next(one, None), next(other, None)
    while left or right:
        first = min(each[0] for each in (left, right) if each)
        pair: tuple[list[Row], list[Row]] = ([], [])
        if left and left[0] == first:
            pair, left = (left[1], pair[1]), next(one, None)
        if right and right[0] == first:
            pair, right = (pair[0], right[1]), next(other, None)
        yield pair


def _told(summaries: Iterable[Row]) -> set[tuple[Any, ...]]:
    """All that summaries say, their cells in one order."""
    return {
        (
            *(each[name] for name in SHARED),
            *sorted(zip(*each["rated"], *each["levels"], strict=True)),
        )
        for each in summaries
    }


def _criteria(lesson: tuple[list[Row], list[Row]]) -> set[Criterion]:
    """(rubric version, criterion) of which a lesson's summaries and its rows say different things."""
    kept, rows = _cells_of(lesson[0]), _cells_of(summaries_of(map(dict, lesson[1])))
    apart = {key for key in kept.keys() | rows.keys() if kept.get(key) != rows.get(key)}
    return apart or {(each["rubric_digest"], "") for each in chain(*lesson)}


def _cells_of(summaries: Iterable[Row]) -> Mapping[Criterion, Counter[tuple[Any, ...]]]:
    """What summaries say of each criterion."""
    found: dict[Criterion, Counter[tuple[Any, ...]]] = defaultdict(Counter)
    for each in summaries:
        shared = [each[name] for name in SHARED]
        for criterion, *cell in zip(*each["rated"], *each["levels"], strict=True):
            found[each["rubric_digest"], criterion][(*shared, *cell)] += 1
    return found
