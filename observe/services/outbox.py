"""The outbox as the facilitator sees it: what waits, what was sent, what was not and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.errors import Conflict, Missing
from observe.core.mail import Mail, MailKind
from observe.core.permissions import Person
from observe.storage import history, mail_readers, outbox, people
from observe.storage.database import NetworkSession
from observe.storage.outbox import Line
from observe.storage.tables.mail import OutboxMail

LATELY = timedelta(days=14)
MOST = 100
OTHER_ADDRESS = (
    "The address has changed since they were asked, and the link opens what they may have answered. "
    "Take them back on the page of the round, and ask them anew."
)


@dataclass(frozen=True, slots=True)
class Outbox:
    """Mails of a network: waiting and not sent for good, and sent in the last two weeks."""

    waiting: Sequence[Line]
    failed: Sequence[Line]
    sent: Sequence[Line]


def post(session: NetworkSession, mails: Sequence[Mail], *, at: datetime) -> None:
    """Put mails into the outbox; nothing where no mail is set up."""
    if session.links_lead_to is not None:
        outbox.add(session, mails, at=at)


def listed(session: NetworkSession, *, at: datetime) -> Outbox:
    """At most a hundred of each."""
    return Outbox(
        outbox.waiting(session, most=MOST),
        outbox.dropped_since(session, at - LATELY, most=MOST),
        outbox.sent_since(session, at - LATELY, most=MOST),
    )


def try_again(session: NetworkSession, mail_id: UUID, *, by: Person, at: datetime) -> None:
    """Send a mail with the next round, to the address that the person has now."""
    row = outbox.find(session, mail_id)
    if row is None or row.sent_at is not None:
        raise Missing("This mail was sent meanwhile, or is long forgotten.")
    if row.body is None or (row.kind == MailKind.LINK and row.dropped_at):
        raise Conflict("What this mail said is not kept any more, so it cannot be sent again.")
    row.address = _address(session, row)
    row.dropped_at = row.dropped_because = None
    row.not_before, row.tries = at, 0 if row.lease_until is None else row.tries
    history.wrote(session, "mail tried again", "mail", mail_id, by=by.id, at=at)


def try_all_again(session: NetworkSession, *, by: Person, at: datetime) -> int:
    """Try every mail again that was given up; how many. Those that nobody may get stay as they are."""
    found = [each for each in listed(session, at=at).failed if can_be_tried(each)]
    wanted = [each for each in found if _wants(session, each)]
    for each in wanted:
        try_again(session, each.id, by=by, at=at)
    return len(wanted)


def can_be_tried(line: Line) -> bool:
    """Whether a mail that was dropped can be sent as it is."""
    return line.has_text and line.kind is not MailKind.LINK


def _wants(session: NetworkSession, line: Line) -> bool:
    if line.kind is MailKind.LEADERSHIP:
        return people.row_of(session, line.person_id).email == line.address
    return line.person_id in mail_readers.addresses(session, [line.person_id], line.kind)


def _address(session: NetworkSession, row: OutboxMail) -> str:
    person_id, kind = row.person_id, MailKind(row.kind)
    if kind in (MailKind.LINK, MailKind.LEADERSHIP):
        email = people.row_of(session, person_id).email or ""
        if kind is MailKind.LEADERSHIP and email != row.address:
            raise Conflict(OTHER_ADDRESS)
        return email
    found = mail_readers.addresses(session, [person_id], kind)
    if person_id not in found:
        raise Conflict("This person has left, cannot sign in, or wants no mails of this kind.")
    return found[person_id]
