"""Certification of a person: where they stand, and judging it where it is due."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.certificates import ByHand, Certificate, certificate
from observe.core.certification_rule import Rule, Source
from observe.core.certification_standing import (
    Result,
    Standing,
    certified_by,
    recheck_of,
    result_of,
    standing,
)
from observe.core.certifying import LessonSeen
from observe.core.certifying import judge as judge_look
from observe.core.figures_shown import OPEN_AFTER, is_open, nth_of, rests_on_enough
from observe.core.ids import new_id
from observe.core.lesson import Lesson
from observe.core.permissions import Person, RoleKind, Thing, may
from observe.core.rubric import Rubric
from observe.services import (
    certification_exercises,
    certification_lessons,
    certification_rules,
    exercise_results,
    figures,
)
from observe.storage import (
    certificates,
    certifications,
    exercises,
    history,
    lessons,
    opened_figures,
    people,
    shelf,
)
from observe.storage.certifications import Behind, Version
from observe.storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Track:
    """Where somebody stands with lessons, or with exercises, and the rule as it judges these alone."""

    rule: Rule
    standing: Standing

    @property
    def source(self) -> Source:
        """What is judged here."""
        return self.rule.scope.source


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands, with all that their page shows; no tracks without a rule in force.

    `titles` are those of exercises that results or tracks rest on.
    """

    person_id: UUID
    name: str
    version: Version | None
    rubric: Rubric | None
    tracks: Sequence[Track]
    results: Sequence[Result]
    certificate: Certificate
    by_hand: Sequence[ByHand]
    rules: Mapping[int, Rule]
    lessons: Mapping[UUID, Lesson]
    titles: Mapping[UUID, str]
    rubrics: Mapping[str, Rubric]
    names: Mapping[UUID, str]

    @property
    def standing(self) -> Standing | None:
        """The first that has something to decide, else the first; None without a rule in force."""
        every = [track.standing for track in self.tracks]
        return next((each for each in every if each.is_due), every[0] if every else None)


def place_of(session: NetworkSession, person_id: UUID, *, at: datetime) -> Place:
    """Where somebody stands now."""
    version = certifications.in_force(session)
    results = certifications.results_of(session, person_id)
    by_hand = certificates.by_hand_of(session, person_id)
    tracks = _tracks(session, version, person_id, results, at.date()) if version else []
    counted = [each for track in tracks for each in track.standing.lessons]
    digests = {each.rubric_digest for each in results} | {c.rubric_digest for c in counted}
    ids = {each.lesson_id for each in counted} | {i for each in results for i in each.lessons}
    judges = {each.by for each in results} | {each.by for each in by_hand}
    return Place(
        person_id=person_id,
        name=people.row_of(session, person_id).name,
        version=version,
        rubric=certification_rules.rubric_of(session, version.rule) if version else None,
        tracks=tracks,
        results=results[::-1],
        certificate=certificate(results, next(iter(by_hand), None), today=at.date()),
        by_hand=by_hand,
        rules={each.number: each.rule for each in certifications.versions(session)},
        lessons={each.id: each for each in lessons.by_ids(session, ids)},
        titles={each.id: each.title for each in exercises.by_ids(session, ids).values()},
        rubrics={digest: shelf.rubric(session, digest) for digest in digests},
        names=people.names(session, judges),
    )


def _tracks(
    session: NetworkSession,
    version: Version,
    person_id: UUID,
    results: Sequence[Result],
    today: date,
) -> list[Track]:
    """Each source of the rule by itself; whoever is certified stands only where re-checks come from."""
    sources = version.rule.scope.sources
    held = certified_by(results)
    if held and not held.is_over(today):
        sources = (held.source,) if held.source in sources else sources[:1]
    found = []
    for source in sources:
        rule = _rule_for(session, version.rule, source, results)
        seen = _seen(session, rule, person_id)
        stands = standing(rule, version.number, seen, results, today=today)
        found.append(Track(rule, stands))
    return found


def standing_of(
    session: NetworkSession,
    version: Version,
    person_id: UUID,
    results: Sequence[Result],
    today: date,
) -> Standing:
    """Where somebody with these results stands on a day, by the first of what is judged."""
    return _tracks(session, version, person_id, results, today)[0].standing


def _rule_for(
    session: NetworkSession, rule: Rule, source: Source, results: Sequence[Result]
) -> Rule:
    """The rule for one source; of all published exercises those count that ended no attempt."""
    if source is Source.LESSONS or not rule.scope.every_exercise:
        return rule.of_source(source)
    used = {exercise for result in results if result.ends for exercise in result.lessons}
    new = [e for e in certification_exercises.asked(session, rule) if e.id not in used]
    return rule.of_source(source, len(new))


