"""When people are free: their weekly free times, their days away, and what they have promised."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from observe.core import planner
from observe.storage import free_times
from observe.storage.database import NetworkSession


def free_between(
    session: NetworkSession, person_ids: Collection[UUID], first_day: date, last_day: date
) -> Sequence[date]:
    """Days from Monday to Friday, both ends included, on which all of these people are free.

    Nobody observes a lesson or is away that day, and all have a half day of the week in common; whoever
    never said which half days are free is free on all of them.
    """
    found = free_times.availability(session, person_ids, first_day, last_day)
    return planner.common_days(found.values(), first_day, last_day)
