"""Whether levels move over time beside the partners', and the habits of both: one's own, or a group's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from observe.core.agreement.drift import WINDOW, Drift, drift
from observe.core.agreement.figures import Figure
from observe.core.agreement.habit_limits import differences
from observe.core.agreement.habits import Habits, habits
from observe.core.agreement.pooled import why_not_pooled
from observe.core.agreement.ratings import Integers, PairedRatings
from observe.core.groups import FEWEST_PEOPLE
from observe.core.pairing import LeftOut
from observe.core.rubric import Rubric
from observe.services import group_figures, own_rows, rated
from observe.services.group_figures import GroupFigures
from observe.services.leniency_figures import chosen_version
from observe.services.rated import Remembered
from observe.storage import group_ratings, opened_figures, paired_ratings, shelf
from observe.storage.database import NetworkSession
from observe.storage.paired_ratings import Between

SMALL_WINDOW = "fewer than 5 people behind a window"
SMALL_SIDE = "fewer than 5 people"

_own: Remembered["Course"] = Remembered(256)
_groups: Remembered["Course"] = Remembered(32)


@dataclass(frozen=True, slots=True)
class Course:
    """How it went: the drift, the habits of both sides, how they differ, and from when to when."""

    drift: Drift
    first: Habits
    second: Habits
    apart: Mapping[str, Figure]
    began: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class OverTime:
    """All that the page shows of one rubric version; `group` where it is about heads and advisers."""

    rubric: Rubric
    digest: str
    versions: Sequence[tuple[str, str]]
    course: Course
    left_out: Mapping[LeftOut, int]
    group: GroupFigures | None = None


def of_person(session: NetworkSession, person_id: UUID, *, digest: str = "") -> OverTime | None:
    """One's own, of the version asked for or of the one used most; None before any pair is counted."""
    versions = group_ratings.versions(session)
    if not versions:
        return None
    chosen = chosen_version(session, [known for known, _ in versions], person_id, digest)
    rubric = shelf.rubric(session, chosen)
    rows = _known(rubric, own_rows.of_version(session, person_id, chosen))
    return OverTime(
        rubric=rubric,
        digest=chosen,
        versions=versions,
        course=_course_of(person_id, rubric, rows),
        left_out=_left_out(session, person_id, chosen),
    )


def _known(rubric: Rubric, rows: Iterable[Between]) -> list[Between]:
    keys = {criterion.key for criterion in rated.rated_criteria(rubric)}
    return [row for row in rows if row.criterion in keys]


def _course_of(person_id: UUID, rubric: Rubric, rows: Sequence[Between]) -> Course:
    ratings = beside_partners(rubric, rows)
    days = list({row.lesson_id: row.observed_on for row in rows}.values())
    partners = tuple(row.partner_id for row in rows)
    stamp = (person_id, hash((partners, *days)), rated.fingerprint(rubric.rubric, ratings))
    return _own.get(stamp, lambda: _course(ratings, days))


def beside_partners(rubric: Rubric, rows: Sequence[Between]) -> PairedRatings:
    """Somebody's levels, first, beside those of all their partners, the second."""
    criteria = rated.rated_criteria(rubric)
    place = {criterion.key: number for number, criterion in enumerate(criteria)}
    cells = [(row.lesson_id, row.criterion, row.occasion) for row in rows]
    partners = Counter(cells)
    ids = rated.numbered(row.partner_id for row in rows)
    return PairedRatings(
        criteria=criteria,
        criterion=rated.integers(place[row.criterion] for row in rows),
        lesson=rated.integers(rated.numbered(row.lesson_id for row in rows)),
        first=rated.integers(row.mine for row in rows),
        second=rated.integers(row.theirs for row in rows),
        weight=np.array([1 / partners[cell] for cell in cells], dtype=np.float64),
        first_by=np.zeros(len(rows), dtype=np.int64),
        second_by=rated.integers(1 + number for number in ids),
    )


def _course(ratings: PairedRatings, days: Sequence[date]) -> Course:
    first, second = habits(ratings)
    return Course(
        drift=drift(ratings, rated.integers(day.toordinal() for day in days)),
        first=first,
        second=second,
        apart=differences(ratings),
        began=min(days, default=None),
        ended=max(days, default=None),
    )


