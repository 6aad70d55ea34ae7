"""What mails say: when and where a lesson is, and never who teaches it or what was recorded."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from observe.core.calendar_file import place_of
from observe.core.lesson import Lesson
from observe.core.mail import MailKind
from observe.core.time_of_day import clock

LINK = "{link}"


class Part(StrEnum):
    """What a lesson is to somebody who is told of it."""

    OBSERVES = "observes"
    LEFT_OUT = "no longer observes"
    VISITED = "is visited"
    NO_LONGER_VISITED = "is no longer visited"


OVER = (Part.LEFT_OUT, Part.NO_LONGER_VISITED)


@dataclass(frozen=True, slots=True)
class Words:
    """The subject of a mail, and the sentences of its text."""

    subject: str
    sentences: tuple[str, ...]


TOLD = {
    (MailKind.PLANNED, Part.OBSERVES): (
        "You observe a lesson",
        "You observe a lesson {when} {where}.",
    ),
    (MailKind.PLANNED, Part.VISITED): (
        "You have a visit",
        "A lesson of yours is observed {when} {where}.",
    ),
    (MailKind.CHANGED, Part.OBSERVES): (
        "Changed: you observe a lesson",
        "A lesson that you observe was changed. It is {when} {where}.",
    ),
    (MailKind.CHANGED, Part.VISITED): (
        "Changed: you have a visit",
        "The visit to a lesson of yours was changed. It is {when} {where}.",
    ),
    (MailKind.CANCELLED, Part.OBSERVES): (
        "Cancelled: the lesson",
        "The lesson that you were to observe {when} {where} was cancelled.",
    ),
    (MailKind.CANCELLED, Part.VISITED): (
        "Cancelled: the visit",
        "The visit to your lesson {when} {where} was cancelled.",
    ),
    (MailKind.CANCELLED, Part.LEFT_OUT): (
        "You no longer observe the lesson",
        "The lesson {when} {where} is no longer yours to observe.",
    ),
    (MailKind.CANCELLED, Part.NO_LONGER_VISITED): (
        "No visit",
        "The visit to your lesson {when} {where} does not take place.",
    ),
    (MailKind.DAY_BEFORE, Part.OBSERVES): (
        "Reminder: you observe a lesson",
        "This is to remind you that you observe a lesson {when} {where}.",
    ),
    (MailKind.DAY_BEFORE, Part.VISITED): (
        "Reminder: you have a visit",
        "This is to remind you that a lesson of yours is observed {when} {where}.",
    ),
    (MailKind.REVEALED, Part.OBSERVES): (
        "You can compare now: the lesson",
        "You can compare now. All records of the lesson {when} {where} are sealed.",
    ),
}


def of_lesson(kind: MailKind, part: Part, lesson: Lesson, link: str) -> Words:
    """What is said about a lesson; `link` leads to it, empty for somebody who does not see its page."""
    subject, sentence = TOLD[kind, part]
    told = sentence.format(when=when(lesson), where=f"at {place_of(lesson)}")
    attached = (
        "The attached file puts it right in your calendar." if part in OVER else ATTACHED[kind]
    )
    return Words(f"{subject} {briefly(lesson)}", tuple(filter(None, (told, attached, link))))


ATTACHED = {
    MailKind.PLANNED: "The attached file puts it into your calendar.",
    MailKind.CHANGED: "The attached file puts it right in your calendar.",
    MailKind.CANCELLED: "The attached file puts it right in your calendar.",
    MailKind.DAY_BEFORE: "",
    MailKind.REVEALED: "",
}


def when(lesson: Lesson) -> str:
    """`on Thursday 26 November 2026 at 10:00`, where the school is."""
    there = lesson.starts_at.astimezone(ZoneInfo(lesson.zone))
    return f"on {there:%A} {there.day} {there:%B} {there.year} at {clock(there.time())}"


def briefly(lesson: Lesson) -> str:
    """`on 26 November at 10:00`, which fits into the line of a subject."""
    there = lesson.starts_at.astimezone(ZoneInfo(lesson.zone))
    return f"on {there.day} {there:%B} at {clock(there.time())}"


def of_link(name: str, network: str) -> Words:
    """What goes with a one-time link; the link itself is put in when the mail is sent."""
    return Words(
        "Your link to Observe",
        (
            f"{name}, with this link you choose a password for Observe in {network}. "
            "It works once, for seven days.",
            LINK,
            "Whoever has it can sign in as you, so pass it on to nobody. If you did not expect it, "
            "leave it be, and nothing changes.",
        ),
    )


def of_password(place: str, network: str, at: datetime) -> Words:
    """What is said to somebody whose link was used; `place` leads to the server."""
    return Words(
        "A link to your Observe was used",
        (
            f"On {at:%A} {at.day} {at:%B} {at.year} somebody signed in as you to Observe in {network} with "
            "a link that was made for you. Every other sign-in of yours was ended.",
            "If it was you, all is well. If not, ask for a new link at once and tell whoever looks after "
            "data protection in your schools.",
            f"Who made the link, and when, stands here: {place}/me/rights",
        ),
    )


def text(words: Words, *, own_page: str = "") -> str:
    """The text of a mail, with where to do without such mails where that can be chosen."""
    end = f"Which mails you get is up to you: {own_page}" if own_page else ""
    return "\n\n".join(filter(None, (*words.sentences, end))) + "\n"
