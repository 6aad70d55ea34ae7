"""How far two people agree: their figures, what stands behind them, and what they rest on."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np

from observe.core.agreement.figures import FEWEST_LESSONS, Report
from observe.core.agreement.kept import Cells
from observe.core.agreement.planning import more_lessons
from observe.core.agreement.ratings import PairedRatings
from observe.core.agreement.report import report
from observe.core.errors import Missing
from observe.core.lesson import Lesson
from observe.core.pairing import Cause, LeftOut
from observe.core.permissions import Thing
from observe.core.rubric import Rubric
from observe.core.tapped import counted_in
from observe.core.terms import Term
from observe.core.trend import Trend, trend
from observe.services import rated, together
from observe.services.rated import Alone, Remembered, SameLevel
from observe.services.together import EVERYTHING, Narrowed, Together
from observe.storage import history, lessons, paired_ratings, pairs, people, shelf
from observe.storage.database import NetworkSession
from observe.storage.paired_ratings import Between
from observe.storage.tables.people import FiguresOpened

NARROWER = 0.75

_reports: Remembered[Report] = Remembered(256)
_same: Remembered[SameLevel] = Remembered(1024)


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody with whom one has rated lessons; `same` of the rubric version used most."""

    id: UUID
    name: str
    lessons: int
    left_out: int
    rubrics: int = 0
    same: SameLevel | None = None


def partners(session: NetworkSession, person_id: UUID) -> list[Partner]:
    """Everybody with whom somebody has rated lessons, by name."""
    rows: dict[UUID, list[Between]] = defaultdict(list)
    for row in paired_ratings.of_person(session, person_id):
        rows[row.partner_id].append(row)
    left_out = Counter[UUID]()
    for each in paired_ratings.left_out_of(session, person_id):
        left_out[each.partner_id] += each.lessons
    names = people.names(session, {*rows, *left_out})
    found = [_partner(session, i, n, rows.get(i, []), left_out[i]) for i, n in names.items()]
    return sorted(found, key=lambda partner: partner.name.casefold())


def _partner(
    session: NetworkSession, partner_id: UUID, name: str, rows: Sequence[Between], left_out: int
) -> Partner:
    together = len({row.lesson_id for row in rows})
    known = versions(rows)
    enough = known and known[0].lessons >= FEWEST_LESSONS
    same = _same_level(session, rows) if enough else None
    return Partner(partner_id, name, together, left_out, len(known), same)


def _same_level(session: NetworkSession, rows: Sequence[Between]) -> SameLevel:
    digest = versions(rows)[0].digest
    mine = [row for row in rows if row.rubric_digest == digest]
    ratings = rated.ratings_between(shelf.rubric(session, digest), mine)
    return _same.get(rated.fingerprint(digest, ratings), lambda: rated.same_level(ratings))


@dataclass(frozen=True, slots=True)
class Version:
    """A rubric version with which two people have rated lessons."""

    digest: str
    lessons: int


