"""Six letters that two tablets share: lessons made apart, without network, become one pair."""

from datetime import datetime, timedelta
from uuid import UUID

from observe.services import joining
from observe.storage import history, joined
from observe.storage.database import NetworkSession
from observe.storage.tables.lessons import Lesson

# Letters hold for lessons of one day; for so long a tablet without network may still bring its own.
BROUGHT_WITHIN = timedelta(days=14)
DAY = timedelta(days=1)
MOST_A_DAY = 60


def give(session: NetworkSession, lesson_id: UUID, code: str, *, by: UUID, at: datetime) -> None:
    """Note the code of a lesson, and join it with every lesson of that code that was near in time.

    Letters that come too late, or after too many others of that person, leave it a single lesson.
    """
    lesson = session.get_one(Lesson, (session.network_id, lesson_id))
    if lesson.pair_code is None and not _is_guessing(session, lesson, by=by, at=at):
        lesson.pair_code = code
        session.flush()
    if lesson.pair_code == code and lesson.planned_at >= at - BROUGHT_WITHIN:
        _join(session, lesson, by=by, at=at)


def _join(session: NetworkSession, lesson: Lesson, *, by: UUID, at: datetime) -> None:
    lesson_id = lesson.id
    for other_id in joined.of_same_code(session, lesson, came_after=at - BROUGHT_WITHIN):
        one, other = joined.find(session, lesson_id), joined.find(session, other_id)
        if one and other and _fit(session, one, other):
            joining.merge(session, one.id, other.id, by=by, at=at)


def _is_guessing(session: NetworkSession, lesson: Lesson, *, by: UUID, at: datetime) -> bool:
    """Whether whoever made this lesson gave more letters within a day than anybody has lessons."""
    given = joined.codes_given(session, lesson.planned_by, since=at - DAY)
    if given >= MOST_A_DAY:
        history.wrote(session, "letters not taken", "lesson", lesson.id, by=by, at=at)
    return given >= MOST_A_DAY


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
