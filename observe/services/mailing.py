"""Sending what waits in the outbox: each mail is claimed, handed over, and then noted.

A sender that dies between handing over and noting leaves a claim that runs out; the mail is then sent
once more, with the same Message-ID, by which mail programs know it for the same. None is ever lost.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from uuid import UUID

from observe.core.contact import email_fault
from observe.core.mail import LONGEST_SUBJECT, Dropped, MailKind, MailServer, one_line, pause
from observe.services import chores, leadership_mails, links, mail_words
from observe.services.post_office import NotHandedOver, PostOffice
from observe.storage import outbox
from observe.storage.database import Database
from observe.storage.outbox import Claimed

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of sending, for all networks; `key` is the installation's secret."""

    database: Database
    server: MailServer
    key: str
    clock: Clock
    stopped: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many mails were sent, and why others were not."""

    sent: int
    faults: tuple[str, ...]


def send_all(this: Round) -> Outcome:
    """Do what waits in each network, and send what is due; ends early if no mail is taken at all."""
    places = chores.everywhere(this.database, clock=this.clock)
    with PostOffice(this.server) as office:
        tried = list(_tried(this, places, office))
    faults = dict.fromkeys(fault.sentence for fault in tried if fault)
    return Outcome(tried.count(None), tuple(faults))


def _tried(this: Round, places: list[UUID], office: PostOffice) -> Iterator[NotHandedOver | None]:
    """For each mail that was due why it was not taken, None if it was."""
    for place in places:
        while not this.stopped() and (mail := _claimed(this, place)):
            fault = _deliver(this, place, mail, office)
            yield fault
            if fault and fault.every:
                return


def _claimed(this: Round, place: UUID) -> Claimed | None:
    at = this.clock()
    with this.database.read(place) as session:
        if not outbox.is_due(session, at=at):
            return None
    with this.database.write(place) as session:
        return outbox.claim(session, at=at)


def _deliver(this: Round, place: UUID, mail: Claimed, office: PostOffice) -> NotHandedOver | None:
    try:
        _check(mail.address)
        office.hand_over(_written(this, place, mail), mail.address)
    except NotHandedOver as fault:
        _note_fault(this, place, mail, fault)
        return fault
    with this.database.write(place) as session:
        outbox.sent(session, mail, at=this.clock())
    return None


def _check(address: str) -> None:
    """An address that no mail can carry stops its own mail, and not those behind it."""
    if email_fault(address):
        why = "This is not an e-mail address. Correct it on the page of this person."
        raise NotHandedOver(why, for_good=True)


def _note_fault(this: Round, place: UUID, mail: Claimed, fault: NotHandedOver) -> None:
    at, wait = this.clock(), pause(mail.tries)
    with this.database.write(place) as session:
        if fault.for_good:
            outbox.dropped(session, mail, fault.sentence, Dropped.REFUSED, at=at)
        elif wait is None:
            outbox.dropped(session, mail, fault.sentence, Dropped.GAVE_UP, at=at)
        else:
            outbox.failed(session, mail, fault.sentence, again_at=at + wait)


def _written(this: Round, place: UUID, mail: Claimed) -> EmailMessage:
    body = mail.body
    if path := _path(this, place, mail):
        body = body.replace(mail_words.LINK, f"{this.database.links_lead_to}{path}")
    written = message(this.server, mail.address, mail.subject, body, made_at=mail.made_at)
    written["Message-ID"] = f"<{mail.id}@{_domain(this.server)}>"
    if mail.calendar:
        written.add_attachment(
            mail.calendar,
            subtype="calendar",
            params={"method": "PUBLISH"},
            filename="lesson.ics",
        )
    return written


def _path(this: Round, place: UUID, mail: Claimed) -> str | None:
    """Where the secret link of a mail leads, which is worked out only now."""
    if mail.kind is MailKind.LINK:
        return links.path(links.mailed_token(place, this.key, mail.id))
    if mail.kind is MailKind.LEADERSHIP and mail.about_id:
        return leadership_mails.mailed_path(place, this.key, mail.about_id)
    return None


def message(
    server: MailServer, address: str, subject: str, body: str, *, made_at: datetime
) -> EmailMessage:
    """A mail from Observe that no program answers by itself; the same for the same words and moment."""
    written = EmailMessage(policy.SMTP)
    written["From"] = server.sender
    written["To"] = address
    written["Subject"] = one_line(subject, most=LONGEST_SUBJECT)
    written["Date"] = format_datetime(made_at)
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(body)
    return written


def _domain(server: MailServer) -> str:
    return parseaddr(server.sender)[1].rpartition("@")[2]
