"""What stands beside the fields of a lesson: visits of each teacher, free days, and who is away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.lesson import Lesson
from observe.core.observation import RecordState
from observe.core.planner import Doubt, Visits
from observe.core.typed import day_in, id_in
from observe.services import certificates, plan_hints, visit_cap
from observe.services.lesson_wish import OBSERVER_FIELDS, Choices, Wish
from observe.storage.database import NetworkSession
from observe.storage.free_times import Taught
from observe.web import certificate_words
from observe.web.capture.lesson_form import Typed
from observe.web.database import now
from observe.web.words import gettext as _

FEWEST_PLACES = 3
NEAR = timedelta(days=500)
TAPS = ("ask", "day", "taught")


@dataclass(frozen=True, slots=True)
class Place:
    """One field for an observer: who is chosen, by id and name, and whether they have begun."""

    field: str
    value: str = ""
    name: str = ""
    begun: bool = False


def is_asked(typed: Typed) -> bool:
    """Whether somebody only asked for free days, or chose one, and does not plan yet."""
    return any(tap in typed for tap in TAPS)


def beside(
    session: NetworkSession, offered: Choices, typed: Typed, *, lesson: Lesson | None = None
) -> dict[str, Any]:
    """What a form shows beside its fields, by the names that the templates use."""
    visits = _visits(session, offered, typed, lesson)
    return {
        "teachers": [
            (each.id, _with_visits(each.name, visits[each.id])) for each in offered.teachers
        ],
        "hints": plan_hints.hints(
            session,
            offered.school,
            observer_ids=_observers(offered, typed, lesson),
            teacher_id=_teacher(offered, typed),
            near=_day(typed),
            at=now(),
        ),
        "observer_places": _places(typed, lesson),
        "certified": _certified(session, offered),
    }


def _certified(session: NetworkSession, offered: Choices) -> Mapping[UUID, str]:
    """To which day each of those who can be chosen is certified, in words; nothing without certificates."""
    ids = [each.id for each in (*offered.observers, *offered.visitors)]
    shown = certificates.shown(session, ids, today=now().date())
    return {who: certificate_words.words(held, shown.today) for who, held in shown.held.items()}


def _visits(
    session: NetworkSession, offered: Choices, typed: Typed, lesson: Lesson | None
) -> Mapping[UUID, Visits]:
    """In the school year of the day that is typed, this one not counted."""
    day, zone = _day(typed), ZoneInfo(offered.school.zone)
    at = datetime.combine(day, time(12), zone) if day else now()
    return visit_cap.of_choices(session, offered, at, but=lesson.id if lesson else None)


def _day(typed: Typed) -> date | None:
    """The day that is typed, if it is one for which lessons are planned."""
    day = day_in(typed.get("date", ""))
    return day if day and abs(day - now().date()) <= NEAR else None


def _with_visits(name: str, visits: Visits) -> str:
    if visits.cap is None:
        return name
    told = {"name": name, "made": visits.made, "cap": visits.cap}
    if visits.made > visits.cap:
        return _("%(name)s (%(made)s of %(cap)s visits this year: more than is wanted)", **told)
    if visits.full:
        return _("%(name)s (%(made)s of %(cap)s visits this year: none left)", **told)
    return _("%(name)s (%(made)s of %(cap)s visits this year)", **told)


def _teacher(offered: Choices, typed: Typed) -> UUID | None:
    """Who was chosen among those who can be: of others nobody learns here when they teach or are away."""
    chosen = id_in(typed.get("teacher", ""))
    return chosen if chosen in {each.id for each in offered.teachers} else None


def _observers(offered: Choices, typed: Typed, lesson: Lesson | None) -> list[UUID]:
    """Those chosen who can be, or who observe already."""
    known = {each.id for each in (*offered.observers, *offered.visitors)}
    known |= {seat.person_id for seat in lesson.observers} if lesson else set()
    found = (id_in(typed.get(field, "")) for field in OBSERVER_FIELDS)
    return [each for each in found if each and each in known]


def _places(typed: Typed, lesson: Lesson | None) -> list[Place]:
    """Whoever has begun first, then who is chosen, then empty ones; three or more."""
    seats = {str(seat.person_id): seat for seat in lesson.observers} if lesson else {}
    begun = [key for key, seat in seats.items() if seat.state != RecordState.PLANNED]
    chosen = [typed[f] for f in OBSERVER_FIELDS if typed.get(f) and typed[f] not in begun]
    values = [*begun, *chosen] + [""] * (FEWEST_PLACES - len(begun) - len(chosen))
    return [
        Place(field, value, seats[value].name if value in seats else "", value in begun)
        for field, value in zip(OBSERVER_FIELDS, values, strict=False)
    ]


def taken(session: NetworkSession, offered: Choices, typed: Typed) -> Typed:
    """What was typed with the tap in it: a free day, or a lesson that the teacher teaches."""
    if day := typed.get("day"):
        return {**typed, "date": day}
    teacher_id, taught_id = id_in(typed.get("teacher", "")), id_in(typed.get("taught", ""))
    if teacher_id is None or taught_id is None:
        return typed
    found = beside(session, offered, typed)["hints"]
    chosen = next((each for each in found.taught if each.id == taught_id), None)
    return {**typed, **_of_taught(chosen, found.days)} if chosen else typed


def _of_taught(lesson: Taught, days: tuple[date, ...]) -> dict[str, str]:
    """The fields of a lesson of the week, on the first free day that is its weekday."""
    fitting = (day.isoformat() for day in days if day.weekday() == lesson.weekday)
    day = next(fitting, "")
    return {
        "time": f"{lesson.begins_at:%H:%M}",
        "minutes": str(lesson.minutes),
        "class": str(lesson.class_id or ""),
        "subject": lesson.school_subject,
    } | ({"date": day} if day else {})


def doubts(
    session: NetworkSession, offered: Choices, wish: Wish, typed: Typed, *, but: UUID | None = None
) -> list[Doubt]:
    """Who may not be there, unless whoever plans said that it is to be all the same."""
    if typed.get("sure"):
        return []
    return plan_hints.doubts(session, offered.school, wish, but=but)
