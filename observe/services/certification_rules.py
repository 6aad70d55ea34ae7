"""The network's rule of certification: putting one in force, ending it, and how often it errs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import prod
from uuid import UUID

from observe.core.certification_odds import CELLS, TRUE_HIGH, TRUE_LOW, Odds, odds
from observe.core.certification_rule import Fault, Rule, Source, as_json, faults, from_json
from observe.core.errors import Invalid, Stale
from observe.core.permissions import Person
from observe.core.rubric import Rubric
from observe.services import certification_exercises, group_figures
from observe.services.certification_lessons import cells_a_lesson
from observe.services.rated import Remembered
from observe.storage import certifications, group_ratings, history, people, rubrics, shelf
from observe.storage.certifications import Version
from observe.storage.database import NetworkSession
from observe.storage.rubrics import Published
from observe.storage.tables.certification import CertificationRule

STALE = "Somebody changed the rule meanwhile. Look at the one in force, then change it again."

_odds: Remembered["Errs"] = Remembered(256)


@dataclass(frozen=True, slots=True)
class Errs:
    """How often a rule lets somebody pass who should not, and the other way round, by one source.

    `lost_low` and `lost_high` are how often one re-check takes their certificate; None without re-checks.
    """

    cells: int
    low: Odds
    high: Odds
    source: Source = Source.LESSONS
    lost_low: float | None = None
    lost_high: float | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of the rule with the names of who put it in force and who ended it."""

    version: Version
    by: str
    ended_by: str
    results: int


def errs(session: NetworkSession, rule: Rule) -> Sequence[Errs]:
    """How often this rule errs with lessons and with exercises, each as many criteria as here.

    Nothing of exercises where all that are published are asked and they are too few.
    """
    found = (_rule_of(session, rule, source) for source in rule.scope.sources)
    return [errs_of(each, _cells(session, each)) for each in found if each.looks]


def _rule_of(session: NetworkSession, rule: Rule, source: Source) -> Rule:
    """The rule for one source, as somebody meets it who begins now."""
    asks_all = source is Source.EXERCISES and rule.scope.every_exercise
    published = len(certification_exercises.asked(session, rule)) if asks_all else 0
    return rule.of_source(source, published)


def errs_of(rule: Rule, cells: int) -> Errs:
    """How often the rule of one source errs with so many criteria a lesson; worked out once."""
    return _odds.get((rule, cells), lambda: _errs_of(rule, cells))


def _errs_of(rule: Rule, cells: int) -> Errs:
    low, high = (odds(rule, true, cells=cells) for true in (TRUE_LOW, TRUE_HIGH))
    source = rule.scope.source
    if rule.recheck_every is None:
        return Errs(cells, low, high, source)
    lost = [odds(rule.recheck, true, cells=cells).sent_back for true in (TRUE_LOW, TRUE_HIGH)]
    return Errs(cells, low, high, source, *lost)


def by_either(found: Sequence[Errs]) -> tuple[float, float] | None:
    """How often somebody passes by lessons or by exercises: a true .75, a true .85; None for one way."""
    if len(found) < 2:
        return None
    lows, highs = ([1 - getattr(e, side).passed for e in found] for side in ("low", "high"))
    return 1 - prod(lows), 1 - prod(highs)


def _cells(session: NetworkSession, rule: Rule) -> int:
    """The criteria a lesson of the rule's rubric, or of the one used most; 16 where none fits."""
    if rule.scope.source is Source.EXERCISES:
        found = certification_exercises.cells_an_exercise(session, rule)
    else:
        digest = _digest_of(session, rule)
        found = cells_a_lesson(session, rule, digest) if digest else 0
    return found or CELLS


def _digest_of(session: NetworkSession, rule: Rule) -> str:
    if rule.scope.rubric:
        newest = rubrics.newest(session, rule.scope.rubric)
        return newest.digest if newest else ""
    return next((digest for digest, _ in group_ratings.versions(session)), "")


