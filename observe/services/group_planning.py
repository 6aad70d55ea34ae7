"""How many lessons are enough: until figures are sure, and until teachers can be told apart."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from observe.core.agreement.counts import MANY_LESSONS
from observe.core.agreement.generalizability import (
    ENOUGH,
    LESSON,
    TEACHER,
    GStudy,
    Need,
    g_study,
    needed,
    reliability,
    visits_of,
)
from observe.core.agreement.ratings import LongRatings
from observe.core.agreement.report import Report
from observe.core.groups import FEWEST_PEOPLE
from observe.core.pairing import Cause
from observe.core.rubric import Rubric
from observe.services import rated
from observe.services.agreement_plan import POOLED, Aim, aim_of
from observe.services.figures import Gap
from observe.services.group_figures import GroupFigures
from observe.services.rated import Remembered
from observe.storage import group_lessons, group_ratings
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import RatedPair

FEW_TEACHERS = "fewer than 5 teachers"
SEVERAL = (1, 2, 3)
LESSONS_DRAWN = 12

_studies: Remembered[GStudy] = Remembered(32)


@dataclass(frozen=True, slots=True)
class Aims:
    """What it takes over all criteria, by figure, and on each criterion for the same level."""

    pooled: Sequence[Aim]
    criteria: Sequence[Aim]


def aims(report: Report, *, half_width: float, criterion: str = "") -> Aims:
    """How many lessons bring each figure's limits to this half-width (.1 of a share or of a level).

    Of one criterion they are its own figures, and there is none criterion by criterion.
    """
    if criterion:
        one = report.of(criterion)
        return Aims([aim_of(name, one.n, getattr(one, name), half_width) for name in POOLED], [])
    pooled = report.pooled
    return Aims(
        [aim_of(name, pooled.n, getattr(pooled, of), half_width) for name, of in POOLED.items()],
        [aim_of(e.criterion.key, e.n, e.exact, half_width) for e in report.criteria if e.n],
    )


@dataclass(frozen=True, slots=True)
class Course:
    """How reliable a teacher's mean becomes with so many observers: (lessons in all, Phi) in order."""

    observers: int
    points: Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Visiting:
    """What a visit says of its teacher, what it takes to rely on a mean, and how it comes about."""

    study: GStudy
    needed: Sequence[Need]
    courses: Sequence[Course]

    @property
    def shares(self) -> Sequence[tuple[tuple[str, ...], float, bool]]:
        """(what varies, its share of all that varies, whether it was set to 0) of each part."""
        whole = sum(each.variance for each in self.study.components)
        parts = self.study.components if whole else ()
        return [(each.facets, each.variance / whole, each.negative) for each in parts]

    @property
    def teachers_differ(self) -> bool:
        """Whether anything that varies is the teacher's."""
        return any(e.variance > 0 for e in self.study.components if e.facets == (TEACHER,))


def visiting(
    session: NetworkSession, found: GroupFigures, *, criterion: str = ""
) -> Visiting | None:
    """The G-study and D-study of a group; None where it may not be shown or is too large to read.

    Over all criteria that are pooled and not held back, or on one of them. Teachers are people too:
    of fewer than five nothing is said.
    """
    report, selection = found.report, found.selection
    if report is None or not report.pooled.criteria or report.lessons > MANY_LESSONS:
        return None
    stamp = group_ratings.sums(session, selection.rubric_digest)
    study = _studies.get(
        (session.network_id, selection, found.held_back, criterion, stamp),
        lambda: _of_enough_teachers(_study(session, found, criterion)),
    )
    return Visiting(study, needed(study.components, target=ENOUGH), _courses(study))


def _of_enough_teachers(study: GStudy) -> GStudy:
    if study.reason or study.teachers >= FEWEST_PEOPLE:
        return study
    return replace(study, components=(), reason=FEW_TEACHERS)


def _study(session: NetworkSession, found: GroupFigures, criterion: str) -> GStudy:
    pairs = group_ratings.rated_pairs(session, found.selection)
    taught = group_lessons.teachers(session, found.selection)
    lessons = list(dict.fromkeys(pair.lesson for pair in pairs))
    teacher = rated.integers(rated.numbered(taught[lesson] for lesson in lessons))
    silent = found.held_back | _all_but(found.rubric, criterion)
    return g_study(visits_of(long_ratings(found.rubric, pairs, but=silent), teacher))


def _all_but(rubric: Rubric, criterion: str) -> frozenset[str]:
    """All criteria but the one that was asked for; none where none was."""
    keys = (each.key for each in rated.rated_criteria(rubric))
    return frozenset(key for key in keys if criterion not in ("", key))


def long_ratings(
    rubric: Rubric, pairs: Sequence[RatedPair], *, but: Set[str] = frozenset()
) -> LongRatings:
    """Each rating of the pairs once, lessons and observers by number in the order of first sight."""
    criteria = rated.rated_criteria(rubric)
    place = {each.key: number for number, each in enumerate(criteria) if each.key not in but}
    rows = {
        (pair.lesson, observer, criterion, occasion): level
        for pair in pairs
        for observer, levels in ((pair.observer_a, pair.first), (pair.observer_b, pair.second))
        for criterion, occasion, level in zip(
            pair.rated.criteria, pair.rated.occasions, levels, strict=True
        )
        if criterion in place
    }
    lessons, observers, keys, occasions = zip(*rows, strict=True) if rows else ((),) * 4
    seen = {
        pair.lesson: number for number, pair in enumerate({p.lesson: p for p in pairs}.values())
    }
    return LongRatings(
        criteria=criteria,
        observers=tuple(dict.fromkeys(observers)),
        lesson=rated.integers(seen[lesson] for lesson in lessons),
        observer=rated.integers(rated.numbered(observers)),
        criterion=rated.integers(place[key] for key in keys),
        occasion=rated.integers(rated.numbered(occasions)),
        level=rated.integers(rows.values()),
    )


def _courses(study: GStudy) -> list[Course]:
    """How a mean becomes reliable, where a study saw teachers more than once."""
    if not any(LESSON in each.facets for each in study.components):
        return []
    found = (Course(observers, tuple(_course(study, observers))) for observers in SEVERAL)
    return [course for course in found if course.points]


def _course(study: GStudy, observers: int) -> Iterator[tuple[int, float]]:
    for each in range(1, LESSONS_DRAWN // observers + 1):
        phi = reliability(study.components, observers=observers, lessons_each=each).absolute
        if phi is not None:
            yield observers * each, phi


def causes(session: NetworkSession, found: GroupFigures, criterion: str) -> list[Gap]:
    """Why people of a group differed on one criterion, the commonest cause first."""
    counted = group_lessons.causes(session, found.selection, criterion)
    gaps = [Gap(Cause(cause), times, ()) for cause, times in counted]
    return sorted(gaps, key=lambda gap: (-gap.times, gap.cause))
