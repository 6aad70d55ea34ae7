"""What follows a released summary: the teacher replies or adds, and somebody answers in time."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from observe.core.errors import Invalid
from observe.core.feedback import review
from observe.core.permissions import Person
from observe.services import feedback_posting
from observe.storage import history, lessons, people, replies, school_days, summaries
from observe.storage.database import NetworkSession

LONGEST_REPLY = 8_000


def reply(
    session: NetworkSession, summary_id: UUID, text: str, *, differs: bool, by: Person, at: datetime
) -> None:
    """Say something to one's own summary; Invalid without words or with too many.

    Its author answers within five working days; where the teacher sees it differently, its reader does.
    """
    told = _words(text, "reply", "Write your reply first.")
    if replies.is_last(session, summary_id, told, by=by.id):
        return
    summary = summaries.find(session, summary_id)
    lesson = lessons.find(session, summary.lesson_id)
    today = at.astimezone(ZoneInfo(lesson.zone)).date()
    replies.keep(
        session,
        summary_id,
        told,
        differs=differs,
        by=by.id,
        at=at,
        answerer_id=_answerer(session, summary_id, differs=differs),
        answer_by=review.due_on(today, school_days.holidays(session, lesson.school_id, today)),
    )
    did = "summary seen differently" if differs else "summary answered"
    history.wrote(session, did, "summary", summary_id, by=by.id, at=at)
    feedback_posting.replied(session, summary_id, at=at)


def answer(
    session: NetworkSession, summary_id: UUID, text: str, *, by: Person, at: datetime
) -> None:
    """Answer what the teacher said; Invalid without words or with too many."""
    told = _words(text, "answer", "Write your answer first.")
    if replies.is_last(session, summary_id, told, by=by.id):
        return
    replies.keep(session, summary_id, told, by=by.id, at=at)
    replies.close(session, summary_id, by=by.id, at=at)
    history.wrote(session, "reply answered", "summary", summary_id, by=by.id, at=at)
    feedback_posting.answered(session, summary_id, at=at)


def add_evidence(
    session: NetworkSession, summary_id: UUID, text: str, *, by: Person, at: datetime
) -> None:
    """Add to one's own summary what was not seen, or what came of it; Invalid without words."""
    told = _words(text, "evidence", "Write what you want to add first.")
    if told in [each.text for each in replies.added(session, summary_id)]:
        return
    replies.add(session, summary_id, told, by=by.id, at=at)
    history.wrote(session, "evidence added", "summary", summary_id, by=by.id, at=at)


def _answerer(session: NetworkSession, summary_id: UUID, *, differs: bool) -> UUID:
    """The author; where it is seen differently a reader, who released it before any other."""
    found = summaries.thing(session, summary_id)
    author = summaries.row(session, summary_id).author_id
    if not differs or not found.reader_ids:
        return author
    released_by = summaries.released_by(session, summary_id)
    by_name = people.names(session, found.reader_ids)
    first = min(found.reader_ids, key=lambda person_id: by_name[person_id])
    return released_by if released_by in found.reader_ids else first


def _words(text: str, field: str, missing: str) -> str:
    if not text.strip():
        raise Invalid(missing, field=field)
    if len(text) > LONGEST_REPLY:
        raise Invalid("This can have 8,000 characters at most.", field=field)
    return text.strip()
