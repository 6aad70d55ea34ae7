"""The kept counts of paired ratings: they follow each change of a lesson's rows at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Table, and_, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from observe.core.counting import (
    CellKind,
    Counts,
    LessonKind,
    ObserverKind,
    RatedTogether,
    RaterKind,
    counts_of,
    pooled_keys,
)
from observe.storage import shelf
from observe.storage.database import NetworkSession
from observe.storage.tables import Base

PARTS = {
    "cells": "cell_count",
    "lessons": "lesson_count",
    "observers": "observer_count",
    "raters": "rater_count",
}
KINDS: Mapping[str, Any] = {
    "cells": CellKind,
    "lessons": LessonKind,
    "observers": ObserverKind,
    "raters": RaterKind,
}
TABLES = {part: Base.metadata.tables[name] for part, name in PARTS.items()}
AT_ONCE = 5000

Row = dict[str, Any]


@contextmanager
def following(session: NetworkSession, lesson_id: UUID) -> Iterator[None]:
    """In here the rows of a lesson may change; its share of the kept counts changes with them."""
    before = _of_lesson(session, lesson_id)
    yield
    for digest, counts in _of_lesson(session, lesson_id).items():
        before.setdefault(digest, Counts()).take(counts)
    for digest, counts in before.items():
        _take(session, digest, counts)


def count_anew(session: NetworkSession) -> None:
    """Make all kept counts of this network from the rows, as after rows were written in bulk."""
    for table in TABLES.values():
        session.execute(delete(table).where(table.c.network_id == session.network_id))
    for digest, counts in counted(session).items():
        for part, table in TABLES.items():
            rows = _rows(session, digest, getattr(counts, part))
            for start in range(0, len(rows), AT_ONCE):
                session.execute(insert(table), rows[start : start + AT_ONCE])


def counted(session: NetworkSession) -> dict[str, Counts]:
    """What the counts of this network must be, by rubric version, from the rows themselves."""
    found: dict[str, Counts] = defaultdict(Counts)
    rows = session.ask(_everything.execution_options(yield_per=AT_ONCE))
    for _, lesson in groupby(rows, key=lambda row: row.lesson_id):
        for digest, counts in _counts(session, lesson).items():
            found[digest].add(counts)
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Read:
    digest: str
    imported: bool
    pair: RatedTogether


_paired = Base.metadata.tables["paired_lesson"]
_lesson = Base.metadata.tables["lesson"]
_everything = (
    select(_paired, _lesson.c.imported)
    .join(
        _lesson,
        and_(_lesson.c.network_id == _paired.c.network_id, _lesson.c.id == _paired.c.lesson_id),
    )
    .where(_paired.c.network_id == bindparam("network"))
    .order_by(_paired.c.lesson_id)
)
_one_lesson = _everything.where(_paired.c.lesson_id == bindparam("lesson"))


def _of_lesson(session: NetworkSession, lesson_id: UUID) -> dict[str, Counts]:
    session.flush()
    return _counts(session, session.ask(_one_lesson, lesson=lesson_id))


def _counts(session: NetworkSession, rows: Iterable[Any]) -> dict[str, Counts]:
    """What one lesson adds, by rubric version."""
    by_digest: dict[str, list[_Read]] = defaultdict(list)
    for row in rows:
        by_digest[row.rubric_digest].append(_read(row))
    return {
        digest: counts_of(
            [each.pair for each in read], _pooled(session, digest), imported=read[0].imported
        )
        for digest, read in by_digest.items()
    }


def _read(row: Any) -> _Read:
    criteria, _occasions, weights = row.rated
    first, second = row.levels
    pair = RatedTogether(
        observers=(row.observer_a, row.observer_b),
        capacities=(row.capacity_a, row.capacity_b),
        school_id=row.school_id,
        block=row.block,
        observed_on=row.observed_on,
        left_out=row.left_out,
        criteria=criteria,
        weights=weights,
        first=first,
        second=second,
    )
    return _Read(row.rubric_digest, row.imported, pair)


_known: dict[str, frozenset[str]] = {}


def _pooled(session: NetworkSession, digest: str) -> frozenset[str]:
    """The pooled criteria of a rubric version, which never changes."""
    if digest not in _known:
        _known[digest] = pooled_keys(shelf.rubric(session, digest))
    return _known[digest]


def _take(session: NetworkSession, digest: str, counts: Counts) -> None:
    """Take these counts from the kept ones; of what is below nought there is more than before."""
    added = ADDED[session.bind.dialect.name]
    for part in TABLES:
        rows = _rows(session, digest, getattr(counts, part))
        if rows:
            more = [row | {"times": -row["times"]} for row in rows]
            session.bind.execute(added[part], more)
        fewer = [{f"b_{key}": row[key] for key in row} for row in rows if row["times"] > 0]
        if fewer:
            session.bind.execute(EMPTIED[part], fewer)


def _rows(session: NetworkSession, digest: str, counts: Counter[Any]) -> list[Row]:
    both = {"network_id": session.network_id, "rubric_digest": digest}
    return [
        both | kind._asdict() | {"times": times} for kind, times in sorted(counts.items()) if times
    ]


def _added(insert: Any, table: Table) -> Any:
    """Adds to a kind that is there, or begins one."""
    writing = insert(table)
    times = table.c.times + writing.excluded.times
    return writing.on_conflict_do_update(index_elements=table.primary_key, set_={"times": times})


def _emptied(table: Table) -> Any:
    """Takes away a kind of which none is left."""
    same = [column == bindparam(f"b_{column.name}") for column in table.primary_key]
    return delete(table).where(and_(*same), table.c.times == 0)


ADDED: Mapping[str, Mapping[str, Any]] = {
    name: {part: _added(dialect.insert, table) for part, table in TABLES.items()}
    for name, dialect in {"sqlite": sqlite, "postgresql": postgresql}.items()
}
EMPTIED = {part: _emptied(table) for part, table in TABLES.items()}
