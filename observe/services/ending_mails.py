"""All who could keep a network are written to when its deletion is asked for, and when it is taken back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from observe.core.mail import Mail, MailKind
from observe.core.permissions import Person, RoleKind
from observe.services import mail_words
from observe.services.mail_words import Words
from observe.storage import mail_readers, outbox, people, staff
from observe.storage.database import NetworkSession

KEEPERS = (RoleKind.FACILITATOR, RoleKind.DATA_PROTECTION)
SOMEBODY = "Whoever runs the server"


def asked(session: NetworkSession, *, by: Person | None, at: datetime, due_at: datetime) -> None:
    """Tell them from when on everything is gone, who asked, and where to keep it."""
    name, due = people.network_name(session), _when(session, due_at)
    told = f"{by.name if by else SOMEBODY} asked to delete everything that {name} owns in Observe"
    sentences = (
        f"{told}: people, lessons, records, summaries, figures.",
        f"It is done on {due}, and nobody can bring it back then.",
        "If that is not meant, keep everything on this page:",
    )
    _tell(session, Words(f"{name} is to be deleted", sentences), at=at, until=due_at)


def taken_back(session: NetworkSession, *, by: Person | None, at: datetime) -> None:
    """Tell them that everything goes on."""
    name = people.network_name(session)
    told = f"{by.name if by else SOMEBODY} took back the deletion of {name}."
    _tell(session, Words(f"{name} goes on", (told, "Nothing is deleted.")), at=at)


def _when(session: NetworkSession, moment: datetime) -> str:
    due = moment.astimezone(ZoneInfo(people.network(session).zone))
    return f"{due:%A} {due.day} {due:%B} {due.year}, from {due:%H:%M}"


def _tell(
    session: NetworkSession, words: Words, *, at: datetime, until: datetime | None = None
) -> None:
    place = session.links_lead_to
    if place is None:
        return
    who = {each.id for each in staff.of_schools(session, KEEPERS, None)}
    body = mail_words.text(Words(words.subject, (*words.sentences, f"{place}/people/network")))
    mails = [
        Mail(
            kind=MailKind.ENDING,
            person_id=person_id,
            address=address,
            subject=words.subject,
            body=body,
            until=until,
        )
        for person_id, address in mail_readers.addresses(session, who, MailKind.ENDING).items()
    ]
    outbox.add(session, mails, at=at)
