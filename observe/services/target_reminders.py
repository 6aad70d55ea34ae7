"""Reminders of targets: one on the day before a target is due, or on the day itself."""

from datetime import datetime, timedelta

from observe.core.mail import MailKind
from observe.services import feedback_posting
from observe.storage import mail_readers, outbox, targets_due
from observe.storage.database import NetworkSession
from observe.storage.targets_due import Due

AHEAD = timedelta(days=1)


def due(session: NetworkSession, *, at: datetime) -> list[Due]:
    """Open targets of today and tomorrow of which their teacher can be told, and was not yet."""
    if session.links_lead_to is None:
        return []
    today = at.date()
    found = targets_due.between(session, today, today + AHEAD)
    told = outbox.told(session, [_once(each) for each in found])
    new = [each for each in found if _once(each) not in told]
    teachers = {each.teacher_id for each in new}
    reached = mail_readers.addresses(session, teachers, MailKind.TARGET_DUE) if new else {}
    return [each for each in new if each.teacher_id in reached]


def remind(session: NetworkSession, *, at: datetime) -> None:
    """Write the reminders that are due; doing it twice writes none twice."""
    for each in due(session, at=at):
        feedback_posting.target_due(session, each.id, at=at)


def _once(each: Due) -> str:
    return feedback_posting.once_for(each.id, each.due_on)
