"""How far heads and advisers, or all observers, agree as groups: never about one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from uuid import UUID

import numpy as np

from observe.core.agreement.ratings import Integers, PairedRatings
from observe.core.agreement.report import Report, report
from observe.core.groups import may_be_shown, parts_shown
from observe.core.pairing import LeftOut
from observe.core.rubric import Rubric
from observe.core.terms import Term
from observe.services import rated
from observe.services.rated import Remembered
from observe.storage import group_ratings, shelf
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import Behind, Rated, RatedPair, Selection

Table = tuple[tuple[int, ...], ...]

NOWHERE = -1

_known: Remembered["Choices"] = Remembered(32)
_figures: Remembered["Counted"] = Remembered(64)


@dataclass(frozen=True, slots=True)
class Choices:
    """Which groups of a rubric version may be shown."""

    roles_shown: bool
    all_shown: bool
    schools: Mapping[bool, Sequence[UUID]]
    people: Mapping[Selection, int]

    def allows(self, selection: Selection) -> bool:
        """Whether this selection is one of them."""
        whole = self.roles_shown if selection.by_role else self.all_shown
        if selection.school_id is None:
            return whole
        return whole and selection.school_id in self.schools[selection.by_role]


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of one group, if it may be shown, and what is left out of them."""

    report: Report | None
    tables: Mapping[str, Table]
    left_out: Mapping[LeftOut, int]


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """All that the page of a group shows; `report` is None where the group is too small."""

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
    left_out: Mapping[LeftOut, int]


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
    choices = _known.get(
        stamp, lambda: _choices(group_ratings.people_behind(session, chosen), chosen)
    )
    selection = _selection(choices, chosen, school_id, who)
    counted = _figures.get(
        (*stamp, selection), lambda: _count(session, selection, shown=choices.allows(selection))
    )
    names = group_ratings.school_names(session)
    return GroupFigures(
        selection=selection,
        rubric=shelf.rubric(session, chosen),
        versions=versions,
        schools={i: names[i] for i in names if i in choices.schools[selection.by_role]},
        terms=(),
        whos=(),
        choices=choices,
        people=choices.people.get(selection, 0),
        report=counted.report,
        tables=counted.tables,
        left_out=counted.left_out,
    )


def _selection(choices: Choices, digest: str, school_id: UUID | None, who: str) -> Selection:
    by_role = choices.roles_shown if who != "all" else not choices.all_shown
    return Selection(digest, school_id, by_role and choices.roles_shown)


def _choices(behind: Sequence[Behind], digest: str) -> Choices:
    """Heads beside advisers come first; a wider or a smaller group must differ by five or nobody."""
    by_role, anybody = _union(behind, by_role=True), _union(behind, by_role=False)
    roles_shown = may_be_shown(by_role, [])
    all_shown = may_be_shown(anybody, [by_role] if roles_shown else [])
    parts = {
        True: {each.school_id: each.by_role for each in behind if each.by_role},
        False: {each.school_id: each.anybody for each in behind},
    }
    schools = {
        True: parts_shown(parts[True], by_role) if roles_shown else [],
        False: parts_shown(parts[False], anybody) if all_shown else [],
    }
    schools[False] = [s for s in schools[False] if _tells_no_more(parts, schools[True], s)]
    people = {Selection(digest, None, True): len(by_role), Selection(digest): len(anybody)}
    for roles, ids in schools.items():
        people |= {Selection(digest, s, roles): len(parts[roles][s]) for s in ids}
    return Choices(roles_shown, all_shown, schools, people)


def _tells_no_more(
    parts: Mapping[bool, Mapping[UUID, frozenset[UUID]]], shown: Sequence[UUID], school: UUID
) -> bool:
    others = [parts[True][school]] if school in shown else []
    return may_be_shown(parts[False][school], others)


def _union(behind: Sequence[Behind], *, by_role: bool) -> frozenset[UUID]:
    return frozenset().union(*(each.by_role if by_role else each.anybody for each in behind))


def _count(session: NetworkSession, selection: Selection, *, shown: bool) -> Counted:
    whole = Selection(selection.rubric_digest)
    left_out = group_ratings.left_out(session, selection if shown else whole)
    if not shown:
        return Counted(None, {}, left_out)
    rubric = shelf.rubric(session, selection.rubric_digest)
    ratings = ratings_of(rubric, group_ratings.rated_pairs(session, selection))
    return Counted(report(ratings), _tables(ratings), left_out)


def _tables(ratings: PairedRatings) -> Mapping[str, Table]:
    """Level by level for each criterion, K x K, every two observers of a lesson counted once."""
    return {
        each.key: _table(ratings, number, len(each.levels))
        for number, each in enumerate(ratings.criteria)
    }


def _table(ratings: PairedRatings, number: int, levels: int) -> Table:
    mine = ratings.criterion == number
    cells = np.bincount(ratings.first[mine] * levels + ratings.second[mine], minlength=levels**2)
    return tuple(tuple(row) for row in cells.reshape(levels, levels).tolist())


def ratings_of(rubric: Rubric, pairs: Sequence[RatedPair]) -> PairedRatings:
    """The ratings of a group; a difference has a sign only between a head and an adviser."""
    criteria = rated.rated_criteria(rubric)
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


def _joined(columns: Iterable[Sequence[int]]) -> Integers:
    """One column under the other."""
    return rated.integers(chain.from_iterable(columns))


def rows_of(session: NetworkSession, figures: GroupFigures) -> Sequence[RatedPair]:
    """The very rows of a group whose levels may leave; none of an ungraded rubric or a small group."""
    if figures.report is None or not figures.rubric.graded:
        return ()
    return group_ratings.rated_pairs(session, figures.selection)
