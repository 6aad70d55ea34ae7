"""The term as a plan: week by week which lessons there are, how far they are, and what is short."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.lesson import Lesson
from observe.core.observation import RecordState
from observe.core.pairing import PairState
from observe.core.permissions import OBSERVERS, WHOLE_SCHOOL, Person, RoleKind, Thing, may
from observe.core.planner import Standing, standing_of
from observe.core.terms import Term, term_after, term_before, term_named, term_of
from observe.core.time_of_day import midnight
from observe.services import who_plans
from observe.storage import lessons, staff, term_lessons
from observe.storage.database import NetworkSession
from observe.storage.lessons import Reach
from observe.storage.staff import TAUGHT_BY, Named, Place
from observe.storage.term_lessons import CANCELLED, Asked

MOST = 400
LISTED = 150
MOST_PEOPLE = 250
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: a term by its key, a school, a person, a day of the week to be open.

    Each may be left out; without a term it is the one of that day.
    """

    term: str = ""
    school_id: UUID | None = None
    person_id: UUID | None = None
    week: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """One lesson of the plan: how far it is, whether whoever looks may change it, whether it is over."""

    lesson: Lesson
    standing: Standing
    may_change: bool
    over: bool

    @property
    def alone(self) -> bool:
        """Whether one person observes it."""
        return len(self.lesson.observers) < 2


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the term with its lessons; `free_day` is the first school day that is still to come."""

    monday: date
    lessons: tuple[PlannedLesson, ...]
    free_day: date | None
    this_week: bool

    @property
    def over(self) -> tuple[PlannedLesson, ...]:
        """The lessons of this week that are over."""
        return tuple(each for each in self.lessons if each.over)

    @property
    def to_come(self) -> tuple[PlannedLesson, ...]:
        """Its lessons that go on or are still to come."""
        return tuple(each for each in self.lessons if not each.over)


@dataclass(frozen=True, slots=True)
class Half:
    """A half of the term with those of its weeks that are over, and whether a week of it is asked for."""

    first_day: date
    last_day: date
    weeks: tuple[Week, ...]
    asked_for: bool

    @property
    def lessons(self) -> int:
        """How many lessons these weeks had."""
        return sum(len(week.lessons) for week in self.weeks)


@dataclass(frozen=True, slots=True)
class Short:
    """Observers with whom nobody observes in a half of the term; `now` where today is in it."""

    first_day: date
    last_day: date
    now: bool
    people: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class TermPlan:
    """A term as somebody may see it, and what they can narrow it to.

    `full` says that there are more lessons than a page lists; cancelled ones are not in `total`.
    """

    term: Term
    terms: tuple[Term, ...]
    wanted: Wanted
    schools: tuple[Place, ...]
    observers: tuple[Named, ...]
    teachers: tuple[Named, ...]
    weeks: tuple[Week, ...]
    total: int
    full: bool
    short: Short | None
    counts: Mapping[UUID, Mapping[str, int]]
    today: date

    @property
    def coming_days(self) -> bool:
        """Whether the term has days that are still to come."""
        return self.term.last_day >= self.today

    @property
    def past_halves(self) -> tuple[Half, ...]:
        """The weeks that are over, by the half of the term in which they began."""
        halves = self.term.halves
        second = halves[1][0]
        past = [week for week in self.weeks if week.monday < _monday(self.today)]
        weeks = (
            tuple(week for week in past if week.monday < second),
            tuple(week for week in past if week.monday >= second),
        )
        return tuple(
            Half(*half, of_half, self.open_week in {week.monday for week in of_half})
            for half, of_half in zip(halves, weeks, strict=True)
            if of_half
        )

    @property
    def open_week(self) -> date | None:
        """The Monday of the week that is asked for."""
        return _monday(self.wanted.week) if self.wanted.week else None

    @property
    def coming_weeks(self) -> tuple[Week, ...]:
        """This week and those to come."""
        return tuple(week for week in self.weeks if week.monday >= _monday(self.today))

    @property
    def school(self) -> Place | None:
        """The school to which the plan is narrowed, or the only one there is."""
        if len(self.schools) == 1:
            return self.schools[0]
        return next((each for each in self.schools if each.id == self.wanted.school_id), None)


def of_term(
    session: NetworkSession, wanted: Wanted, *, by: Person, zone: str, at: datetime
) -> TermPlan:
    """The plan of a term for somebody: their schools', their teams' and their own lessons."""
    today = at.astimezone(ZoneInfo(zone)).date()
    term = _term(wanted, today)
    schools = tuple(who_plans.schools(session, by))
    wanted = _within(wanted, schools)
    asked = _asked(term, wanted, ZoneInfo(zone))
    counts = term_lessons.counts(session, asked) if _looks_everywhere(by, wanted) else {}
    counted = sum(sum(states.values()) for states in counts.values())
    listed = [] if counted > LISTED else _listed(session, asked, by=by, at=at)
    people = _people(session, wanted, schools, by=by)
    return TermPlan(
        term=term,
        terms=_terms(term, today),
        wanted=wanted,
        schools=schools,
        observers=people[0],
        teachers=people[1],
        weeks=() if counted > LISTED else _weeks(term, listed, today),
        total=_not_cancelled(counts, listed),
        full=len(listed) >= MOST,
        short=_short(session, term, wanted, people[0], zone=ZoneInfo(zone), today=today),
        counts=counts,
        today=today,
    )


def _term(wanted: Wanted, today: date) -> Term:
    """The term that is named or of the week; today's where it is none, or where no term is near it."""
    try:
        found = term_named(wanted.term) if wanted.term else term_of(wanted.week or today)
    except (ValueError, OverflowError):
        return term_of(today)
    return found if abs(found.first_day.year - today.year) <= MOST_YEARS else term_of(today)


