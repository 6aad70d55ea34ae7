"""Whose certificate ends soon is written to once: four weeks before its day, and only the person.

A mail says the day and where the rule stands, and nothing of what was decided.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from observe.core.mail import Mail, MailKind
from observe.services import certificates as holders
from observe.services import mail_words
from observe.services.mail_words import Words
from observe.storage import certificates, mail_readers, outbox
from observe.storage.database import NetworkSession

AHEAD = timedelta(days=28)
SUBJECT = "Your certificate as an observer ends soon"
SENTENCES = (
    "Your certificate as an observer of lessons lasts until {day}.",
    "Where you stand, and what the rule asks for the next one, is on your page:",
)


def due(session: NetworkSession, *, at: datetime) -> Mapping[UUID, date]:
    """The last day of each certificate that ends within four weeks, of those not written to yet."""
    if session.links_lead_to is None:
        return {}
    ending = _ending(session, at.date())
    told = outbox.told(session, [_once(*each) for each in ending.items()])
    return {who: until for who, until in ending.items() if _once(who, until) not in told}


def _ending(session: NetworkSession, today: date) -> dict[UUID, date]:
    """By person, of those who hold a certificate now and can be written to."""
    asked = certificates.ending(session, today, today + AHEAD)
    reached = mail_readers.addresses(session, asked, MailKind.CERTIFICATE) if asked else {}
    held = holders.shown(session, list(reached), today=today).held
    return {
        who: each.until
        for who, each in held.items()
        if each.held and each.until and each.until - today <= AHEAD
    }


def remind(session: NetworkSession, *, at: datetime) -> None:
    """Write the mails that are due; doing it twice writes none twice."""
    found = due(session, at=at)
    addresses = mail_readers.addresses(session, list(found), MailKind.CERTIFICATE)
    place = session.links_lead_to or ""
    mails = [_mail(place, who, addresses[who], until) for who, until in found.items()]
    outbox.add(session, mails, at=at)


def _mail(place: str, person_id: UUID, address: str, until: date) -> Mail:
    day = f"{until:%A} {until.day} {until:%B} {until.year}"
    sentences = [each.format(day=day) for each in SENTENCES]
    words = Words(SUBJECT, (*sentences, f"{place}/certification"))
    return Mail(
        kind=MailKind.CERTIFICATE,
        person_id=person_id,
        address=address,
        subject=words.subject,
        body=mail_words.text(words, own_page=f"{place}/me"),
        once=_once(person_id, until),
        until=datetime.combine(until + timedelta(days=1), time(), UTC),
    )


def _once(person_id: UUID, until: date) -> str:
    """A reminder is for a certificate that ends on a day; one that lasts longer is another."""
    return f"{MailKind.CERTIFICATE.value} {person_id} {until.isoformat()}"
