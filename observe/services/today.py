"""What waits for somebody today."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.lesson import Lesson
from observe.core.pairing import PairState
from observe.core.permissions import WHOLE_SCHOOL, Person, RoleKind
from observe.core.reflections import Reflection
from observe.core.time_of_day import midnight
from observe.services import coaching_feedback, joining, precedents, programme_today, reflecting
from observe.services.joining import Offer
from observe.services.precedents import Beside
from observe.storage import desk, lessons, reminders, shelf, summaries
from observe.storage.database import NetworkSession
from observe.storage.desk import SummaryDue
from observe.storage.lessons import Reach
from observe.storage.reminders import OpenTarget

MOST_RULES = 2
WEEKEND = timedelta(days=2)
MOST = 100


@dataclass(frozen=True, slots=True)
class LookFor:
    """What to look for in a lesson: the teacher's targets, and rules that its observers agreed."""

    targets: tuple[OpenTarget, ...] = ()
    rules: tuple[Beside, ...] = ()
    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Desk:
    """An observer's day: what comes, and what waits."""

    next: Lesson | None = None
    look_for: LookFor = field(default_factory=LookFor)
    to_try: tuple[Reflection, ...] = ()
    this_week: tuple[Lesson, ...] = ()
    further: tuple[Lesson, ...] = ()
    unfinished: tuple[Lesson, ...] = ()
    to_compare: tuple[Lesson, ...] = ()
    partner_waits: tuple[Lesson, ...] = ()
    wait_for_partner: tuple[Lesson, ...] = ()
    to_write: tuple[SummaryDue, ...] = ()
    to_read: int = 0
    to_join: tuple[Offer, ...] = ()
    coaching: coaching_feedback.Waiting = field(default_factory=coaching_feedback.Waiting)
    programme: programme_today.Glance = field(default_factory=programme_today.Glance)

    @property
    def waiting(self) -> bool:
        """Whether anything waits for this person."""
        waiting = (self.unfinished, self.to_compare, self.to_write, self.to_read, self.to_join)
        return any(waiting) or self.coaching.any


def desk_of(session: NetworkSession, person: Person, *, at: datetime) -> Desk:
    """What comes for an observer, soonest first, and what waits, longest first."""
    mine = lessons.by_ids(session, desk.open_lessons(session, person.id))
    open_ = [each for each in mine if each.seat_of(person.id)]
    coming = [lesson for lesson in open_ if lesson.ends_at > at]
    first, rest = (coming[0], coming[1:]) if coming else (None, [])
    return Desk(
        next=first,
        look_for=look_for(session, first) if first else LookFor(),
        to_try=to_try(session, first, person) if first else (),
        this_week=tuple(each for each in rest if each.starts_at < _week_end(each, at)),
        further=tuple(each for each in rest if each.starts_at >= _week_end(each, at)),
        unfinished=tuple(each for each in open_ if each.ends_at <= at),
        to_compare=_pairs(session, person, PairState.REVEALED),
        partner_waits=tuple(each for each in open_ if each.fixed),
        wait_for_partner=_wait_for_partner(session, person),
        to_write=tuple(desk.summaries_due(session, person.id)),
        to_read=_to_read(session, person),
        to_join=joining.offers(session, by=person, at=at),
        coaching=coaching_feedback.waiting(session, person, at=at),
        programme=programme_today.glance(session, person, at=at),
    )


def look_for(session: NetworkSession, lesson: Lesson) -> LookFor:
    """The targets of a lesson's teacher, and the newest rules that its observers agreed together."""
    rules = precedents.beside(session, [lesson.rubric_digest])[lesson.rubric_digest]
    watched = reminders.observers_of(session, [rule.lesson_id for rule in rules])
    shared = shared_rules(lesson, rules, watched)
    targets = reminders.open_targets(session, lesson.teacher_id)
    titles = shelf.titles(session, lesson.rubric_digest) if shared else {}
    return LookFor(tuple(targets), shared, titles)


def to_try(session: NetworkSession, lesson: Lesson, person: Person) -> tuple[Reflection, ...]:
    """What an observer wanted to try next time, before a lesson of a pair that they have not sealed."""
    seat = lesson.seat_of(person.id)
    waits = seat is not None and seat.takes_part and not seat.sealed and not lesson.cancelled_at
    beside = waits and lesson.partners_of(person.id)
    return reflecting.to_try(session, person.id) if beside else ()


def shared_rules(
    lesson: Lesson, rules: Iterable[Beside], watched: Mapping[UUID, Collection[UUID]]
) -> tuple[Beside, ...]:
    """Of rules, the newest first, two that all observers of this lesson agreed together."""
    who = {seat.person_id for seat in lesson.observers}
    shared = (rule for rule in rules if who <= set(watched[rule.lesson_id]))
    return tuple(islice(shared, MOST_RULES))


def week_of_network(session: NetworkSession, zone: str, *, at: datetime) -> dict[str, int]:
    """How many lessons of this week stand where, for a facilitator."""
    monday = _monday(at, ZoneInfo(zone))
    return reminders.week_counts(session, monday, monday + timedelta(days=7))


def _monday(at: datetime, zone: ZoneInfo) -> datetime:
    today = at.astimezone(zone).date()
    return midnight(today - timedelta(days=today.weekday()), zone)


def _week_end(lesson: Lesson, at: datetime) -> datetime:
    """Next Monday; on a weekend the Monday after, for then the next week is near."""
    return _monday(at + WEEKEND, ZoneInfo(lesson.zone)) + timedelta(days=7)


def _pairs(session: NetworkSession, person: Person, state: PairState) -> tuple[Lesson, ...]:
    return tuple(lessons.by_ids(session, desk.pairs_in(session, person.id, state)))


def _wait_for_partner(session: NetworkSession, person: Person) -> tuple[Lesson, ...]:
    """Lessons whose pair is under way although this person has sealed."""
    under_way = _pairs(session, person, PairState.UNDER_WAY)
    return tuple(lesson for lesson in under_way if _mine_is_done(lesson, person.id))


def _mine_is_done(lesson: Lesson, person_id: UUID) -> bool:
    seat = lesson.seat_of(person_id)
    return seat is not None and seat.sealed


def _to_read(session: NetworkSession, person: Person) -> int:
    """How many summaries wait for this person's reading."""
    return len(summaries.waiting_for(session, person))


@dataclass(frozen=True, slots=True)
class Around:
    """Lessons that somebody answers for: those to come, and past ones that wait for a record."""

    coming: tuple[Lesson, ...]
    unfinished: tuple[Lesson, ...]


def around(session: NetworkSession, person: Person, *, at: datetime) -> Around:
    """Lessons of one's schools or teams and one's own: three weeks ahead, eight weeks back."""
    reach = Reach(
        schools=person.schools(*WHOLE_SCHOOL),
        teams=person.teams(RoleKind.LEADER),
        observer_id=person.id,
        everywhere=person.has(RoleKind.FACILITATOR),
    )
    since, until = at - timedelta(weeks=8), at + timedelta(weeks=3)
    coming = lessons.within(session, reach, at, until, unfinished=False, most=MOST)
    late = lessons.within(session, reach, since, at, unfinished=True, most=MOST)
    return Around(tuple(coming), tuple(late))