def _terms(chosen: Term, today: date) -> tuple[Term, ...]:
    """The terms one can go to, in order: those around today and around the chosen one."""
    around = [
        near
        for each in (term_of(today), chosen)
        for near in (term_before(each), each, term_after(each))
    ]
    return tuple(sorted(set(around)))


def _within(wanted: Wanted, schools: Sequence[Place]) -> Wanted:
    """What is asked for, without a school that is not this person's to plan for."""
    known = wanted.school_id in {each.id for each in schools}
    return wanted if known else replace(wanted, school_id=None)


def _asked(term: Term, wanted: Wanted, zone: ZoneInfo) -> Asked:
    since, until = term.mondays()[0], term.mondays()[-1] + timedelta(weeks=1)
    first, last = max(since, term.first_day), min(until, term.last_day + timedelta(days=1))
    return Asked(midnight(first, zone), midnight(last, zone), wanted.school_id, wanted.person_id)


def _not_cancelled(
    counts: Mapping[UUID, Mapping[str, int]], listed: Sequence[PlannedLesson]
) -> int:
    """How many lessons the term has, whether they were counted or are listed."""
    if not counts:
        return sum(each.standing is not Standing.CANCELLED for each in listed)
    states = (state for each in counts.values() for state in each.items())
    return sum(times for state, times in states if state != CANCELLED)


def _looks_everywhere(by: Person, wanted: Wanted) -> bool:
    """Whether somebody looks at all schools at once."""
    narrowed = wanted.school_id or wanted.person_id
    return by.has(RoleKind.FACILITATOR) and not narrowed


def _listed(
    session: NetworkSession, asked: Asked, *, by: Person, at: datetime
) -> list[PlannedLesson]:
    reach = Reach(
        schools=by.schools(*WHOLE_SCHOOL),
        teams=by.teams(RoleKind.LEADER),
        observer_id=by.id,
        everywhere=by.has(RoleKind.FACILITATOR),
    )
    ids = term_lessons.ids(session, reach, asked, most=MOST)
    states = lessons.pair_states(session, ids)
    return [_planned(each, states.get(each.id), by, at) for each in lessons.by_ids(session, ids)]


