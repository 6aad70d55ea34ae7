"""The programmes of the demonstration: a year of the heads, half way through, and a head who trains."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.permissions import Person, Role, RoleKind
from observe.core.programme import Programme
from observe.core.workshop import WorkshopWish
from observe.services import programme_beginning, programme_members, programme_settings, workshops
from observe.services.demo import calendar
from observe.services.demo.cast import JOINED_LAST, SCHOOLS, ZONE, Cast, Member
from observe.storage import programmes
from observe.storage.database import NetworkSession

YEAR, CASCADE = "a-year-of-observing-well", "training-team-leaders"
BEGAN, TRAINS_SINCE = timedelta(weeks=20), timedelta(weeks=8)
LONGER = timedelta(days=10)
AFTERNOON, THREE_HOURS = time(13, 30), timedelta(hours=3)
PART = ("paired", "second-workshop", "visits")
MISSED = slice(4, 6)
FIRST = "Two clips of six minutes, noted apart and laid side by side."
SECOND = "The criteria on which we still differ most, and how to give them back to a teacher."


@dataclass(frozen=True, slots=True)
class _Group:
    """A programme that was taken up, by whom, and where its workshops are held."""

    session: NetworkSession
    id: UUID
    programme: Programme
    began: date
    by: Person
    place: str

    def joins(self, who: Iterable[Member], stages: tuple[str, ...]) -> None:
        """More people, for a part."""
        for member in who:
            programme_members.add_member(
                self.session, self.id, member.id, stages=stages, by=self.by, at=_noon(self.began)
            )

    def longer(self, stage: str, *, until: date) -> None:
        """More time for a stage."""
        first = programmes.stage_row(self.session, self.id, stage).opens_on
        at = _noon(self.began + timedelta(weeks=12))
        days = {"opens_on": first, "due_on": until}
        programme_settings.change_dates(self.session, self.id, stage, by=self.by, at=at, **days)

    def met(self, stage: str, about: str, *, today: date) -> tuple[UUID, datetime]:
        """A workshop in the first days of its stage; its id, and when it ended."""
        days = programmes.stage_row(self.session, self.id, stage)
        wished = days.opens_on + timedelta(weeks=2, days=2)
        last = min(days.due_on, today - timedelta(days=1))
        return self._held(stage, about, school_day(wished, days.opens_on, last))

    def meets(self, stage: str, about: str, *, today: date) -> tuple[UUID, datetime]:
        """A workshop in the days to come, within its stage; its id, and when it ends."""
        due = programmes.stage_row(self.session, self.id, stage).due_on
        wished = today + timedelta(days=9)
        return self._held(stage, about, school_day(wished, today + timedelta(days=1), due))

    def _held(self, stage: str, about: str, day: date) -> tuple[UUID, datetime]:
        """On that day; a stage that would be over by then is given the time."""
        if programmes.stage_row(self.session, self.id, stage).due_on < day:
            self.longer(stage, until=day + LONGER)
        wish, at = self._wish(stage, about, day), _noon(self.began)
        return workshops.plan(self.session, self.id, wish, by=self.by, at=at), wish.ends_at

    def _wish(self, stage: str, about: str, day: date) -> WorkshopWish:
        begins = datetime.combine(day, AFTERNOON, ZoneInfo(ZONE)).astimezone(UTC)
        (title,) = (each.title for each in self.programme.stages if each.stage == stage)
        return WorkshopWish(
            title=title,
            stage=stage,
            about=about,
            place=self.place,
            starts_at=begins,
            ends_at=begins + THREE_HOURS,
        )

    def came(
        self, held: UUID, who: Iterable[Member], missed: Iterable[Member], at: datetime
    ) -> None:
        """Who was there, said at the end."""
        said = {each.id: True for each in who} | {each.id: False for each in missed}
        workshops.say_who_came(self.session, held, said, by=self.by, at=at)


def write(session: NetworkSession, cast: Cast, *, at: datetime) -> None:
    """What a facilitator leads, and what the head of the first school does."""
    _year(session, cast, at)
    _cascade(session, cast, at)


def first_day(now: datetime) -> date:
    """The Monday on which the heads' programme began: twenty weeks before."""
    return _monday((now - BEGAN).date())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _year(session: NetworkSession, cast: Cast, at: datetime) -> None:
    """A workshop behind it and one ahead; the schools that joined last join a part."""
    heads = [school.head for school in cast.schools[:SCHOOLS]]
    whole, part = heads[:-JOINED_LAST], heads[-JOINED_LAST:]
    leads = cast.facilitators[0]
    by = Person(leads.id, session.network_id, leads.name, (Role(RoleKind.FACILITATOR),))
    group = _begin(session, YEAR, first_day(at), whole, by, f"{cast.schools[0].name}, hall")
    group.joins(part, PART)
    held, ended = group.met("first-workshop", FIRST, today=at.date())
    group.came(held, whole, whole[MISSED], ended)
    group.meets("second-workshop", SECOND, today=at.date())
    group.longer("practice", until=at.date() + LONGER)


def _cascade(session: NetworkSession, cast: Cast, at: datetime) -> None:
    """The head of the first school trains the team leaders there."""
    school = cast.schools[0]
    head = school.head
    by = Person(head.id, session.network_id, head.name, (Role(RoleKind.HEAD, school.id),))
    day = _monday((at - TRAINS_SINCE).date())
    group = _begin(session, CASCADE, day, school.leaders, by, f"{school.name}, staff room")
    held, ended = group.met("first-workshop", FIRST, today=at.date())
    group.came(held, school.leaders, (), ended)


def _begin(
    session: NetworkSession, key: str, day: date, who: Iterable[Member], by: Person, place: str
) -> _Group:
    (programme,) = (each for each in programme_beginning.shipped() if each.programme == key)
    begun = programme_beginning.take_into_use(
        session,
        programme,
        starts_on=day,
        members=[member.id for member in who],
        by=by,
        at=_noon(day),
    )
    return _Group(session, begun, programme, day, by, place)


def school_day(wished: date, first: date, last: date) -> date:
    """The school day within these nearest to the one wished; the next after them where there is none."""
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    fitting = [day for day in days if calendar.is_school_day(day)]
    return min(fitting, key=lambda day: abs(day - wished), default=next(calendar.after(last)))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
