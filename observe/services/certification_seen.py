"""Whose results of certification somebody may see: their own, and what others opened or 28 days opened."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.certificates import ByHand, Certificate, certificate
from observe.core.certification_standing import Result
from observe.core.permissions import Person, RoleKind, Thing, may
from observe.services.certifying import asked_sources, tells_exercises_only, thing_of
from observe.storage import certificates, certifications, opened_figures, people
from observe.storage.database import NetworkSession

MAY_SEE = "see figures of a person"


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


def others(session: NetworkSession, *, by: Person, at: datetime) -> Others:
    """Whose results a facilitator or an adviser may see; nobody's for others."""
    things = _things(session, by=by, at=at)
    shown = [who for who, thing in things.items() if may(by, MAY_SEE, thing)]
    later = [
        who
        for who, thing in things.items()
        if who not in shown and may(by, MAY_SEE, replace(thing, opened=True, enough=True))
    ]
    return Others(_lines(session, shown, at.date()), len(later))


def _things(session: NetworkSession, *, by: Person, at: datetime) -> Mapping[UUID, Thing]:
    """The figures of everybody else who rated beside somebody."""
    if not by.has(RoleKind.FACILITATOR, RoleKind.ADVISER):
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


def _lines(session: NetworkSession, shown: Sequence[UUID], today: date) -> list[Line]:
    names = people.names(session, shown)
    results = certifications.results_by_person(session, shown)
    by_hand = certificates.latest_by_hand(session, shown)
    lines = [_line(who, names[who], results.get(who, ()), by_hand.get(who), today) for who in shown]
    return sorted(lines, key=lambda line: line.name.casefold())


def _line(
    who: UUID, name: str, results: Sequence[Result], by_hand: ByHand | None, today: date
) -> Line:
    latest = results[-1] if results else None
    return Line(who, name, latest, certificate(results, by_hand, today=today))


def results_shown(
    session: NetworkSession, *, by: Person, at: datetime
) -> Sequence[tuple[str, Result]]:
    """(name, result): one's own results and those of everybody whom one may see, by name and time."""
    shown = _shown(session, by, at)
    found = certifications.results_by_person(session, [who for who, _ in shown])
    return [(name, result) for who, name in shown for result in found.get(who, ())]


def by_hand_shown(
    session: NetworkSession, *, by: Person, at: datetime
) -> Sequence[tuple[str, ByHand]]:
    """(name, what was set by hand) of the same people, the earliest first of each."""
    shown = _shown(session, by, at)
    return [
        (name, said)
        for who, name in shown
        for said in reversed(certificates.by_hand_of(session, who))
    ]


def _shown(session: NetworkSession, by: Person, at: datetime) -> list[tuple[UUID, str]]:
    seen = [(line.id, line.name) for line in others(session, by=by, at=at).lines]
    return sorted([(by.id, by.name), *seen], key=lambda each: each[1].casefold())
