"""The rows that a rule of certification looks at, as lessons with their gaps."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import numpy as np

from observe.core.agreement.counts import count
from observe.core.agreement.pooled import one_level_a_lesson
from observe.core.agreement.ratings import PairedRatings
from observe.core.certification_rule import Beside, Rule
from observe.core.certifying import Cell, LessonSeen, Recheck, counting
from observe.core.observation import Capacity
from observe.services import rated
from observe.services.luck_alone import luck_alone
from observe.storage import certificates, paired_ratings, shelf
from observe.storage.database import NetworkSession
from observe.storage.paired_ratings import Between


def seen(session: NetworkSession, rule: Rule, person_id: UUID) -> list[LessonSeen]:
    """Somebody's revealed lessons in the scope of a rule, the earliest first, each partner's cells."""
    cells: dict[UUID, list[Cell]] = defaultdict(list)
    rows = rows_of(session, rule, person_id)
    for (digest, _partner), mine in _by_partner(rows).items():
        for lesson_id, cell in _cells(session, digest, mine):
            cells[lesson_id].append(cell)
    lessons = {row.lesson_id: row for row in rows}
    checks = _rechecks(session, person_id, rows)
    return [
        LessonSeen(
            lesson_id,
            row.observed_on,
            row.rubric_digest,
            tuple(cells[lesson_id]),
            checks.get(lesson_id, Recheck.NEVER),
        )
        for lesson_id, row in lessons.items()
    ]


def _rechecks(
    session: NetworkSession, person_id: UUID, rows: Iterable[Between]
) -> Mapping[UUID, Recheck]:
    """The lessons that may be a re-check: beside an adviser, or those planned so where that was agreed.

    A lesson that was moved after it was planned so is none: its new day was never held against the limits.
    """
    beside = {row.lesson_id: row for row in rows if row.their_capacity == Capacity.ADVISER}
    if not certificates.agreed(session).limits.unannounced:
        return dict.fromkeys(beside, Recheck.WHEN_DUE)
    planned = certificates.planned(session, [person_id])
    return {
        each.lesson_id: Recheck.PLANNED
        for each in planned
        if each.lesson_id in beside and beside[each.lesson_id].observed_on == each.day
    }


def rows_of(session: NetworkSession, rule: Rule, person_id: UUID) -> Sequence[Between]:
    """Somebody's rows beside whom the rule asks and with its rubric."""
    found = paired_ratings.of_person(session, person_id)
    if rule.scope.beside is Beside.ADVISER:
        found = [row for row in found if row.their_capacity == Capacity.ADVISER]
    digests = _versions(session, rule, {row.rubric_digest for row in found})
    return [row for row in found if row.rubric_digest in digests]


def _versions(session: NetworkSession, rule: Rule, digests: Iterable[str]) -> set[str]:
    asked = rule.scope.rubric
    return {d for d in digests if not asked or shelf.rubric(session, d).rubric == asked}


def _by_partner(rows: Iterable[Between]) -> Mapping[tuple[str, UUID], Sequence[Between]]:
    found: dict[tuple[str, UUID], list[Between]] = defaultdict(list)
    for row in rows:
        found[row.rubric_digest, row.partner_id].append(row)
    return found


def _cells(
    session: NetworkSession, digest: str, rows: Sequence[Between]
) -> Iterable[tuple[UUID, Cell]]:
    """The gap of each criterion that can be pooled, one a lesson, of somebody and one partner."""
    ratings = _pooled(rated.ratings_between(shelf.rubric(session, digest), rows))
    order = list(dict.fromkeys(row.lesson_id for row in rows if row.criterion in _keys(ratings)))
    for n in range(ratings.first.size):
        criterion = ratings.criteria[ratings.criterion[n]]
        gap = abs(int(ratings.first[n] - ratings.second[n]))
        yield order[ratings.lesson[n]], Cell(criterion.key, gap, len(criterion.levels))


def _keys(ratings: PairedRatings) -> frozenset[str]:
    return frozenset(criterion.key for criterion in ratings.criteria)


def _pooled(ratings: PairedRatings) -> PairedRatings:
    """What is ordered and of the whole lesson, segments made one; the numbers of lessons stay."""
    fits = np.array([c.pooled and c.has_order for c in ratings.criteria], dtype=np.bool_)
    rows = np.flatnonzero(fits[ratings.criterion]).astype(np.int64)
    return one_level_a_lesson(ratings.only(rows))


def chance(
    session: NetworkSession, rule: Rule, person_id: UUID, lessons: Collection[LessonSeen]
) -> float:
    """What luck alone would give on these lessons, as a share of 0 to 1."""
    ids = {each.lesson_id for each in lessons}
    keys = {cell.criterion for each in lessons for cell in each.cells}
    rows = [
        row
        for row in rows_of(session, rule, person_id)
        if row.lesson_id in ids and row.criterion in keys
    ]
    rubric = shelf.rubric(session, rows[0].rubric_digest)
    ratings = _pooled(rated.ratings_between(rubric, rows))
    return luck_alone(rule, count(ratings, together=True))


def cells_a_lesson(session: NetworkSession, rule: Rule, digest: str) -> int:
    """How many criteria of a rubric version the rule asks about."""
    criteria = rated.rated_criteria(shelf.rubric(session, digest))
    cells = [Cell(c.key, 0, len(c.levels)) for c in criteria if c.pooled and c.has_order]
    return len(counting(rule, cells))