def _planned(lesson: Lesson, pair: PairState | None, by: Person, at: datetime) -> PlannedLesson:
    changeable = not lesson.fixed and not lesson.cancelled_at
    allowed = changeable and may(by, "change lesson", _thing(lesson, by))
    return PlannedLesson(lesson, standing_of(lesson, pair), allowed, lesson.ends_at <= at)


def _thing(lesson: Lesson, by: Person) -> Thing:
    """The lesson as permissions see it, without asking for it once more."""
    seats = (seat for seat in lesson.seats if seat.state != RecordState.WITHDRAWN)
    return Thing(
        network_id=by.network_id,
        school_id=lesson.school_id,
        team_id=lesson.team_id,
        teacher_id=lesson.teacher_id,
        observer_ids=frozenset(seat.person_id for seat in seats),
        planned_by=lesson.planned_by,
    )


def _weeks(term: Term, listed: Sequence[PlannedLesson], today: date) -> tuple[Week, ...]:
    of_week: dict[date, list[PlannedLesson]] = defaultdict(list)
    for each in listed:
        of_week[_monday(each.lesson.day)].append(each)
    return tuple(_week(term, monday, of_week[monday], today) for monday in term.mondays())


def _week(term: Term, monday: date, listed: list[PlannedLesson], today: date) -> Week:
    first = max(monday, term.first_day, today)
    to_come = first <= min(monday + timedelta(days=4), term.last_day)
    this_week = monday == _monday(today)
    return Week(monday, tuple(listed), first if to_come else None, this_week)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _people(
    session: NetworkSession, wanted: Wanted, schools: Sequence[Place], *, by: Person
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Observers and teachers of the chosen school, or of all that this person plans for."""
    everywhere = _looks_everywhere(by, Wanted(school_id=wanted.school_id))
    places = None if everywhere else _places(wanted, schools, by)
    observers = staff.of_schools(session, OBSERVERS, places)
    if by.has(*OBSERVERS) and by.id not in {each.id for each in observers}:
        observers = [*observers, Named(by.id, by.name)]
    teachers = [] if everywhere else _teachers(session, places or [], schools, by=by)
    known = {each.id for each in observers}
    return tuple(observers), tuple(each for each in teachers if each.id not in known)


def _teachers(
    session: NetworkSession, places: Sequence[UUID], schools: Sequence[Place], *, by: Person
) -> list[Named]:
    """Who is taught by at these schools, and in the teams that somebody leads elsewhere."""
    teams = by.teams(RoleKind.LEADER)
    led = [
        teacher
        for school in schools
        if teams and school.id not in places
        for teacher in staff.teachers(session, school.id, teams=teams)
    ]
    found = {*staff.of_schools(session, TAUGHT_BY, places), *led}
    return sorted(found, key=lambda each: each.name)


def _places(wanted: Wanted, schools: Sequence[Place], by: Person) -> list[UUID]:
    if wanted.school_id:
        return [wanted.school_id]
    whole = by.schools(*WHOLE_SCHOOL)
    return [each.id for each in schools if each.id in whole]


def _short(
    session: NetworkSession,
    term: Term,
    wanted: Wanted,
    observers: Sequence[Named],
    *,
    zone: ZoneInfo,
    today: date,
) -> Short | None:
    """Who is short in the half of the term that is going on or comes next; None once it is over."""
    half = next((half for half in term.halves if half[1] >= today), None)
    if half is None:
        return None
    asked = [each for each in observers if wanted.person_id in (None, each.id)]
    since, until = midnight(half[0], zone), midnight(half[1] + timedelta(days=1), zone)
    paired = term_lessons.paired(session, since, until, [each.id for each in asked])
    alone = tuple(each for each in asked if each.id not in paired)
    return Short(*half, now=half[0] <= today, people=alone)
