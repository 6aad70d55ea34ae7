"""Read a file of ratings, one a row, into arrays for the statistics."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from observe.core.agreement.counts import BLOCKS, MANY_LESSONS
from observe.core.agreement.ratings import (
    Integers,
    LongRatings,
    RatedCriterion,
    Scale,
    joined,
    numbered,
)
from observe.services.rating_levels import Levels, Written, as_written, declared
from observe.services.ratings_table import Column, Fault, Rows, read_rows, refuse, subset

NEEDED = ("lesson", "observer", "criterion", "rating")
CAPACITIES = {"head": 0, "leader": 1, "other": 2, "adviser": 3}
BLANK = frozenset({""})
NOT_RATED = frozenset({"", "NA", "not_seen", "not_applicable"})
STRETCHES = ("interval", "sample")


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read: its scale, its levels lowest first, the columns of roles and groups."""

    scale: Scale | None = None
    levels: tuple[str, ...] | None = None
    roles: str | None = None
    by: str | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that must be there."""
        named = [name.casefold() for name in (self.roles, self.by) if name]
        return tuple(dict.fromkeys((*NEEDED, *named)))

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns that are used where they are there."""
        return tuple(name for name in ("occasion", self.role) if name not in self.needed)

    @property
    def role(self) -> str:
        """The name of the column of roles."""
        return (self.roles or "role").casefold()


@dataclass(frozen=True, eq=False, slots=True)
class _Read:
    """A file without a fault: its rows, the level of each (-1 for none) and the levels there are."""

    rows: Rows
    level: Integers
    levels: Levels
    role: Column | None
    occasion: Column | None


def read_ratings(path: Path, asked: Asked) -> dict[str, LongRatings]:
    """The ratings of each group, in order of first sight; one group "" where none is asked for.

    Raises Invalid, its sentence one line `file:line: what is wrong` for each fault.
    """
    rows, faults = read_rows(path, needed=asked.needed, optional=asked.optional)
    rated = np.flatnonzero(~rows["rating"].is_one_of(NOT_RATED)).astype(np.int64)
    levels, unfit = _levels(rows, rated, asked)
    refuse(path, [*faults, *_blanks(rows), *_twice(rows, rated, asked), *unfit])
    level = np.full(rows.lines.size, -1)
    level[rated] = levels.position
    read = _Read(rows, level, levels, rows.columns.get(asked.role), rows.columns.get("occasion"))
    return {name: _long(read, members) for name, members in _groups(rows, asked)}


def _levels(rows: Rows, rated: Integers, asked: Asked) -> tuple[Levels, list[Fault]]:
    criterion, rating = rows["criterion"], rows["rating"]
    written = Written(
        criterion=Column(criterion.codes[rated], criterion.words),
        word=Column(rating.codes[rated], rating.words),
        lines=rows.lines[rated],
    )
    if asked.levels is None:
        return as_written(written, asked.scale)
    return declared(written, asked.scale, asked.levels)


def _blanks(rows: Rows) -> Iterator[Fault]:
    for name in ("lesson", "observer", "criterion"):
        for row in np.flatnonzero(rows[name].is_one_of(BLANK)).tolist():
            yield Fault(int(rows.lines[row]), f"the {name} is blank")


def _twice(rows: Rows, rated: Integers, asked: Asked) -> Iterator[Fault]:
    """A level given again by the same observer to the same lesson, criterion and occasion."""
    names = ["lesson", "observer", "criterion"]
    names += [name for name in ("occasion", (asked.by or "").casefold()) if name in rows]
    key = numbered(joined([rows[name].codes[rated] for name in names]))
    if (np.bincount(key) < 2).all():
        return
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order][1:] == key[order][:-1])
    for earlier, later in zip(
        rated[order[again]].tolist(), rated[order[again + 1]].tolist(), strict=True
    ):
        who, what, where = (rows[name].at(later) for name in ("observer", "criterion", "lesson"))
        yield Fault(
            int(rows.lines[later]),
            f"{who} rated {what} of {where} on line {rows.lines[earlier]} already",
        )


def _groups(rows: Rows, asked: Asked) -> Iterator[tuple[str, Integers]]:
    if asked.by is None:
        yield "", np.arange(rows.lines.size)
        return
    column = rows[asked.by.casefold()]
    for place, name in enumerate(column.words):
        yield name, np.flatnonzero(column.codes == place).astype(np.int64)


def _long(read: _Read, members: Integers) -> LongRatings:
    """The ratings of some rows; a criterion that nobody rated there keeps its place."""
    rows = read.rows
    rated = members[read.level[members] >= 0]
    present = np.unique(rows["criterion"].codes[members])
    lesson, observer = subset(rows["lesson"], rated), subset(rows["observer"], rated)
    occasion = np.zeros_like(rated) if read.occasion is None else read.occasion.codes[rated]
    return LongRatings(
        criteria=tuple(_criterion(read, place) for place in present.tolist()),
        observers=observer.words,
        lesson=lesson.codes,
        observer=observer.codes,
        criterion=np.searchsorted(present, rows["criterion"].codes[rated]).astype(np.int64),
        occasion=occasion,
        level=read.level[rated],
        capacity=None if read.role is None else _capacity(read.role, rated),
        block=_blocks(lesson.words) if len(lesson.words) > MANY_LESSONS else None,
        warnings=(*read.levels.warnings, *_unrated(members.size - rated.size)),
    )


def _criterion(read: _Read, place: int) -> RatedCriterion:
    key = read.rows["criterion"].words[place]
    return RatedCriterion(
        key=key,
        title=key,
        levels=read.levels.levels[place],
        scale=read.levels.scales[place],
        pooled=not _in_stretches(read, place),
    )


def _in_stretches(read: _Read, place: int) -> bool:
    """Whether a criterion is rated in intervals or samples, which stay out of pooled figures."""
    if read.occasion is None:
        return False
    mine = np.unique(read.occasion.codes[read.rows["criterion"].codes == place])
    return any(read.occasion.words[code].startswith(STRETCHES) for code in mine.tolist())


def _capacity(role: Column, rows: Integers) -> Integers:
    """The place of each row's role in the order in which two observers of a lesson are named."""
    place = [CAPACITIES.get(word.casefold(), CAPACITIES["other"]) for word in role.words]
    return np.array(place, dtype=np.int64)[role.codes[rows]]


def _blocks(lessons: tuple[str, ...]) -> Integers:
    """The block of each lesson: the first byte of its digest, so that it never changes."""
    first = [hashlib.sha256(lesson.encode()).digest()[0] for lesson in lessons]
    return np.array(first, dtype=np.int64) % BLOCKS


def _unrated(rows: int) -> tuple[str, ...]:
    if rows == 0:
        return ()
    return (f"{rows} {'row has' if rows == 1 else 'rows have'} no level",)
