"""Certification of a person: where they stand, judging it where it is due, and whose results one may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.certification_rule import Rule
from observe.core.certification_standing import Result, Stand, Standing, result_of, standing
from observe.core.certifying import judge as judge_look
from observe.core.figures_shown import OPEN_AFTER, is_open, nth_of, rests_on_enough
from observe.core.ids import new_id
from observe.core.lesson import Lesson
from observe.core.permissions import Person, RoleKind, Thing, may
from observe.core.rubric import Rubric
from observe.services import certification_lessons, certification_rules, figures
from observe.storage import certifications, history, lessons, opened_figures, people, shelf
from observe.storage.certifications import Behind, Version
from observe.storage.database import NetworkSession

MAY_SEE = "see figures of a person"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands, with all that their page shows; no standing without a rule in force."""

    person_id: UUID
    name: str
    version: Version | None
    rubric: Rubric | None
    standing: Standing | None
    results: Sequence[Result]
    rules: Mapping[int, Rule]
    lessons: Mapping[UUID, Lesson]
    rubrics: Mapping[str, Rubric]
    names: Mapping[UUID, str]


def place_of(session: NetworkSession, person_id: UUID, *, at: datetime) -> Place:
    """Where somebody stands now."""
    version = certifications.in_force(session)
    results = certifications.results_of(session, person_id)
    stands = _standing(session, version, person_id, results, at) if version else None
    counted = stands.lessons if stands else ()
    digests = {each.rubric_digest for each in results} | {c.rubric_digest for c in counted}
    ids = {each.lesson_id for each in counted} | {i for each in results for i in each.lessons}
    return Place(
        person_id=person_id,
        name=people.row_of(session, person_id).name,
        version=version,
        rubric=certification_rules.rubric_of(session, version.rule) if version else None,
        standing=stands,
        results=results[::-1],
        rules={each.number: each.rule for each in certifications.versions(session)},
        lessons={each.id: each for each in lessons.by_ids(session, ids)},
        rubrics={digest: shelf.rubric(session, digest) for digest in digests},
        names=people.names(session, {each.by for each in results}),
    )


def _standing(
    session: NetworkSession,
    version: Version,
    person_id: UUID,
    results: Sequence[Result],
    at: datetime,
) -> Standing:
    seen = certification_lessons.seen(session, version.rule, person_id)
    return standing(version.rule, version.number, seen, results, today=at.date())


def judge(
    session: NetworkSession, person_id: UUID, *, by: Person, at: datetime
) -> Sequence[Result]:
    """Judge every look that is due, one after the other; nothing where none is."""
    version, found = certifications.in_force(session), []
    while version and (result := _next_result(session, version, person_id, by=by, at=at)):
        certifications.keep(session, result)
        _wrote(session, result, by=by, at=at)
        found.append(result)
    if found and by.id == person_id:
        figures.note_opened(session, person_id, at=at)
    return found


def _next_result(
    session: NetworkSession, version: Version, person_id: UUID, *, by: Person, at: datetime
) -> Result | None:
    rule, results = version.rule, certifications.results_of(session, person_id)
    stands = _standing(session, version, person_id, results, at)
    if stands.stand is not Stand.DUE or stands.look is None:
        return None
    seen = stands.lessons[: stands.look]
    return result_of(
        rule,
        version.number,
        stands,
        judge_look(rule, seen, look=stands.look),
        id=new_id(at),
        person_id=person_id,
        chance=certification_lessons.chance(session, rule, person_id, seen),
        by=by.id,
        at=at,
    )


def _wrote(session: NetworkSession, result: Result, *, by: Person, at: datetime) -> None:
    history.wrote(
        session,
        "certification judged",
        "certification_result",
        result.id,
        by=by.id,
        at=at,
        person=str(result.person_id),
        version=result.version,
        look=result.look,
        decision=result.decision,
        clause=result.clause,
    )


def figures_thing(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> Thing:
    """Somebody's figures as permissions see them; Missing for a stranger."""
    people.row_of(session, person_id)
    behind = certifications.behind(session, person_id).get(person_id, Behind())
    schools = opened_figures.headships(session, [person_id]).get(person_id, frozenset())
    opened = figures.opened_at(session, person_id)
    return _thing(session, person_id, behind, schools, opened, by=by, at=at)


def judging_thing(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> Thing:
    """A look at somebody as permissions see it: opened once it has been due for 28 days.

    Until then it is theirs alone, for a person sees their own result first.
    """
    thing = figures_thing(session, person_id, by=by, at=at)
    stands = place_of(session, person_id, at=at).standing
    since = stands.due_since if stands else None
    waited = since is not None and at.date() - since >= OPEN_AFTER
    return replace(thing, opened=thing.opened and waited)


def may_judge(thing: Thing, *, by: Person) -> bool:
    """Whether somebody may judge the look that is due."""
    return may(by, "judge certification", thing)


def _thing(
    session: NetworkSession,
    person_id: UUID,
    behind: Behind,
    schools: frozenset[UUID],
    opened: datetime | None,
    *,
    by: Person,
    at: datetime,
) -> Thing:
    possible = nth_of(behind.moments, FEWEST_LESSONS)
    both = schools & by.schools(RoleKind.ADVISER) or schools
    return Thing(
        network_id=session.network_id,
        author_id=person_id,
        school_id=min(both, default=None),
        opened=is_open(opened, possible, at=at),
        enough=rests_on_enough(len(behind.reveals), len(behind.partners)),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One observer whose result the reader may see; without a result none was judged yet."""

    id: UUID
    name: str
    result: Result | None

    def is_over(self, today: date) -> bool:
        """Whether the certificate has run out."""
        until = self.result.expires_on if self.result else None
        return until is not None and today > until


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
    return Others(_lines(session, shown), len(later))


def _things(session: NetworkSession, *, by: Person, at: datetime) -> Mapping[UUID, Thing]:
    """The figures of everybody else who rated beside somebody."""
    if not by.has(RoleKind.FACILITATOR, RoleKind.ADVISER):
        return {}
    behind = {who: each for who, each in certifications.behind(session).items() if who != by.id}
    schools = opened_figures.headships(session, list(behind))
    opened = opened_figures.opened(session)
    return {
        who: _thing(
            session, who, each, schools.get(who, frozenset()), opened.get(who), by=by, at=at
        )
        for who, each in behind.items()
    }


def _lines(session: NetworkSession, shown: Sequence[UUID]) -> list[Line]:
    names, latest = people.names(session, shown), certifications.latest(session)
    lines = [Line(who, names[who], latest.get(who)) for who in shown]
    return sorted(lines, key=lambda line: line.name.casefold())


def results_shown(
    session: NetworkSession, *, by: Person, at: datetime
) -> Sequence[tuple[str, Result]]:
    """(name, result): one's own results and those of everybody whom one may see, by name and time."""
    seen = [(line.id, line.name) for line in others(session, by=by, at=at).lines]
    everybody = sorted([(by.id, by.name), *seen], key=lambda each: each[1].casefold())
    return [
        (name, result)
        for who, name in everybody
        for result in certifications.results_of(session, who)
    ]
