"""A mail server on this machine that takes what it is told to take, and a network that writes mails."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from icalendar import Calendar

from observe.core.mail import MailServer
from observe.services import mailing
from observe.services.mailing import Outcome, Round
from observe.storage.database import Database
from tests.factories import NOW, School, a_sign_in

KEY = "for tests only"
PLACE = "https://observe.example"


NOWHERE = MailServer("localhost", 0, "Observe <observe@school.example>", "none")


@dataclass
class Mailbox:
    """What the server took, and what it says to the next recipients and texts, in that order."""

    taken: list[EmailMessage] = field(default_factory=list)
    to_recipients: list[str] = field(default_factory=list)
    to_texts: list[str] = field(default_factory=list)
    hang_up: int = 0
    server: MailServer = NOWHERE

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.hang_up:
            self.hang_up -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 never heard"
        if self.to_texts:
            return self.to_texts.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 taken"

    @property
    def addresses(self) -> list[str]:
        return sorted(str(mail["To"]) for mail in self.taken)

    def text(self, place: int = -1) -> str:
        """What one of the mails says."""
        part = self.taken[place].get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    def calendar(self, place: int = -1) -> Calendar:
        """The calendar file that one of the mails brings."""
        (attached,) = self.taken[place].iter_attachments()
        assert attached.get_content_type() == "text/calendar"
        return Calendar.from_ical(attached.get_content())


class Allows:
    """Lets in one user with one password."""

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        known = LoginPassword(b"observe", b"right")
        return AuthResult(success=data == known, handled=False)


class Listening(Controller):
    """Listens wherever there is room."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def a_mailbox(
    *, tls: ssl.SSLContext | None = None, security: str = "none", asks_who: bool = False
) -> Iterator[Mailbox]:
    """A mail server on loopback while the block lasts."""
    box = Mailbox()
    more: dict[str, Any] = {
        "auth_require_tls": False,
        "authenticator": Allows() if asks_who else None,
        "tls_context": tls if security == "starttls" else None,
    }
    listening = Listening(
        box, "127.0.0.1", 0, ssl_context=tls if security == "tls" else None, **more
    )
    listening.start()
    box.server = replace(box.server, port=listening.port, security=security)
    yield box
    listening.stop()


def writes_mails(school: School, *names: str) -> School:
    """The same network, with mail set up, and people who have signed in."""
    school.database.links_lead_to = None  # who signs in by a link is told of it by mail
    for name in names or ("Sion", "Ruth"):
        a_sign_in(school, name)
    school.database.links_lead_to = PLACE
    return school


def send(database: Database, box: Mailbox, at: datetime = NOW) -> Outcome:
    """One round of sending at a moment."""
    return mailing.send_all(Round(database, box.server, KEY, lambda: at))


def address_of(school: School, name: str) -> str:
    from observe.storage import people

    with school.database.read(school.network_id) as session:
        return people.row_of(session, school[name].id).email or ""


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def tell_teachers(school: School, school_id: UUID | None = None) -> None:
    from observe.storage.tables.people import School as Row

    with school.database.write(school.network_id) as session:
        key = (school.network_id, school_id or school.school_id)
        session.get_one(Row, key).tells_teachers = True
