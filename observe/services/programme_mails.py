"""Whoever must act next in a coaching or a look at observing is written to: where to go, and nothing of it.

All of it is of one kind with one subject, so that a list of mails tells nobody that somebody was asked for
coaching, and names neither the other person nor what was said.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from observe.core.assessing import Kind, Round
from observe.core.mail import Mail, MailKind
from observe.services import mail_words
from observe.services.mail_words import Words
from observe.storage import assessors, mail_readers, outbox
from observe.storage.database import NetworkSession

SUBJECT = "Something in your programme waits for you"
COACHING = (
    "Somebody who observes in your schools asks you for a coaching partnership. Say yes or no here:"
)
YOUR_TURN = "One look at how somebody observes is sealed, and yours is still to come. It is here:"
SIDE_BY_SIDE = "Two looks at how somebody observes are sealed, so you can read them side by side:"


def coaching_asked(session: NetworkSession, partner_id: UUID, *, at: datetime) -> None:
    """Tell whoever is asked for a coaching partnership."""
    _tell(session, [partner_id], COACHING, "/coaching", at=at)


def look_sealed(session: NetworkSession, found: Round, kind: Kind, *, at: datetime) -> None:
    """Tell whoever is of the other look: it is their turn, or both can be read now."""
    if found.revealed:
        path = f"/programme/observing/rounds/{found.id}/beside"
        _tell(session, _others(session, found, kind), SIDE_BY_SIDE, path, at=at)
    else:
        _tell(session, _others(session, found, kind), YOUR_TURN, "/programme/observing", at=at)


def _others(session: NetworkSession, found: Round, sealed: Kind) -> Collection[UUID]:
    """Whoever is looked at, or who assesses; all who may, as long as nobody does."""
    if sealed is Kind.ASSESSMENT:
        return [found.person_id]
    if found.assessor_id:
        return [found.assessor_id]
    return [each.id for each in assessors.of(session, found.person_id)]


def _tell(
    session: NetworkSession, to: Collection[UUID], sentence: str, path: str, *, at: datetime
) -> None:
    place = session.links_lead_to
    if place is None:
        return
    words = Words(SUBJECT, (sentence, f"{place}{path}"))
    body = mail_words.text(words, own_page=f"{place}/me")
    found = mail_readers.addresses(session, to, MailKind.PROGRAMME)
    mails = [_mail(person_id, address, body) for person_id, address in found.items()]
    outbox.add(session, mails, at=at)


def _mail(person_id: UUID, address: str, body: str) -> Mail:
    return Mail(
        kind=MailKind.PROGRAMME, person_id=person_id, address=address, subject=SUBJECT, body=body
    )
