"""Whether levels move over time beside the partners', and the habits of both: one's own, or a group's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from observe.core.agreement.drift import Drift, Window, drift
from observe.core.agreement.figures import NO_ROLES, Difference, Figure
from observe.core.agreement.habit_limits import differences
from observe.core.agreement.habits import Habits, habits
from observe.core.agreement.ratings import PairedRatings, RatedCriterion
from observe.core.groups import FEWEST_PEOPLE
from observe.core.pairing import LeftOut
from observe.core.rubric import Rubric
from observe.core.terms import Term
from observe.services import group_figures, own_rows, rated, windows_told
from observe.services.group_figures import GroupFigures
from observe.services.own_rows import OwnRows
from observe.services.rated import Remembered
from observe.services.together import EVERYTHING, Narrowed
from observe.storage import group_ratings, opened_figures, paired_ratings
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import RatedPair
from observe.storage.paired_ratings import Between

SMALL_WINDOW = "fewer than 5 people behind a window"
OTHER_LESSONS = "not rated on all lessons"
NO_WHOLE_WINDOW = "no window lies within the term"
SMALL_SIDE = "fewer than 5 people"
NO_SIDES = "who is first has no meaning"

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
    """All that the page shows of one rubric version, over all criteria or on one.

    `own` are one's own rows; `group` is the group where it is about one. `criteria` are those that
    one may ask for.
    """

    rubric: Rubric
    digest: str
    versions: Sequence[tuple[str, str]]
    course: Course
    left_out: Mapping[LeftOut, int]
    criterion: str = ""
    criteria: Sequence[RatedCriterion] = ()
    own: OwnRows | None = None
    group: GroupFigures | None = None


def of_person(
    session: NetworkSession,
    person_id: UUID,
    *,
    digest: str = "",
    narrowed: Narrowed = EVERYTHING,
    criterion: str = "",
) -> OverTime | None:
    """One's own, of the version asked for or of the one used most; None before any pair is counted.

    A term, school or criterion of which they have no rows is as if it were not asked for.
    """
    own = own_rows.of(session, person_id, digest=digest, narrowed=narrowed, criterion=criterion)
    if own is None:
        return None
    return OverTime(
        rubric=own.rubric,
        digest=own.digest,
        versions=group_ratings.versions(session),
        course=_course_of(person_id, own.rubric, _known(own.rubric, own.rows)),
        left_out={} if own.is_part else _left_out(session, person_id, own.digest),
        criterion=own.criterion,
        criteria=own.criteria,
        own=own,
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
    session: NetworkSession,
    *,
    digest: str = "",
    school_id: UUID | None = None,
    who: str = "roles",
    term: str = "",
    criterion: str = "",
) -> OverTime | None:
    """A group, where it is large enough; None before any pair is counted.

    `who` and what is unknown are as in `group_figures.of_group`; a criterion that is held back is as
    if it were not asked for.
    """
    found = group_figures.of_group(session, digest=digest, school_id=school_id, who=who, term=term)
    if found is None:
        return None
    criteria = [e for e in windows_told.windowed(found.rubric) if e.key not in found.held_back]
    key = criterion if criterion in {each.key for each in criteria} else ""
    return OverTime(
        rubric=found.rubric,
        digest=found.selection.rubric_digest,
        versions=found.versions,
        course=_course_of_group(session, found, key),
        left_out=found.left_out,
        criterion=key,
        criteria=criteria,
        group=found,
    )


def is_shown(found: OverTime) -> bool:
    """Whether the group is large enough."""
    return found.group is None or found.group.report is not None


def has_sides(found: OverTime) -> bool:
    """Whether first and second are not the same capacities, so that a difference has a sign."""
    return found.group is None or found.group.selection.by_role


def _course_of_group(session: NetworkSession, found: GroupFigures, criterion: str) -> Course:
    if found.report is None:
        return _course(beside_partners(found.rubric, []), [])
    digest = found.selection.rubric_digest
    sums = group_ratings.sums(session, digest)
    stamp = (session.network_id, found.selection, criterion, found.held_back, sums)
    return _groups.get(stamp, lambda: _count_group(session, found, criterion))


def _count_group(session: NetworkSession, found: GroupFigures, criterion: str) -> Course:
    pairs = group_ratings.rated_pairs(session, found.selection)
    course = _of_pairs(session, found, pairs, criterion)
    if course.drift.windows:
        course = replace(course, drift=_with_safe_windows(session, found, course.drift, criterion))
    if not found.selection.by_role:
        return _without_sides(course)
    heads, advisers = {pair.observer_a for pair in pairs}, {pair.observer_b for pair in pairs}
    first, second = _if_enough(course.first, heads), _if_enough(course.second, advisers)
    shown = first == course.first and second == course.second
    return replace(course, first=first, second=second, apart=course.apart if shown else {})


def _of_pairs(
    session: NetworkSession, found: GroupFigures, pairs: Sequence[RatedPair], criterion: str
) -> Course:
    """The course of these pairs; what is held back enters no figure."""
    known = opened_figures.days(session, found.selection.rubric_digest)
    ratings = rated.without(group_figures.ratings_of(found.rubric, pairs), found.held_back)
    ratings = rated.on_criterion(ratings, criterion) if criterion else ratings
    ratings = ratings if found.selection.by_role else replace(ratings, signed=None)
    return _course(ratings, [known[lesson] for lesson in dict.fromkeys(p.lesson for p in pairs)])


def _with_safe_windows(
    session: NetworkSession, found: GroupFigures, drift: Drift, criterion: str
) -> Drift:
    """The drift with those windows only that tell of nobody; in a term those of all terms within it."""
    whole = _of_all_terms(session, found, criterion).drift if found.selection.term else drift
    if criterion and not _on_the_same_lessons(session, found, criterion):
        return _with_windows(drift, [], OTHER_LESSONS)
    safe = windows_told.shown(session, found)
    windows = [each for number, each in enumerate(whole.windows) if number in safe]
    within = [each for each in windows if _is_within(each, found.selection.term)]
    return _with_windows(drift, within, NO_WHOLE_WINDOW if windows else SMALL_WINDOW)


def _of_all_terms(session: NetworkSession, found: GroupFigures, criterion: str) -> Course:
    selection = replace(found.selection, term=None)
    return _of_pairs(session, found, group_ratings.rated_pairs(session, selection), criterion)


def _is_within(window: Window, term: Term | None) -> bool:
    if term is None:
        return True
    days = term.first_day.toordinal(), term.last_day.toordinal()
    return days[0] <= window.first_day and window.last_day <= days[1]


def _with_windows(drift: Drift, windows: Sequence[Window], reason: str) -> Drift:
    """The line with these windows; the lessons in none of them are told as a number."""
    inside = sum(window.lessons for window in windows)
    left = drift.lessons - inside
    return replace(drift, windows=tuple(windows), waiting=left, reason=None if windows else reason)


def _on_the_same_lessons(session: NetworkSession, found: GroupFigures, criterion: str) -> bool:
    """Whether a criterion was rated wherever any was, so that its windows tell of as many people."""
    selection = replace(found.selection, term=None)
    keys = {each.key for each in windows_told.windowed(found.rubric)} - found.held_back
    rows = (p.rated.criteria for p in group_ratings.rated_pairs(session, selection))
    return all(criterion in of for of in rows if keys & set(of))


def _without_sides(course: Course) -> Course:
    """How often both gave the same level; whose are higher is said of heads and advisers only."""
    windows = [
        replace(each, difference=Difference(reason=NO_ROLES)) for each in course.drift.windows
    ]
    none = Habits(course.first.lessons, reason=NO_SIDES)
    slope = Figure(reason=course.drift.slope.reason or NO_ROLES)
    drift = replace(course.drift, windows=tuple(windows), slope=slope, line=())
    return replace(course, drift=drift, first=none, second=none, apart={})


def _if_enough(side: Habits, people: set[str]) -> Habits:
    """Heads or advisers alone are a group too: five of them, or nothing is said of their habits."""
    return side if len(people) >= FEWEST_PEOPLE else Habits(side.lessons, reason=SMALL_SIDE)
