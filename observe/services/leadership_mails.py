"""Raters are written to twice: when they are asked, and three days before the round ends.

Both go to everybody who is asked, for nobody knows who has answered. Whoever can sign in is led to the page
where they do; only somebody without a sign-in is sent a secret link. It stands in no table: it is worked
out from the rater and the installation's key when the mail is sent.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from observe.core.mail import Mail, MailKind
from observe.services import mail_words, tokens
from observe.services.mail_words import LINK, Words
from observe.storage import leadership, mail_readers, outbox, people
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Person

KINDS = (MailKind.LEADERSHIP,)
AHEAD = timedelta(days=3)
SUBJECT = "Your view on somebody's leadership"
ASKED = (
    "You are asked for your view on how somebody leads. It takes about ten minutes, until {day}."
)
AGAIN = (
    "This reminds everybody who was asked: answers are taken until {day}. "
    "If you have answered, thank you."
)
PRIVATE = "Nobody sees who answered what. Answers are told only together with those of four others or more."
ALONE = "The link is yours alone, so pass it on to nobody."
PLACE = "/leadership"


def path(token: str) -> str:
    """Where a rater's link leads on the server."""
    return f"{PLACE}/answer/{token}"


def mailed_path(network_id: UUID, key: str, rater_id: UUID) -> str:
    """Where the link that a mail brings leads."""
    token, _fingerprint = tokens.worked_out(network_id, key, rater_id)
    return path(token)


def ask(
    session: NetworkSession, rater_id: UUID, person: Person, *, last_day: date, at: datetime
) -> None:
    """Write to somebody who is asked; nothing without mail or without an address."""
    if session.links_lead_to is not None and person.email:
        outbox.add(session, [_mail(session, rater_id, person, ASKED, last_day)], at=at)


def due(session: NetworkSession, *, at: datetime) -> list[UUID]:
    """The raters of rounds that end within three days, of those not reminded yet."""
    if session.links_lead_to is None:
        return []
    found = leadership.asked_until(
        session, at.date(), (at + AHEAD).date(), opened_before=at - AHEAD
    )
    told = outbox.told(session, [_once(each) for each in found])
    return [each for each in found if _once(each) not in told]


def remind(session: NetworkSession, *, at: datetime) -> None:
    """Write the reminders that are due; doing it twice writes none twice.

    The link opens what somebody has answered, so it goes to no address that they were given since.
    """
    found = due(session, at=at)
    first = outbox.addresses(session, found, MailKind.LEADERSHIP)
    for rater_id in found:
        person_id, last_day = leadership.asked_as(session, rater_id)
        person = people.row_of(session, person_id)
        if person.email and person.email == first.get(rater_id) and person.left_at is None:
            mail = _mail(session, rater_id, person, AGAIN, last_day, once=_once(rater_id))
            outbox.add(session, [mail], at=at)


def _mail(
    session: NetworkSession,
    rater_id: UUID,
    person: Person,
    sentence: str,
    last_day: date,
    *,
    once: str | None = None,
) -> Mail:
    day = f"{last_day:%A} {last_day.day} {last_day:%B}"
    words = Words(SUBJECT, (sentence.format(day=day), *_way(session, person.id), PRIVATE))
    return Mail(
        kind=MailKind.LEADERSHIP,
        person_id=person.id,
        about_id=rater_id,
        address=person.email or "",
        subject=words.subject,
        body=mail_words.text(words),
        once=once,
        until=datetime.combine(last_day + timedelta(days=1), time(), UTC),
    )


def _way(session: NetworkSession, person_id: UUID) -> tuple[str, ...]:
    """Where to answer; a secret link would open to anybody at an address what its person answers."""
    if mail_readers.addresses(session, [person_id], MailKind.LEADERSHIP):
        return (f"{session.links_lead_to}{PLACE}",)
    return LINK, ALONE


def _once(rater_id: UUID) -> str:
    return f"{MailKind.LEADERSHIP.value} {rater_id}"
