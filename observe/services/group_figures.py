"""How far heads and advisers, or all observers, agree as groups: never about one person."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

import numpy as np

from observe.core.agreement.counts import MANY_LESSONS
from observe.core.agreement.kept import Cells, cells_of, report_of_kept, tables_of
from observe.core.agreement.ratings import Booleans, Integers, PairedRatings
from observe.core.agreement.report import Report, report
from observe.core.counting import BY_ROLE, Capacities
from observe.core.groups import FEWEST_PEOPLE
from observe.core.pairing import LeftOut
from observe.core.rubric import Rubric
from observe.core.terms import Term, term_named
from observe.services import given_alone, rated
from observe.services.group_choices import Choices, Group, choices_of
from observe.services.rated import Remembered
from observe.storage import group_counts, group_ratings, shelf
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import EVERYBODY, Rated, RatedPair, Selection

Table = tuple[tuple[int, ...], ...]

NOWHERE = -1
WIDEST = Group(BY_ROLE)

_known: Remembered[Choices] = Remembered(32)
_of_criteria: Remembered[Mapping[str, Choices]] = Remembered(32)
_figures: Remembered["Counted"] = Remembered(64)


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of one group, if it may be shown, and what is left out of them."""

    report: Report | None
    tables: Mapping[str, Table]
    left_out: Mapping[LeftOut, int]
    counted: Mapping[str, Cells] = field(default_factory=dict)
    held_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """All that the page of a group shows; `report` is None where the group is too small.

    `whos`, `schools` and `terms` are what one may choose instead, each with the rest as it is.
    `held_back` are the criteria that fewer than five people rated, here or in what another group
    leaves over; they are in no figure and no file.
    """

    selection: Selection
    rubric: Rubric
    versions: Sequence[tuple[str, str]]
    schools: Mapping[UUID, str]
    terms: Sequence[Term]
    whos: Sequence[str]
    choices: Choices
    people: int
    report: Report | None
    tables: Mapping[str, Table]
    counted: Mapping[str, Cells]
    left_out: Mapping[LeftOut, int]
    held_back: frozenset[str]


def of_group(
    session: NetworkSession,
    *,
    digest: str = "",
    school_id: UUID | None = None,
    who: str = "",
    term: str = "",
) -> GroupFigures | None:
    """The figures of the group asked for, or of the widest there is; None before any pair is counted.

    `who` is "roles" (heads beside advisers), "all", or two capacities as in "head-leader"; `term` is
    the key of one of the terms, as in "autumn-2026". What is unknown is as if it were not asked for.
    """
    versions = group_ratings.versions(session)
    if not versions:
        return None
    known = [each for each, _ in versions]
    chosen = digest if digest in known else known[0]
    stamp = (session.network_id, chosen, group_ratings.sums(session, chosen))
    choices = _known.get(stamp, lambda: choices_of(group_ratings.people_behind(session, chosen)))
    group = Group(_capacities(choices, who), school_id, _term(choices, term))
    selection, people = _selection(chosen, group), _people(choices, group)
    counted = _figures.get(
        (*stamp, selection),
        lambda: _count(session, selection, people, _telling(session, stamp, choices, group)),
    )
    return _told(session, versions, choices, group, selection, counted)


def _told(
    session: NetworkSession,
    versions: Sequence[tuple[str, str]],
    choices: Choices,
    group: Group,
    selection: Selection,
    counted: Counted,
) -> GroupFigures:
    return GroupFigures(
        selection=selection,
        rubric=shelf.rubric(session, selection.rubric_digest),
        versions=versions,
        schools=_schools(session, frozenset(choices.schools(group))),
        terms=sorted((term_named(key) for key in choices.terms(group)), reverse=True),
        whos=[replace(selection, capacities=pair).who for pair in choices.who(group)],
        choices=choices,
        people=_people(choices, group),
        report=counted.report,
        tables=counted.tables,
        counted=counted.counted,
        left_out=counted.left_out,
        held_back=counted.held_back,
    )


def _people(choices: Choices, group: Group) -> int:
    """How many people stand behind a group; nobody where it may not be shown."""
    return len(choices.behind(group)) if choices.allows(group) else 0


def _selection(digest: str, group: Group) -> Selection:
    term = term_named(group.term) if group.term else None
    return Selection(digest, group.school_id, group.capacities, term)


def _schools(session: NetworkSession, shown: Collection[UUID]) -> Mapping[UUID, str]:
    names = group_ratings.school_names(session)
    return {school_id: name for school_id, name in names.items() if school_id in shown}


def _capacities(choices: Choices, who: str) -> Capacities | None:
    """Who is asked for; else heads beside advisers, or all observers where those are too few."""
    first, _dash, second = who.partition("-")
    if second and choices.behind(Group((first, second))):
        return first, second
    wanted = (None, BY_ROLE) if who == EVERYBODY else (BY_ROLE, None)
    return next((pair for pair in wanted if choices.allows(Group(pair))), None)


def _term(choices: Choices, key: str) -> str | None:
    return key if choices.behind(Group(term=key)) else None


def _telling(
    session: NetworkSession, stamp: tuple[Any, ...], choices: Choices, group: Group
) -> frozenset[str]:
    """The criteria that would tell of fewer than five people, here or taken from another group."""
    if group == WIDEST:
        return group_ratings.rated_by_few(session, stamp[1], BY_ROLE)
    every = _of_criteria.get(stamp, lambda: _by_criterion(session, stamp[1], choices))
    return frozenset(
        key for key, each in every.items() if each.behind(group) and not each.allows(group)
    )