def versions(rows: Sequence[Between]) -> list[Version]:
    """The rubric versions in these rows, that of most lessons first."""
    used = Counter(digest for digest, _ in {(row.rubric_digest, row.lesson_id) for row in rows})
    return [Version(digest, n) for digest, n in sorted(used.items(), key=lambda v: (-v[1], v[0]))]


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson of two people: on how many pooled criteria they gave the same level, by gap."""

    lesson_id: UUID
    observed_on: date
    gaps: Mapping[int, int]

    @property
    def cells(self) -> int:
        """How many pairs of levels it has."""
        return sum(self.gaps.values())

    @property
    def same(self) -> float:
        """The share of the same level."""
        return self.gaps.get(0, 0) / self.cells


@dataclass(frozen=True, slots=True)
class Gap:
    """One cause of differing: how often it was chosen, and on which criteria most."""

    cause: Cause
    times: int
    mostly: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairFigures:
    """All that the page of two people shows, of one rubric version."""

    partner_id: UUID
    partner: str
    rubric: Rubric
    digest: str
    versions: Sequence[Version]
    titles: Mapping[str, str]
    terms: Sequence[Term]
    schools: Mapping[UUID, str]
    whos: Sequence[str]
    narrowed: Narrowed
    report: Report
    counted: Mapping[str, Cells]
    rows: Sequence[Between]
    lines: Sequence[LessonLine]
    lessons: Mapping[UUID, Lesson]
    left_out: Mapping[LeftOut, int]
    causes: Sequence[Gap]
    causes_by: Mapping[str, Sequence[Gap]]
    trend: Trend | None
    planned: Lesson | None

    @property
    def n(self) -> int:
        """How many lessons both rated."""
        return self.report.lessons

    @property
    def few(self) -> bool:
        """Whether there are too few lessons for any figure."""
        return self.n < FEWEST_LESSONS

    @property
    def narrower(self) -> tuple[int, int] | None:
        """(lessons more, points): what it takes to make the limits a quarter narrower."""
        exact = self.report.pooled.exact
        if exact.low is None or exact.high is None:
            return None
        points = max(1, round(100 * (exact.high - exact.low) / 2 * NARROWER))
        more = more_lessons(exact, lessons=self.report.pooled.n, half_width=points / 100)
        return (more, points) if more else None


def pair_thing(session: NetworkSession, person_id: UUID, *, by: UUID) -> Thing:
    """The figures of two people as permissions see them; Missing if they never rated a lesson."""
    if not paired_ratings.have_met(session, by, person_id):
        raise Missing("You have not rated a lesson together yet.")
    return Thing(network_id=session.network_id, observer_ids=frozenset((by, person_id)))


def with_partner(
    session: NetworkSession,
    me: UUID,
    partner_id: UUID,
    *,
    digest: str = "",
    narrowed: Narrowed = EVERYTHING,
    at: datetime,
) -> PairFigures:
    """The figures of two people, of the version asked for or else of the one used most.

    `narrowed` names a term, a school or as what they observed; one in which the two rated nothing
    is as if it were not asked for.
    """
    rows = paired_ratings.of_person(session, me, partner_id=partner_id)
    known = versions(rows) or _versions_left_out(session, me, partner_id)
    chosen = digest if digest in {each.digest for each in known} else known[0].digest
    both = together.of_two(session, me, partner_id, rows, rubric_digest=chosen)
    return _figures_of(session, (me, partner_id), known, chosen, both, both.known(narrowed), at=at)


def _figures_of(
    session: NetworkSession,
    pair: tuple[UUID, UUID],
    known: Sequence[Version],
    chosen: str,
    both: Together,
    narrowed: Narrowed,
    *,
    at: datetime,
) -> PairFigures:
    rubric, mine = shelf.rubric(session, chosen), both.within(narrowed)
    ratings = rated.ratings_between(rubric, mine, _alone(session, rubric, mine, pair))
    lines = _lines(ratings, mine)
    causes = _causes(session, [line.lesson_id for line in lines])
    return PairFigures(
        partner_id=pair[1],
        partner=pairs.person_name(session, pair[1]),
        rubric=rubric,
        digest=chosen,
        versions=known,
        titles={each.digest: _title(shelf.rubric(session, each.digest)) for each in known},
        terms=both.terms,
        schools=both.schools,
        whos=both.whos,
        narrowed=narrowed,
        report=_reports.get(rated.fingerprint(chosen, ratings), lambda: report(ratings)),
        counted=rated.cells_of(ratings),
        rows=mine,
        lines=lines,
        lessons=both.lessons,
        left_out=both.left_out_within(narrowed),
        causes=_gaps(rubric, causes),
        causes_by=_gaps_by_criterion(causes),
        trend=trend([line.same for line in lines]),
        planned=_planned(session, *pair, at=at),
    )


def _versions_left_out(session: NetworkSession, me: UUID, partner_id: UUID) -> list[Version]:
    """The versions of lessons that do not count, where none does."""
    left = paired_ratings.left_out_of(session, me)
    return [Version(each.rubric_digest, 0) for each in left if each.partner_id == partner_id]


def _alone(
    session: NetworkSession, rubric: Rubric, rows: Sequence[Between], both: tuple[UUID, UUID]
) -> list[Alone]:
    """Levels that only one of the two gave, in the lessons that both rated."""
    together = list(dict.fromkeys(row.lesson_id for row in rows))
    given = pairs.given(session, together, both)
    counted = {whose: counted_in(rubric, record) for whose, record in given.items()}
    return [
        found
        for lesson_id in together
        for found in rated.alone_in(
            rubric, lesson_id, *(counted.get((lesson_id, who), {}) for who in both)
        )
    ]


def _title(rubric: Rubric) -> str:
    return f"{rubric.title}, version {rubric.version}"


def _lines(ratings: PairedRatings, rows: Sequence[Between]) -> list[LessonLine]:
    """Each lesson with its gaps on criteria that can be pooled; rows stand in order of time."""
    pooled = np.array([each.pooled for each in ratings.criteria], dtype=np.bool_)
    gaps = np.abs(ratings.first - ratings.second)
    days = {row.lesson_id: row.observed_on for row in rows}
    return [
        LessonLine(lesson_id, day, Counter(gaps[of].tolist()))
        for number, (lesson_id, day) in enumerate(days.items())
        if (of := (ratings.lesson == number) & pooled[ratings.criterion]).any()
    ]


Causes = Mapping[Cause, Counter[str]]


def _causes(session: NetworkSession, lesson_ids: Sequence[UUID]) -> Causes:
    """How often each cause of differing was chosen, criterion by criterion."""
    found: dict[Cause, Counter[str]] = defaultdict(Counter)
    for cause, criterion, times in paired_ratings.causes(session, lesson_ids):
        found[Cause(str(cause))][criterion] += times
    return found


def _gaps(rubric: Rubric, causes: Causes) -> list[Gap]:
    """Why they differed, the commonest cause first."""
    gaps = [Gap(cause, on.total(), _mostly(rubric, on)) for cause, on in causes.items()]
    return sorted(gaps, key=lambda gap: (-gap.times, gap.cause))


def _gaps_by_criterion(causes: Causes) -> Mapping[str, list[Gap]]:
    """Why they differed on each criterion, the commonest cause first."""
    found: dict[str, list[Gap]] = defaultdict(list)
    for cause, on in causes.items():
        for criterion, times in on.items():
            found[criterion].append(Gap(cause, times, ()))
    return {key: sorted(gaps, key=lambda g: (-g.times, g.cause)) for key, gaps in found.items()}


def _mostly(rubric: Rubric, on: Counter[str]) -> tuple[str, ...]:
    known = [rubric.find(key) for key, _ in on.most_common(2)]
    return tuple(f"{each.code} {each.title}" for each in known if each)


def _planned(session: NetworkSession, me: UUID, partner_id: UUID, *, at: datetime) -> Lesson | None:
    """The next lesson that both are to observe."""
    mine = [pair.lesson_id for pair in pairs.of_person(session, me)]
    coming = [each for each in lessons.by_ids(session, mine) if each.starts_at > at]
    return next((each for each in coming if each.seat_of(partner_id)), None)


def note_opened(session: NetworkSession, person_id: UUID, *, at: datetime) -> None:
    """Keep when somebody first opened their own figures; others may see them from then on."""
    if session.get(FiguresOpened, (session.network_id, person_id)) is None:
        session.add(FiguresOpened(person_id=person_id, at=at))
        history.wrote(session, "figures opened", "person", person_id, by=person_id, at=at)


def opened_at(session: NetworkSession, person_id: UUID) -> datetime | None:
    """When somebody first opened their own figures."""
    found = session.get(FiguresOpened, (session.network_id, person_id))
    return found.at if found else None
