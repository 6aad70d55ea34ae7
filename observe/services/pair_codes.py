"""Six letters that two tablets share: lessons made apart, without network, become one pair."""

from datetime import datetime
from uuid import UUID

from observe.services import joining
from observe.storage import joined
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Lesson


def give(session: NetworkSession, lesson_id: UUID, code: str, *, by: UUID, at: datetime) -> None:
    """Note the code of a lesson, and join it with every lesson of that code that was near in time."""
    lesson = session.get_one(Lesson, (session.network_id, lesson_id))
    lesson.pair_code = code
    session.flush()
    for other_id in joined.of_same_code(session, lesson):
        one, other = joined.find(session, lesson_id), joined.find(session, other_id)
        if one and other and _fit(session, one, other):
            joining.merge(session, one.id, other.id, by=by, at=at)


def _fit(session: NetworkSession, one: Lesson, other: Lesson) -> bool:
    """Whether two lessons can be one: same rubric, other observers, nothing revealed or written.

    Whoever is observed never becomes an observer of the lesson, and so never reads its records.
    """
    both = (one.id, other.id)
    watching = joined.observers(session, both)
    return (
        one.id != other.id
        and one.rubric_digest == other.rubric_digest
        and len(watching) == len(set(watching))
        and not {one.teacher_id, other.teacher_id} & set(watching)
        and not joined.is_revealed(session, both)
        and not joined.is_written_up(session, both)
    )