def _left_out(session: NetworkSession, person_id: UUID, digest: str) -> Mapping[LeftOut, int]:
    counts = Counter[LeftOut]()
    for each in paired_ratings.left_out_of(session, person_id):
        if each.rubric_digest == digest:
            counts[each.reason] += each.lessons
    return counts


def of_group(
    session: NetworkSession, *, digest: str = "", school_id: UUID | None = None, term: str = ""
) -> OverTime | None:
    """Heads beside advisers, where their group is large enough; None before any pair is counted."""
    found = group_figures.of_group(
        session, digest=digest, school_id=school_id, who="roles", term=term
    )
    if found is None:
        return None
    chosen = found.selection.rubric_digest
    return OverTime(
        rubric=found.rubric,
        digest=chosen,
        versions=found.versions,
        course=_course_of_group(session, found),
        left_out=found.left_out,
        group=found,
    )


def is_shown(found: OverTime) -> bool:
    """Whether the group is heads beside advisers, and large enough."""
    return found.group is None or bool(found.group.report and found.group.selection.by_role)


def _course_of_group(session: NetworkSession, found: GroupFigures) -> Course:
    if not (found.report and found.selection.by_role):
        return _course(beside_partners(found.rubric, []), [])
    digest = found.selection.rubric_digest
    stamp = (session.network_id, found.selection, group_ratings.sums(session, digest))
    return _groups.get(stamp, lambda: _count_group(session, found))


def _count_group(session: NetworkSession, found: GroupFigures) -> Course:
    pairs = group_ratings.rated_pairs(session, found.selection)
    known = opened_figures.days(session, found.selection.rubric_digest)
    ratings = group_figures.ratings_of(found.rubric, pairs)
    days = [known[lesson] for lesson in dict.fromkeys(pair.lesson for pair in pairs)]
    course = _course(ratings, days)
    course = _without_few_people(course) if _window_of_few(ratings, days) else course
    heads, advisers = {pair.observer_a for pair in pairs}, {pair.observer_b for pair in pairs}
    first, second = _if_enough(course.first, heads), _if_enough(course.second, advisers)
    shown = first == course.first and second == course.second
    return replace(course, first=first, second=second, apart=course.apart if shown else {})


def _if_enough(side: Habits, people: set[str]) -> Habits:
    """Heads or advisers alone are a group too: five of them, or nothing is said of their habits."""
    return side if len(people) >= FEWEST_PEOPLE else Habits(side.lessons, reason=SMALL_SIDE)


def _without_few_people(course: Course) -> Course:
    """The line without its windows, for one of them would tell of fewer than five people."""
    return replace(course, drift=replace(course.drift, windows=(), reason=SMALL_WINDOW))


def _window_of_few(ratings: PairedRatings, days: Sequence[date]) -> bool:
    """Whether fewer than five people stand behind any window of ten lessons."""
    order = _counted(ratings)
    order = sorted(order, key=lambda lesson: (days[lesson], lesson))
    starts = range(0, len(order) - len(order) % WINDOW, WINDOW)
    return any(_people(ratings, order[start : start + WINDOW]) < FEWEST_PEOPLE for start in starts)


def _counted(ratings: PairedRatings) -> list[int]:
    """The lessons that drift counts: on criteria that are pooled, a head beside an adviser."""
    pooled = [each.scale == "ordinal" and not why_not_pooled(each) for each in ratings.criteria]
    taken = np.array(pooled, dtype=np.bool_)[ratings.criterion]
    signed = taken if ratings.signed is None else taken & ratings.signed
    return [int(lesson) for lesson in np.unique(ratings.lesson[signed])]


def _people(ratings: PairedRatings, lessons: Sequence[int]) -> int:
    here = np.isin(ratings.lesson, lessons)
    return int(np.union1d(_by(ratings.first_by)[here], _by(ratings.second_by)[here]).size)


def _by(observers: Integers | None) -> Integers:
    return np.empty(0, np.int64) if observers is None else observers
