"""How often a teacher is visited in a school year, and how often the school wants that at most."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from observe.storage import teacher_visits
from observe.storage.database import NetworkSession


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
