"""Mails: what they can be about, which of them a person wants, and when a failed one is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

LONGEST_SUBJECT = 150
LONGEST_FAULT = 300
KEPT = timedelta(days=13 * 30)
TEXT_KEPT = timedelta(days=14)
PAUSES = tuple(timedelta(minutes=each) for each in (5, 15, 60, 240, 480, 720, 1440))


class MailKind(StrEnum):
    """What a mail is about."""

    PLANNED = "lesson planned"
    CHANGED = "lesson changed"
    CANCELLED = "lesson cancelled"
    DAY_BEFORE = "day before"
    REVEALED = "pair revealed"
    SUBMITTED = "summary submitted"
    SENT_BACK = "summary sent back"
    RELEASED = "summary released"
    REPLIED = "summary replied to"
    ANSWERED = "reply answered"
    ESCALATED = "summary escalated"
    TARGET_DUE = "target due"
    CERTIFICATE = "certificate ends"
    PROGRAMME = "programme waits"
    LEADERSHIP = "leadership asked"
    LINK = "link"
    LINK_USED = "link used"
    ENDING = "network ends"


class MailChoice(StrEnum):
    """What somebody can do without on their own page."""

    LESSONS = "lessons"
    DAY_BEFORE = "day before"
    COMPARE = "compare"
    FEEDBACK = "feedback"
    TARGETS = "targets"
    CERTIFICATE = "certificate"
    PROGRAMME = "programme"


CHOICES: Mapping[MailKind, MailChoice] = {
    MailKind.PLANNED: MailChoice.LESSONS,
    MailKind.CHANGED: MailChoice.LESSONS,
    MailKind.CANCELLED: MailChoice.LESSONS,
    MailKind.DAY_BEFORE: MailChoice.DAY_BEFORE,
    MailKind.REVEALED: MailChoice.COMPARE,
    MailKind.SUBMITTED: MailChoice.FEEDBACK,
    MailKind.SENT_BACK: MailChoice.FEEDBACK,
    MailKind.RELEASED: MailChoice.FEEDBACK,
    MailKind.REPLIED: MailChoice.FEEDBACK,
    MailKind.ANSWERED: MailChoice.FEEDBACK,
    MailKind.ESCALATED: MailChoice.FEEDBACK,
    MailKind.TARGET_DUE: MailChoice.TARGETS,
    MailKind.CERTIFICATE: MailChoice.CERTIFICATE,
    MailKind.PROGRAMME: MailChoice.PROGRAMME,
}
OF_A_LESSON = (MailKind.PLANNED, MailKind.CHANGED, MailKind.CANCELLED, MailKind.DAY_BEFORE)
ON_ITS_WAY = (MailKind.SUBMITTED, MailKind.SENT_BACK, MailKind.RELEASED, MailKind.ESCALATED)


class Dropped(StrEnum):
    """Why a mail is not sent any more."""

    REFUSED = "refused"
    GAVE_UP = "gave up"
    TOO_LATE = "too late"
    LEFT = "left"
    ADDRESS = "address changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it is written; `until` is when nobody needs it any more.

    `once` names what may be told one time only, such as a lesson to come on a day.
    """

    kind: MailKind
    person_id: UUID
    address: str
    subject: str
    body: str
    calendar: str | None = None
    about_id: UUID | None = None
    once: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over, as whom; `security` is starttls, tls or none."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


def pause(tries: int) -> timedelta | None:
    """How long to wait after the try of that number; None after the last."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def one_line(text: str, *, most: int) -> str:
    """The text on one line of at most so many characters: nothing in it can begin another header."""
    line = " ".join(
        "".join(each if each.isprintable() else " " for each in text[: most * 4]).split()
    )
    return line if len(line) <= most else line[: most - 1] + "…"