def _seen(session: NetworkSession, rule: Rule, person_id: UUID) -> Sequence[LessonSeen]:
    if rule.scope.source is Source.EXERCISES:
        return certification_exercises.seen(session, rule, person_id)
    return certification_lessons.seen(session, rule, person_id)


def judge(
    session: NetworkSession, person_id: UUID, *, by: Person, at: datetime
) -> Sequence[Result]:
    """Judge every look and re-check that is due, one after the other; nothing where none is."""
    version, found = certifications.in_force(session), []
    while version and (result := _next_result(session, version, person_id, by=by, at=at)):
        certifications.keep(session, result)
        _wrote(session, result, by=by, at=at)
        found.append(result)
    if by.id == person_id:
        _note_opened(session, person_id, {result.source for result in found}, at)
    return found


def _note_opened(
    session: NetworkSession, person_id: UUID, sources: Collection[Source], at: datetime
) -> None:
    """Whoever has seen their own result has opened the figures behind it."""
    if Source.LESSONS in sources:
        figures.note_opened(session, person_id, at=at)
    if Source.EXERCISES in sources:
        exercise_results.note_opened(session, person_id, at=at)


def _next_result(
    session: NetworkSession, version: Version, person_id: UUID, *, by: Person, at: datetime
) -> Result | None:
    results = certifications.results_of(session, person_id)
    tracks = _tracks(session, version, person_id, results, at.date())
    due = next((track for track in tracks if track.standing.is_due), None)
    if due is None:
        return None
    if lesson := due.standing.recheck:
        return recheck_of(
            due.rule,
            version.number,
            due.standing,
            lesson,
            id=new_id(at),
            person_id=person_id,
            by=by.id,
            at=at,
        )
    return _look(session, version.number, due, person_id, by=by, at=at)


def _look(
    session: NetworkSession, number: int, due: Track, person_id: UUID, *, by: Person, at: datetime
) -> Result:
    rule, stands = due.rule, due.standing
    look = stands.look or 0
    seen = stands.lessons[:look]
    of = certification_exercises if due.source is Source.EXERCISES else certification_lessons
    return result_of(
        rule,
        number,
        stands,
        judge_look(rule, seen, look=look),
        id=new_id(at),
        person_id=person_id,
        chance=of.chance(session, rule, person_id, seen),
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
        source=result.source,
        kind=result.kind,
    )


def figures_thing(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> Thing:
    """Somebody's figures as permissions see them; Missing for a stranger."""
    people.row_of(session, person_id)
    behind = certifications.behind(session, person_id).get(person_id, Behind())
    latest = next(iter(certifications.results_of(session, person_id)[::-1]), None)
    sources = asked_sources(session)
    if latest and tells_exercises_only(latest, sources, rated=bool(behind.reveals)):
        return exercise_results.figures_thing(session, person_id, by=by, at=at)
    schools = opened_figures.headships(session, [person_id]).get(person_id, frozenset())
    opened = figures.opened_at(session, person_id)
    return thing_of(session, person_id, behind, schools, opened, by=by, at=at)


def asked_sources(session: NetworkSession) -> frozenset[Source]:
    """What the rule in force judges; nothing without one."""
    version = certifications.in_force(session)
    return frozenset(version.rule.scope.sources) if version else frozenset()


def tells_exercises_only(latest: Result, asked: Collection[Source], *, rated: bool) -> bool:
    """Whether all that is told of somebody with this latest result is about exercises.

    So it is of whoever `rated` beside nobody, and while the rule judges nothing else.
    """
    of_exercises = latest.source is Source.EXERCISES
    return of_exercises and (not rated or Source.LESSONS not in asked)


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


def thing_of(
    session: NetworkSession,
    person_id: UUID,
    behind: Behind,
    schools: frozenset[UUID],
    opened: datetime | None,
    *,
    by: Person,
    at: datetime,
) -> Thing:
    """Somebody's figures over lessons, with what stands behind them."""
    possible = nth_of(behind.moments, FEWEST_LESSONS)
    both = schools & by.schools(RoleKind.ADVISER) or schools
    return Thing(
        network_id=session.network_id,
        author_id=person_id,
        school_id=min(both, default=None),
        opened=is_open(opened, possible, at=at),
        enough=rests_on_enough(len(behind.reveals), len(behind.partners)),
    )