def rubric_of(session: NetworkSession, rule: Rule) -> Rubric | None:
    """The newest version of the rubric that a rule names; None where it names none."""
    digest = _digest_of(session, rule) if rule.scope.rubric else ""
    return shelf.rubric(session, digest) if digest else None


def kept(session: NetworkSession) -> Sequence[Kept]:
    """Every version there was, the newest first."""
    found = certifications.versions(session)
    counts = certifications.counts_of_results(session)
    ids = {each.by for each in found} | {each.ended_by for each in found if each.ended_by}
    names = people.names(session, ids)
    return [
        Kept(each, names[each.by], _name(names, each.ended_by), counts.get(each.number, 0))
        for each in found
    ]


def _name(names: Mapping[UUID, str], person_id: UUID | None) -> str:
    return names[person_id] if person_id else ""


def faults_of(session: NetworkSession, rule: Rule) -> list[Fault]:
    """All that is wrong with a rule here: in itself, and with the rubrics of this network."""
    return faults(rule) + _faults_of_rubric(session, rule)


def _faults_of_rubric(session: NetworkSession, rule: Rule) -> list[Fault]:
    if not rule.scope.rubric:
        return []
    newest = rubrics.newest(session, rule.scope.rubric)
    if newest is None:
        return [Fault("rubric", "Choose a rubric from the list.")]
    if not cells_a_lesson(session, rule, newest.digest):
        return [Fault("rubric", "No criterion of this rubric has as many levels as the rule asks.")]
    known = {criterion.criterion for criterion in shelf.rubric(session, newest.digest).criteria()}
    strange = [f.criterion for f in rule.floors if f.criterion and f.criterion not in known]
    return [Fault("own_floors", f"This rubric has no criterion {key}.") for key in strange]


def put_in_force(
    session: NetworkSession, rule: Rule, *, expected: int, by: Person, at: datetime
) -> int:
    """A new version of the rule, which judges from now on and never again; its number.

    `expected` is the newest version that was seen (0 for none). The same rule once more changes nothing.
    """
    wrong = faults_of(session, rule)
    if wrong:
        raise Invalid(wrong[0].sentence, field=wrong[0].part)
    newest = _newest(session, expected)
    number = newest.version if newest else 0
    if newest is not None and newest.ended_at is None:
        if from_json(newest.body) == rule:
            return number
        newest.ended_by, newest.ended_at = by.id, at
    row = CertificationRule(version=number + 1, body=as_json(rule), by=by.id, at=at)
    session.add(row)
    session.flush()
    _wrote(session, "certification rule put in force", row.version, by, at, name=rule.name)
    return row.version


def end(session: NetworkSession, *, expected: int, by: Person, at: datetime) -> None:
    """Take the rule out of force: what was judged stays, nothing more is judged."""
    newest = _newest(session, expected)
    if newest is not None and newest.ended_at is None:
        newest.ended_by, newest.ended_at = by.id, at
        _wrote(session, "certification rule ended", newest.version, by, at)


def _newest(session: NetworkSession, expected: int) -> CertificationRule | None:
    newest = certifications.newest(session)
    if (newest.version if newest else 0) != expected:
        raise Stale(STALE)
    return newest


def _wrote(
    session: NetworkSession, did: str, version: int, by: Person, at: datetime, **details: str
) -> None:
    history.wrote(session, did, "certification_rule", str(version), by=by.id, at=at, **details)


def luck(session: NetworkSession) -> tuple[float | None, float | None]:
    """What luck alone gives in the network: the same level, and at most one apart; None if not shown."""
    found = group_figures.of_group(session)
    if found is None or found.report is None:
        return None, None
    pooled = found.report.pooled
    return pooled.exact.chance, pooled.within_one.chance


def offered(session: NetworkSession) -> Sequence[Published]:
    """The rubrics that a rule may be about, by title."""
    return rubrics.offered(session)


def rubrics_by_key(session: NetworkSession) -> Mapping[str, Rubric]:
    """The newest version of each rubric, by its key."""
    return {each.rubric: shelf.rubric(session, each.digest) for each in offered(session)}
