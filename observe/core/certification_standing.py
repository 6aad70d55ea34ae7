"""Where somebody stands under the rule in force: which lessons count now, and what comes next."""

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from observe.core.agreement.figures import FEWEST_LESSONS
from observe.core.certification_rule import DecideBy, Rule, Source
from observe.core.certifying import (
    Clause,
    Decision,
    Evidence,
    Judgement,
    LessonSeen,
    Recheck,
    counting,
    judge,
)


class Kind(StrEnum):
    """What was judged: the lessons of an attempt, or one lesson of somebody who is certified."""

    LOOK = "look"
    RECHECK = "re-check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one look came to, as it is kept: it is never judged again.

    Shares are None for fewer than 5 lessons, where only `points` of `cells` may be told.
    """

    id: UUID
    person_id: UUID
    version: int
    attempt: int
    look: int
    decision: Decision
    clause: Clause
    criterion: str
    rubric_digest: str
    lessons: tuple[UUID, ...]
    last_day: date
    cells: int
    points: float
    next_look: int | None
    expires_on: date | None
    by: UUID
    at: datetime
    share: float | None = None
    low: float | None = None
    high: float | None = None
    probability: float | None = None
    chance: float | None = None
    source: Source = Source.LESSONS
    kind: Kind = Kind.LOOK

    @property
    def ends(self) -> bool:
        """Whether the attempt is over with it."""
        over = self.decision is not Decision.MORE or self.clause is Clause.LAST_LOOK
        return over or self.kind is Kind.RECHECK

    def is_over(self, today: date) -> bool:
        """Whether a certificate that it gave has run out."""
        return self.expires_on is not None and today > self.expires_on


class Stand(StrEnum):
    """Where somebody stands."""

    GATHERING = "more lessons are needed"
    DUE = "a look is due"
    PASSED = "certified"
    WAITING = "training until a day"
    SPENT = "no attempt is left"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands on a day; `lessons` count now, the earliest first.

    `look` is the next look, `until` the last day of a certificate or the first after the wait, and
    `recheck_in` the lessons before a re-check is due (0: the next is one; None: there is none).
    `recheck` is the lesson by which a certificate is to be kept or lost.
    """

    stand: Stand
    attempt: int
    lessons: tuple[LessonSeen, ...]
    look: int | None = None
    until: date | None = None
    recheck_in: int | None = None
    last: Result | None = None
    source: Source = Source.LESSONS
    recheck: LessonSeen | None = None

    @property
    def is_due(self) -> bool:
        """Whether there is something to decide."""
        return self.stand is Stand.DUE or self.recheck is not None

    @property
    def missing(self) -> int:
        """How many lessons are missing until the next look."""
        return max((self.look or 0) - len(self.lessons), 0)

    @property
    def due_since(self) -> date | None:
        """The day of the lesson with which the decision fell due."""
        if self.recheck:
            return self.recheck.observed_on
        if self.stand is not Stand.DUE or self.look is None:
            return None
        return self.lessons[self.look - 1].observed_on


def certified_by(results: Iterable[Result]) -> Result | None:
    """The last pass, unless a later re-check took it; whether it has run out is not asked."""
    asked = [r for r in results if r.decision is Decision.PASS or r.kind is Kind.RECHECK]
    return asked[-1] if asked and asked[-1].decision is Decision.PASS else None


def standing(
    rule: Rule,
    version: int,
    lessons: Sequence[LessonSeen],
    results: Sequence[Result],
    *,
    today: date,
) -> Standing:
    """Where somebody stands who has rated these lessons and has these results, the earliest first.

    The rule is that of one source, and so are the lessons; the results are of both.
    """
    held = certified_by(results)
    if held and not held.is_over(today):
        return _certified(rule, lessons, held, results)
    mine = [result for result in results if result.source is rule.scope.source]
    return _in_attempt(rule, version, lessons, mine, after=results, today=today)


def _certified(
    rule: Rule, lessons: Sequence[LessonSeen], held: Result, results: Sequence[Result]
) -> Standing:
    since = _since(rule, lessons, held)
    asks = _asks_recheck(rule, since)
    left = None if rule.recheck_every is None else max(rule.recheck_every - 1 - len(since), 0)
    return Standing(
        Stand.PASSED,
        _next_attempt(results),
        since,
        until=held.expires_on,
        recheck_in=left,
        last=held,
        source=rule.scope.source,
        recheck=asks,
    )


def _since(rule: Rule, lessons: Iterable[LessonSeen], held: Result) -> tuple[LessonSeen, ...]:
    """The lessons after those that gave a certificate, of all rubric versions, the earliest first."""
    later = [
        replace(each, cells=cells)
        for each in lessons
        if each.lesson_id not in held.lessons and each.observed_on >= held.last_day
        if (cells := counting(rule, each.cells))
    ]
    return _in_order(later)


def _in_order(lessons: Iterable[LessonSeen]) -> tuple[LessonSeen, ...]:
    return tuple(sorted(lessons, key=lambda each: (each.observed_on, each.lesson_id)))


def _asks_recheck(rule: Rule, since: Sequence[LessonSeen]) -> LessonSeen | None:
    """The first lesson that is a re-check: planned as one, or the n-th or later that may be one."""
    every = rule.recheck_every
    if every is None:
        return None
    checks = (
        each
        for number, each in enumerate(since, start=1)
        if each.recheck is Recheck.PLANNED or (each.recheck is Recheck.WHEN_DUE and number >= every)
    )
    return next(checks, None)


def _next_attempt(results: Sequence[Result]) -> int:
    """Attempts are numbered as they begin, whatever they judge."""
    return max((result.attempt for result in results), default=0) + 1


