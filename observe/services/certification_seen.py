"""Whose results of certification somebody may see: their own, and what others opened or 28 days opened."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.certificates import ByHand, Certificate, certificate
from observe.core.certification_standing import Result
from observe.core.permissions import OBSERVERS, Person, RoleKind, Thing, may
from observe.core.rubric import Rubric
from observe.services import who_plans
from observe.services.certifying import asked_sources, tells_exercises_only, thing_of
from observe.storage import certificates, certifications, opened_figures, people, shelf, staff
from observe.storage.database import NetworkSession

MAY_SEE = "see figures of a person"
SEES_OTHERS = (RoleKind.FACILITATOR, RoleKind.ADVISER)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Of which observers results are asked for: of a school, in a role, judged with a rubric version."""

    school_id: UUID | None = None
    role: RoleKind | None = None
    rubric_digest: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether not everybody is asked for."""
        return self != EVERYBODY


EVERYBODY = Narrowed()


@dataclass(frozen=True, slots=True)
class Choices:
    """To what a reader can narrow results: schools by name, and the rubric versions that judged."""

    schools: Mapping[UUID, str]
    rubrics: Mapping[str, Rubric]


@dataclass(frozen=True, slots=True)
class Line:
    """One observer whose result the reader may see; without a result none was judged yet."""

    id: UUID
    name: str
    result: Result | None
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Others:
    """The observers whose results one may see, by name, and how many are not shown yet."""

    lines: Sequence[Line]
    hidden: int


def choices(session: NetworkSession, *, by: Person) -> Choices | None:
    """To what a facilitator or an adviser can narrow results; None for whoever sees only their own."""
    if not by.has(*SEES_OTHERS):
        return None
    rubrics = {digest: shelf.rubric(session, digest) for digest in certifications.digests(session)}
    return Choices({each.id: each.name for each in who_plans.schools(session, by)}, rubrics)


def others(
    session: NetworkSession, *, by: Person, at: datetime, narrowed: Narrowed = EVERYBODY
) -> Others:
    """Whose results a facilitator or an adviser may see; nobody's for others."""
    wanted = _wanted(session, narrowed)
    every = _things(session, by=by, at=at)
    things = {who: each for who, each in every.items() if wanted is None or who in wanted}
    shown = [who for who, thing in things.items() if may(by, MAY_SEE, thing)]
    later = [
        who
        for who, thing in things.items()
        if who not in shown and may(by, MAY_SEE, replace(thing, opened=True, enough=True))
    ]
    return Others(_lines(session, shown, at.date(), narrowed.rubric_digest), len(later))


def _wanted(session: NetworkSession, narrowed: Narrowed) -> Collection[UUID] | None:
    """Who is of the school and in the role that are asked for; None for everybody."""
    if narrowed.school_id is None and narrowed.role is None:
        return None
    roles = [narrowed.role] if narrowed.role else OBSERVERS
    places = [narrowed.school_id] if narrowed.school_id else None
    return {each.id for each in staff.of_schools(session, roles, places)}


def _things(session: NetworkSession, *, by: Person, at: datetime) -> Mapping[UUID, Thing]:
    """The figures of everybody else who rated beside somebody."""
    if not by.has(*SEES_OTHERS):
        return {}
    behind = {who: each for who, each in certifications.behind(session).items() if who != by.id}
    schools = opened_figures.headships(session, list(behind))
    opened = opened_figures.opened(session)
    things = {
        who: thing_of(
            session, who, each, schools.get(who, frozenset()), opened.get(who), by=by, at=at
        )
        for who, each in behind.items()
    }
    return things | _by_exercises(session, behind, by)


def _by_exercises(
    session: NetworkSession, behind: Collection[UUID], by: Person
) -> dict[UUID, Thing]:
    """Those of whom exercises alone are told: a result is there only once it was theirs for long enough."""
    sources, latest = asked_sources(session), certifications.latest(session)
    found = {
        who: result
        for who, result in latest.items()
        if who != by.id and tells_exercises_only(result, sources, rated=who in behind)
    }
    schools = opened_figures.headships(session, list(found))
    return {
        who: Thing(
            network_id=session.network_id,
            author_id=who,
            school_id=min(_shared(schools.get(who, frozenset()), by), default=None),
            opened=True,
            enough=result.look >= FEWEST_LESSONS,
        )
        for who, result in found.items()
    }


def _shared(schools: frozenset[UUID], by: Person) -> frozenset[UUID]:
    """The schools that an adviser has in common with somebody, or all of theirs."""
    return schools & by.schools(RoleKind.ADVISER) or schools


def _lines(session: NetworkSession, shown: Sequence[UUID], today: date, digest: str) -> list[Line]:
    """A line for each, or only for those who were judged with a rubric version."""
    names = people.names(session, shown)
    results = certifications.results_by_person(session, shown)
    by_hand = certificates.latest_by_hand(session, shown)
    lines = [
        _line(who, names[who], results.get(who, ()), by_hand.get(who), today, digest)
        for who in shown
    ]
    fitting = [line for line in lines if line.result or not digest]
    return sorted(fitting, key=lambda line: line.name.casefold())


def _line(
    who: UUID,
    name: str,
    results: Sequence[Result],
    by_hand: ByHand | None,
    today: date,
    digest: str,
) -> Line:
    fitting = _with_rubric(results, digest)
    latest = fitting[-1] if fitting else None
    return Line(who, name, latest, certificate(results, by_hand, today=today))


def _with_rubric(results: Sequence[Result], digest: str) -> Sequence[Result]:
    return [each for each in results if digest in ("", each.rubric_digest)]


def results_shown(
    session: NetworkSession, *, by: Person, at: datetime, narrowed: Narrowed = EVERYBODY
) -> Sequence[tuple[str, Result]]:
    """(name, result): one's own results and those of everybody whom one may see, by name and time."""
    shown, digest = _shown(session, by, at, narrowed), narrowed.rubric_digest
    found = certifications.results_by_person(session, [who for who, _ in shown])
    return [
        (name, result) for who, name in shown for result in _with_rubric(found.get(who, ()), digest)
    ]


def by_hand_shown(
    session: NetworkSession, *, by: Person, at: datetime, narrowed: Narrowed = EVERYBODY
) -> Sequence[tuple[str, ByHand]]:
    """(name, what was set by hand) of the same people, the earliest first of each."""
    shown = _shown(session, by, at, narrowed)
    return [
        (name, said)
        for who, name in shown
        for said in reversed(certificates.by_hand_of(session, who))
    ]


def _shown(
    session: NetworkSession, by: Person, at: datetime, narrowed: Narrowed
) -> list[tuple[UUID, str]]:
    lines = others(session, by=by, at=at, narrowed=narrowed).lines
    wanted = _wanted(session, narrowed)
    mine = [(by.id, by.name)] if wanted is None or by.id in wanted else []
    found = [*mine, *((line.id, line.name) for line in lines)]
    return sorted(found, key=lambda each: each[1].casefold())
