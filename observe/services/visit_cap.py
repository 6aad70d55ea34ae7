"""How often a teacher is visited in a school year, and how often the school wants that at most."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.errors import Invalid, Missing
from observe.core.lesson import Lesson
from observe.core.permissions import Person, Thing
from observe.core.planner import Visits
from observe.core.terms import school_year
from observe.services import who_plans
from observe.services.lesson_wish import Choices, Fault, Wish
from observe.storage import history, rubrics, teacher_visits
from observe.storage.database import NetworkSession
from observe.storage.tables.people import School
from observe.storage.teacher_visits import VISIT

LONGEST_REASON = 500
MOST = 50


def left(
    session: NetworkSession, teacher_ids: Collection[UUID], at: datetime
) -> Mapping[UUID, int | None]:
    """How many more visits each of these teachers has in the school year of `at`, never below 0.

    None where no school of the teacher has a cap; of several schools the one with the fewest left.
    """
    return {
        teacher_id: min((each.left for each in found if each.left is not None), default=None)
        for teacher_id, found in teacher_visits.of_teachers(session, teacher_ids, at).items()
    }


def of_choices(
    session: NetworkSession, offered: Choices, at: datetime, *, but: UUID | None = None
) -> Mapping[UUID, Visits]:
    """The visits of each teacher who can be chosen, in the school year of `at`."""
    teachers = [each.id for each in offered.teachers]
    return teacher_visits.at_school(session, offered.school.id, teachers, at, but=but)


def passed(
    session: NetworkSession, offered: Choices, wish: Wish, now: Lesson | None = None
) -> Visits | None:
    """The visits of a teacher for whom this lesson is one too many; None if it is not.

    A lesson of theirs that is only changed stays one of those they had.
    """
    if now and _counts_already(now, wish):
        return None
    if rubrics.row(session, wish.rubric_digest).kind != VISIT:
        return None
    visits = teacher_visits.at_school(
        session,
        offered.school.id,
        [wish.teacher_id],
        wish.starts_at,
        but=now.id if now else None,
    )[wish.teacher_id]
    return visits if visits.full else None


def _counts_already(now: Lesson, wish: Wish) -> bool:
    """Whether the lesson as it is now is a visit to that teacher in that school year."""
    day = wish.starts_at.astimezone(ZoneInfo(now.zone)).date()
    same_year = school_year(now.day) == school_year(day)
    return same_year and now.kind == VISIT and now.teacher_id == wish.teacher_id


def faults(
    session: NetworkSession, offered: Choices, wish: Wish, now: Lesson | None = None
) -> Iterator[Fault]:
    """One visit too many needs a reason, and a head or facilitator to give it."""
    published = {version.digest for version in offered.rubrics}
    visits = passed(session, offered, wish, now) if wish.rubric_digest in published else None
    if visits is None:
        return
    had = f"This teacher has {visits.made} of {visits.cap} visits this year."
    if not offered.may_pass_cap:
        yield "teacher", f"{had} One more needs the head or a facilitator. {_who(session, offered)}"
    elif not wish.over_cap:
        yield "over_cap", f"{had} Say in a line why there is one more."
    elif len(wish.over_cap) > LONGEST_REASON:
        yield "over_cap", f"Keep the reason under {LONGEST_REASON} letters."


def _who(session: NetworkSession, offered: Choices) -> str:
    heads = who_plans.heads(session, offered.school.id)
    return f"Ask {who_plans.one_of(heads)}." if heads else ""


def thing(session: NetworkSession, school_id: UUID) -> Thing:
    """A school as permissions see it; Missing where there is none."""
    _school(session, school_id)
    return Thing(network_id=session.network_id, school_id=school_id)


def of_school(session: NetworkSession, school_id: UUID) -> tuple[str, int | None]:
    """The name of a school, and how many visits a year a teacher has there at most."""
    school = _school(session, school_id)
    return school.name, school.visit_cap


def set_for(
    session: NetworkSession, school_id: UUID, cap: int | None, *, by: Person, at: datetime
) -> None:
    """Set how many visits a year a teacher of a school has at most; None for as many as come."""
    if cap is not None and not 1 <= cap <= MOST:
        raise Invalid(f"Give a number from 1 to {MOST}, or none at all.", field="cap")
    school = _school(session, school_id)
    if school.visit_cap == cap:
        return
    before, school.visit_cap = school.visit_cap, cap
    history.wrote(
        session, "visit cap set", "school", school_id, by=by.id, at=at, before=before, after=cap
    )


def _school(session: NetworkSession, school_id: UUID) -> School:
    school = session.get(School, (session.network_id, school_id))
    if school is None:
        raise Missing("There is no such school among yours.")
    return school