def _in_attempt(
    rule: Rule,
    version: int,
    lessons: Sequence[LessonSeen],
    results: Sequence[Result],
    *,
    after: Sequence[Result],
    today: date,
) -> Standing:
    """Where somebody without a certificate stands; `results` are of this source, `after` all."""
    last = results[-1] if results else None
    going_on = last is not None and not _is_last(rule, last)
    attempt = last.attempt if last and going_on else _next_attempt(after)
    open_ = _open(rule, lessons, results, today)
    bare = Standing(Stand.SPENT, attempt, open_, last=last, source=rule.scope.source)
    if _spent(rule, version, results):
        return bare
    until = _wait_of(rule, last)
    if until and today < until:
        return replace(bare, stand=Stand.WAITING, until=until)
    look = rule.next_look(last.look if last and going_on else 0)
    due = look is not None and len(open_) >= look
    return replace(bare, stand=Stand.DUE if due else Stand.GATHERING, look=look)


def _is_last(rule: Rule, result: Result) -> bool:
    """Whether an attempt is over, also because a changed rule has no later look."""
    return result.ends or rule.next_look(result.look) is None


def _spent(rule: Rule, version: int, results: Sequence[Result]) -> bool:
    """Whether every attempt since the last pass was used; another version of the rule begins anew."""
    since = max((n for n, r in enumerate(results) if r.decision is Decision.PASS), default=-1)
    used = sum(_uses_up(r) and r.version == version for r in results[since + 1 :])
    return rule.attempts is not None and used >= rule.attempts


def _uses_up(result: Result) -> bool:
    return result.ends and result.kind is Kind.LOOK


def _wait_of(rule: Rule, last: Result | None) -> date | None:
    """From when lessons count of somebody who trains again: those before show no training."""
    if last is None or last.decision is not Decision.TRAIN:
        return None
    return last.at.date() + timedelta(days=rule.wait_days)


def _open(
    rule: Rule, lessons: Sequence[LessonSeen], results: Sequence[Result], today: date
) -> tuple[LessonSeen, ...]:
    """The lessons of the attempt that goes on, the earliest first: none that ended another."""
    ended = [r for r in results if r.ends or (r is results[-1] and _is_last(rule, r))]
    used = {lesson for result in ended for lesson in result.lessons}
    first = _first_day(rule, ended, today)
    new = [
        replace(each, cells=cells)
        for each in lessons
        if each.lesson_id not in used and each.observed_on >= first
        if (cells := counting(rule, each.cells))
    ]
    going_on = results[-1].rubric_digest if results and results[-1] not in ended else ""
    digest = going_on or _most_used(new)
    return _in_order(each for each in new if each.rubric_digest == digest)


def _first_day(rule: Rule, ended: Sequence[Result], today: date) -> date:
    """The first day whose lessons count: after what was judged, after the wait, inside the window."""
    days = [date.min]
    if ended:
        days += [ended[-1].last_day, _wait_of(rule, ended[-1]) or date.min]
    if rule.window_days is not None:
        days.append(today - timedelta(days=rule.window_days - 1))
    return max(days)


def _most_used(lessons: Iterable[LessonSeen]) -> str:
    """The rubric version of most lessons: levels of two versions are never put together."""
    used = Counter(each.rubric_digest for each in lessons)
    return max(used, key=lambda digest: (used[digest], digest), default="")


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def result_of(
    rule: Rule,
    version: int,
    stands: Standing,
    judgement: Judgement,
    *,
    id: UUID,
    person_id: UUID,
    chance: float,
    by: UUID,
    at: datetime,
) -> Result:
    """The record of a look."""
    seen, found = stands.lessons[: judgement.look], judgement.evidence
    bare = Result(
        id=id,
        person_id=person_id,
        version=version,
        attempt=stands.attempt,
        look=judgement.look,
        decision=judgement.decision,
        clause=judgement.clause,
        criterion=judgement.criterion,
        rubric_digest=seen[0].rubric_digest,
        lessons=tuple(each.lesson_id for each in seen),
        last_day=seen[-1].observed_on,
        cells=found.cells,
        points=found.points,
        next_look=rule.next_look(judgement.look),
        expires_on=_expiry(rule, judgement, at.date()),
        by=by,
        at=at,
        source=stands.source,
    )
    return bare if len(seen) < FEWEST_LESSONS else _with_shares(bare, rule, found, chance)


def _with_shares(result: Result, rule: Rule, found: Evidence, chance: float) -> Result:
    low, high = found.limits
    by_probability = rule.decide_by is DecideBy.PROBABILITY
    return replace(
        result,
        share=found.share,
        low=low,
        high=high,
        probability=found.probability(rule.threshold) if by_probability else None,
        chance=chance,
    )


def _expiry(rule: Rule, judgement: Judgement, today: date) -> date | None:
    if judgement.decision is not Decision.PASS or rule.expiry_months is None:
        return None
    return months_after(today, rule.expiry_months)


def recheck_of(
    rule: Rule,
    version: int,
    stands: Standing,
    lesson: LessonSeen,
    *,
    id: UUID,
    person_id: UUID,
    by: UUID,
    at: datetime,
) -> Result:
    """The record of a re-check: the certificate is kept and begins anew, or more lessons are needed.

    One lesson shows no share. Where the rule decides by probability or limits, it is lost only where
    this one lesson makes it as sure as the rule asks.
    """
    found = judge(rule.recheck, [lesson], look=1)
    kept = found.decision is not Decision.TRAIN
    decided = replace(found, decision=Decision.PASS if kept else Decision.MORE)
    alone = replace(stands, lessons=(lesson,))
    told = result_of(
        rule, version, alone, decided, id=id, person_id=person_id, chance=0, by=by, at=at
    )
    return replace(told, kind=Kind.RECHECK, next_look=None if kept else rule.next_look(0))
