"""Who can be written to, by which address, and which mails they do without."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from observe.core.mail import CHOICES, MailChoice, MailKind
from observe.storage import sign_ins
from observe.storage.database import NetworkSession
from observe.storage.tables.mail import MailOff
from observe.storage.tables.people import Person


def addresses(
    session: NetworkSession, person_ids: Collection[UUID], kind: MailKind
) -> Mapping[UUID, str]:
    """Addresses with which these people sign in here, of those who have not done without such mails.

    Nobody is written to at an address that was never used: it may be a stranger's by a slip.
    """
    wanted = set(person_ids) - _without(session, person_ids, kind)
    query = select(Person.id, Person.email).where(
        Person.id.in_(wanted), Person.left_at.is_(None), Person.email.is_not(None)
    )
    found = {person: email for person, email in session.execute(query) if email}
    known, here = sign_ins.of_emails(session, found.values()), str(session.network_id)
    return {
        person: email
        for person, email in found.items()
        if email in known and known[email].people.get(here) == str(person)
    }


def _without(session: NetworkSession, person_ids: Collection[UUID], kind: MailKind) -> set[UUID]:
    choice = CHOICES.get(kind)
    query = select(MailOff.person_id).where(
        MailOff.person_id.in_(person_ids), MailOff.choice == choice
    )
    return set(session.scalars(query)) if choice else set()


def without(session: NetworkSession, person_id: UUID) -> frozenset[MailChoice]:
    """The kinds of mail that somebody does without."""
    query = select(MailOff.choice).where(MailOff.person_id == person_id)
    return frozenset(MailChoice(choice) for choice in session.scalars(query))


def choose(
    session: NetworkSession, person_id: UUID, off: Collection[MailChoice], *, at: datetime
) -> None:
    """Let somebody do without these kinds of mail and get all others."""
    session.execute(delete(MailOff).where(MailOff.person_id == person_id))
    session.add_all(MailOff(person_id=person_id, choice=choice, at=at) for choice in sorted(off))