def _by_criterion(session: NetworkSession, digest: str, choices: Choices) -> Mapping[str, Choices]:
    """The choices of each criterion; those that the same people rated share theirs."""
    silent = group_ratings.people_silent(session, digest)
    known = {rows: choices.without(rows) for rows in set(silent.values()) if rows}
    return {key: known[rows] if rows else choices for key, rows in silent.items()}


def _count(
    session: NetworkSession, selection: Selection, people: int, telling: frozenset[str]
) -> Counted:
    """From the kept counts where there are very many lessons, else lesson by lesson."""
    if not people:
        whole = Selection(selection.rubric_digest)
        return Counted(None, {}, group_ratings.left_out(session, whole))
    rubric = shelf.rubric(session, selection.rubric_digest)
    left_out = group_ratings.left_out(session, selection)
    if not telling and _counts_are_enough(session, selection):
        largest = rated.largest_of(rubric, group_counts.largest(session, selection))
        criteria = rated.rated_criteria(rubric, largest)
        kept = group_counts.kept(session, selection, criteria, observers=people)
        return Counted(report_of_kept(kept), tables_of(kept), left_out, cells_of(kept))
    pairs = group_ratings.rated_pairs(session, selection)
    ratings = ratings_of(rubric, pairs)
    few = _rated_by_few(ratings, telling)
    shown = _without(ratings, few)
    held_back = frozenset(ratings.criteria[number].key for number in few)
    counted = rated.cells_of(shown)
    told = given_alone.told(session, rubric, pairs, report(shown), held_back=held_back)
    return Counted(told, _tables(shown), left_out, counted, held_back)


def _without(ratings: PairedRatings, few: Sequence[int]) -> PairedRatings:
    rest = np.flatnonzero(~np.isin(ratings.criterion, few)).astype(np.int64)
    return ratings.only(rest) if few else ratings


def _rated_by_few(ratings: PairedRatings, telling: frozenset[str]) -> list[int]:
    """The criteria, by number, that somebody rated, but fewer than five people; and those that tell."""
    first, second = ratings.first_by, ratings.second_by
    if first is None or second is None:
        return []
    who = (np.union1d(first[mine], second[mine]) for mine in _of_each(ratings))
    return [
        number
        for number, people in enumerate(who)
        if 0 < people.size < FEWEST_PEOPLE
        or (people.size and ratings.criteria[number].key in telling)
    ]


def _of_each(ratings: PairedRatings) -> Iterator[Booleans]:
    return (ratings.criterion == number for number in range(len(ratings.criteria)))


def _counts_are_enough(session: NetworkSession, selection: Selection) -> bool:
    """Whether there are very many lessons, of all schools."""
    return not selection.school_id and group_counts.lessons(session, selection) > MANY_LESSONS


def _tables(ratings: PairedRatings) -> Mapping[str, Table]:
    """Level by level for each criterion of levels, K x K, every two observers of a lesson once."""
    return {
        each.key: _table(ratings, number, len(each.levels))
        for number, each in enumerate(ratings.criteria)
        if each.has_levels
    }


def _table(ratings: PairedRatings, number: int, levels: int) -> Table:
    mine = ratings.criterion == number
    cells = np.bincount(ratings.first[mine] * levels + ratings.second[mine], minlength=levels**2)
    return tuple(tuple(row) for row in cells.reshape(levels, levels).tolist())


def ratings_of(rubric: Rubric, pairs: Sequence[RatedPair]) -> PairedRatings:
    """The ratings of a group; a difference has a sign only between a head and an adviser."""
    criteria = rated.rated_criteria(rubric, rated.largest_of(rubric, _given(pairs)))
    place = {criterion.key: number for number, criterion in enumerate(criteria)}

    @cache
    def places(what: Rated) -> list[int]:
        return [place.get(name, NOWHERE) for name in what.criteria]

    criterion = _joined(places(each.rated) for each in pairs)
    known = np.flatnonzero(criterion != NOWHERE)
    pair = np.repeat(np.arange(len(pairs)), [len(each.first) for each in pairs])[known]
    lesson = rated.numbered(each.lesson for each in pairs)
    both = rated.numbered(chain((p.observer_a for p in pairs), (p.observer_b for p in pairs)))
    blocks = dict(zip(lesson, (each.block for each in pairs), strict=True))
    return PairedRatings(
        criteria=criteria,
        criterion=criterion[known],
        lesson=rated.integers(lesson)[pair],
        first=_joined(each.first for each in pairs)[known],
        second=_joined(each.second for each in pairs)[known],
        weight=np.array([w for each in pairs for w in each.rated.weights])[known],
        first_by=rated.integers(both[: len(pairs)])[pair],
        second_by=rated.integers(both[len(pairs) :])[pair],
        signed=np.array([each.by_role for each in pairs], dtype=np.bool_)[pair],
        block=rated.integers(blocks.values()),
    )


def _given(pairs: Iterable[RatedPair]) -> Iterator[tuple[str, int]]:
    """The higher of each two positions, with its criterion."""
    for pair in pairs:
        yield from zip(pair.rated.criteria, map(max, pair.first, pair.second), strict=True)


def _joined(columns: Iterable[Sequence[int]]) -> Integers:
    """One column under the other."""
    return rated.integers(chain.from_iterable(columns))


def rows_of(session: NetworkSession, figures: GroupFigures) -> Sequence[RatedPair]:
    """The very rows of a group whose levels may leave; none of an ungraded rubric or a small group."""
    if figures.report is None or not figures.rubric.graded:
        return ()
    return group_ratings.rated_pairs(session, figures.selection)
