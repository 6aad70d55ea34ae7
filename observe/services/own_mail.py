"""Which mails somebody gets, as they choose on their own page."""

from collections.abc import Collection
from datetime import datetime

from observe.core.mail import MailChoice
from observe.core.permissions import OBSERVERS, Person, RoleKind
from observe.storage import history, mail_readers
from observe.storage.database import NetworkSession

OF_OBSERVERS = (MailChoice.COMPARE, MailChoice.CERTIFICATE, MailChoice.PROGRAMME)


def offered(person: Person) -> tuple[MailChoice, ...]:
    """The kinds of mail that somebody may get, by what they are."""
    if person.has(*OBSERVERS):
        return tuple(MailChoice)
    if person.has(RoleKind.TEACHER):
        return tuple(choice for choice in MailChoice if choice not in OF_OBSERVERS)
    return (MailChoice.FEEDBACK,) if person.has(RoleKind.DEPUTY) else ()


def wanted(session: NetworkSession, person: Person) -> frozenset[MailChoice]:
    """Those that somebody gets now; all of them, until they say otherwise."""
    return frozenset(offered(person)) - mail_readers.without(session, person.id)


def choose(session: NetworkSession, ticked: Collection[str], *, by: Person, at: datetime) -> None:
    """Get the kinds of mail that are ticked, and no other."""
    off = {choice for choice in offered(by) if choice not in ticked}
    if off == mail_readers.without(session, by.id):
        return
    mail_readers.choose(session, by.id, off, at=at)
    history.wrote(session, "chose mails", "person", by.id, by=by.id, at=at, off=sorted(off))
