"""Who is written to on the way of a summary: that something waits, and a link; no name and no word of it.

Each mail goes into the outbox in the transaction of what it tells, and what waits there of an earlier
step of the same summary is forgotten. Where no mail is set up nothing is posted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observe.core.mail import ON_ITS_WAY, Mail, MailKind
from observe.services import mail_words
from observe.services.mail_words import Words
from observe.storage import mail_readers, outbox, replies, summaries, targets
from observe.storage.database import NetworkSession

OWN_PAGE = "/targets/{id}"


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one kind of mail, and the page that its link leads to."""

    subject: str
    sentence: str
    path: str


TOLD: Mapping[MailKind, Told] = {
    MailKind.SUBMITTED: Told(
        "A summary waits for you to read",
        "A summary of a lesson waits for you to read before it goes to its teacher.",
        "/feedback/{id}/review",
    ),
    MailKind.SENT_BACK: Told(
        "A summary came back to you",
        "A summary that you wrote came back with comments.",
        "/feedback/{id}/edit",
    ),
    MailKind.RELEASED: Told(
        "A summary of a lesson is ready for you",
        "A summary of a lesson is ready for you.",
        "/feedback/{id}",
    ),
    MailKind.REPLIED: Told(
        "A reply waits for your answer",
        "There is a reply to a summary of a lesson, and you are the one who answers it.",
        "/feedback/{id}#replies",
    ),
    MailKind.ANSWERED: Told(
        "Your reply was answered",
        "Your reply to a summary of a lesson was answered.",
        "/feedback/{id}#replies",
    ),
    MailKind.ESCALATED: Told(
        "A summary has waited too long",
        "A summary of a lesson has waited too long for its reader, so it waits for you too.",
        "/feedback/{id}/review",
    ),
    MailKind.TARGET_DUE: Told(
        "A target of yours is due",
        "The day that was set for a target of yours is near.",
        "/feedback/{id}#target",
    ),
}


def submitted(session: NetworkSession, summary_id: UUID, *, at: datetime) -> None:
    """Tell its readers that a summary waits for them."""
    readers = summaries.thing(session, summary_id).reader_ids
    _tell(session, MailKind.SUBMITTED, summary_id, readers, at=at)


def sent_back(session: NetworkSession, summary_id: UUID, *, at: datetime) -> None:
    """Tell its author that it came back."""
    author = summaries.row(session, summary_id).author_id
    _tell(session, MailKind.SENT_BACK, summary_id, [author], at=at)


def released(session: NetworkSession, summary_id: UUID, *, at: datetime) -> None:
    """Tell the teacher that it is there to read."""
    teacher = summaries.row(session, summary_id).teacher_id
    _tell(session, MailKind.RELEASED, summary_id, [teacher], at=at)


def moved_on(session: NetworkSession, summary_id: UUID) -> None:
    """Forget the mails that still wait about where a summary was."""
    if session.links_lead_to is not None:
        outbox.take_back_all(session, ON_ITS_WAY, about_id=summary_id)


def replied(session: NetworkSession, summary_id: UUID, *, at: datetime) -> None:
    """Tell whoever answers the teacher's open words."""
    asked = replies.answerers(session, summary_id)
    _tell(session, MailKind.REPLIED, summary_id, asked, at=at)


def answered(session: NetworkSession, summary_id: UUID, *, at: datetime) -> None:
    """Tell the teacher that there is an answer."""
    teacher = summaries.row(session, summary_id).teacher_id
    _tell(session, MailKind.ANSWERED, summary_id, [teacher], at=at)


def escalated(
    session: NetworkSession, summary_id: UUID, *, to: Collection[UUID], at: datetime
) -> None:
    """Tell those with whom a summary now waits as well."""
    _tell(session, MailKind.ESCALATED, summary_id, to, at=at)


def target_due(session: NetworkSession, target_id: UUID, *, at: datetime) -> None:
    """Remind the teacher of a target, once for each day on which it is due."""
    target = targets.row(session, target_id)
    to, once = [target.teacher_id], once_for(target_id, target.due_on)
    if target.summary_id is None:
        _tell(session, MailKind.TARGET_DUE, target_id, to, at=at, once=once, path=OWN_PAGE)
    else:
        _tell(session, MailKind.TARGET_DUE, target.summary_id, to, at=at, once=once)


def once_for(target_id: UUID, due_on: date) -> str:
    """What names the one reminder of a target for a day."""
    return f"{MailKind.TARGET_DUE.value} {target_id} {due_on.isoformat()}"


def _tell(
    session: NetworkSession,
    kind: MailKind,
    about_id: UUID,
    to: Collection[UUID],
    *,
    at: datetime,
    once: str | None = None,
    path: str = "",
) -> None:
    """`about_id` is that of a summary, save where `path` leads to another page."""
    place = session.links_lead_to
    if place is None:
        return
    session.flush()
    if kind in ON_ITS_WAY and kind is not MailKind.ESCALATED:
        moved_on(session, about_id)
    link = place + (path or TOLD[kind].path).format(id=about_id)
    found = mail_readers.addresses(session, to, kind)
    mails = [_mail(place, kind, about_id, *each, once, link=link) for each in found.items()]
    outbox.add(session, mails, at=at)


def _mail(
    place: str,
    kind: MailKind,
    about_id: UUID,
    person_id: UUID,
    address: str,
    once: str | None,
    *,
    link: str,
) -> Mail:
    told = TOLD[kind]
    return Mail(
        kind=kind,
        person_id=person_id,
        about_id=about_id,
        address=address,
        subject=told.subject,
        body=mail_words.text(Words(told.subject, (told.sentence, link)), own_page=f"{place}/me"),
        once=once,
    )
