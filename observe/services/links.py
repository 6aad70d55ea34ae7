"""One-time links for a first password or a new one: copied by the facilitator, or sent by mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Missing
from observe.core.ids import new_id
from observe.core.mail import Mail, MailKind
from observe.core.password_rules import trouble
from observe.core.permissions import Person
from observe.services import mail_words, passwords, signing_in, tokens, visits
from observe.storage import history, outbox, people, sign_ins
from observe.storage.database import Database, NetworkSession
from observe.storage.tables import people as tables
from observe.storage.tables.people import Network, OneTimeLink, SignIn

LIFE = timedelta(days=7)
GONE = "This link cannot be used any more. Ask for a new one."


class LinkState(StrEnum):
    """What a link is still good for."""

    GOOD = "good"
    USED = "used"
    RUN_OUT = "run out"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link opens: whose password it sets, and in which network.

    `joins` says that this address signs in to another network already: its password is asked for
    and stays, so that nobody takes over a stranger's sign-in by inviting the address.
    """

    state: LinkState
    name: str = ""
    email: str = ""
    network: str = ""
    joins: bool = False


def path(token: str) -> str:
    """Where a link leads on the server."""
    return f"/link/{token}"


def make(session: NetworkSession, person_id: UUID, *, by: Person | None, at: datetime) -> str:
    """A new link's token; earlier unused links of the person stop working."""
    token, fingerprint = tokens.new(session.network_id)
    _replace(session, person_id, fingerprint, by=by, at=at, way="to copy")
    return token


def send(session: NetworkSession, person_id: UUID, *, key: str, by: Person, at: datetime) -> None:
    """Send a new link by mail; earlier unused links of the person stop working.

    The link stands nowhere until then: it is worked out from the mail's id and the key.
    """
    if session.links_lead_to is None:
        raise Conflict("No mail is set up here. Make a link, and send it yourself.")
    mail_id = new_id(at)
    _token, fingerprint = tokens.worked_out(session.network_id, key, mail_id)
    person = _replace(session, person_id, fingerprint, by=by, at=at, way="by mail")
    words = mail_words.of_link(person.name, people.network_name(session))
    mail = Mail(
        kind=MailKind.LINK,
        person_id=person_id,
        address=person.email or "",
        subject=words.subject,
        body=mail_words.text(words),
        until=at + LIFE,
    )
    outbox.put(session, mail_id, mail, at=at)


def mailed_token(network_id: UUID, key: str, mail_id: UUID) -> str:
    """The token of the link that a mail brings."""
    token, _fingerprint = tokens.worked_out(network_id, key, mail_id)
    return token


def _replace(
    session: NetworkSession,
    person_id: UUID,
    fingerprint: str,
    *,
    by: Person | None,
    at: datetime,
    way: str,
) -> tables.Person:
    """A new link in place of any earlier one, of which a mail may still wait; whose it is."""
    person = people.row_of(session, person_id)
    if person.left_at is not None:
        raise Conflict(f"{person.name} has left. Bring them back before you make a link.")
    if person.email is None:
        raise Conflict(f"{person.name} has no e-mail address. Add one before you make a link.")
    for earlier in sign_ins.links_of(session, [person_id]):
        earlier.expires_at = min(earlier.expires_at, at)
    outbox.take_back(session, [person_id], [MailKind.LINK])
    session.add(_link(person_id, fingerprint, at=at))
    doer = by.id if by else None
    history.wrote(session, "made a link", "person", person_id, by=doer, at=at, way=way)
    return person


def _link(person_id: UUID, fingerprint: str, *, at: datetime) -> OneTimeLink:
    return OneTimeLink(
        id=new_id(at),
        person_id=person_id,
        token_hash=fingerprint,
        made_at=at,
        expires_at=at + LIFE,
    )


def look(database: Database, token: str, *, at: datetime) -> Invitation:
    """What a link opens now; nothing about a person once it is used or has run out."""
    network_id, fingerprint = tokens.read(token)
    if network_id is None:
        return Invitation(LinkState.UNKNOWN)
    with database.read(network_id) as session:
        link = sign_ins.link_of(session, fingerprint)
        state = _state(link, at=at)
        if link is None or state is not LinkState.GOOD:
            return Invitation(state)
        return _invitation(session, link)


def _state(link: OneTimeLink | None, *, at: datetime) -> LinkState:
    if link is None:
        return LinkState.UNKNOWN
    if link.used_at is not None:
        return LinkState.USED
    return LinkState.GOOD if at < link.expires_at else LinkState.RUN_OUT


def _invitation(session: NetworkSession, link: OneTimeLink) -> Invitation:
    person = people.row_of(session, link.person_id)
    if person.left_at is not None or person.email is None:
        return Invitation(LinkState.RUN_OUT)
    network = session.get_one(Network, session.network_id)
    joins = _belongs_elsewhere(sign_ins.by_email(session, person.email), session.network_id)
    return Invitation(LinkState.GOOD, person.name, person.email, network.name, joins)


def _belongs_elsewhere(sign_in: SignIn | None, network_id: UUID) -> bool:
    return sign_in is not None and bool(sign_in.people) and str(network_id) not in sign_in.people


def redeem(
    database: Database, token: str, password: str, again: str, *, label: str, at: datetime
) -> str:
    """Set the password, end other visits and begin one; its token for the browser."""
    invitation = look(database, token, at=at)
    if invitation.state is not LinkState.GOOD:
        raise Missing(GONE)
    if invitation.joins:
        signing_in.recognise(database, invitation.email, password, at=at)
        return _enter(database, token, None, label=label, at=at)
    check_new(password, again, email=invitation.email, name=invitation.name)
    return _enter(database, token, passwords.hashed(password), label=label, at=at)


def check_new(password: str, again: str, *, email: str, name: str) -> None:
    """Invalid, with its field, unless this can be the new password."""
    why = trouble(password, email=email, name=name)
    if why:
        raise Invalid(why, field="password")
    if password != again:
        raise Invalid("The two passwords differ. Type the same one twice.", field="again")


def _enter(
    database: Database, token: str, password_hash: str | None, *, label: str, at: datetime
) -> str:
    network_id, fingerprint = tokens.read(token)
    if network_id is None:
        raise Missing("This link is not complete. Copy all of it.")
    with database.write(network_id) as session:
        link = sign_ins.link_of(session, fingerprint)
        if link is None or not sign_ins.spend(session, link.id, at=at):
            raise Missing(GONE)
        person = people.find(session, link.person_id)
        if person is None:
            raise Missing(GONE)
        _attach(session, person, password_hash, at=at)
        _tell(session, person.id, at=at)
        visits.end_all(session, person.id, at=at, by=person)
        return visits.begin(session, person.id, label=label, at=at)


def _attach(
    session: NetworkSession, person: Person, password_hash: str | None, *, at: datetime
) -> None:
    """Tie the sign-in of this address to the person.

    With a new password every other network lets go of it: whoever made this link must not reach
    into them. They tie it again by a link of their own.
    """
    email = people.row_of(session, person.id).email or ""
    sign_in = sign_ins.by_email(session, email) or _new_sign_in(session, email, at=at)
    here = {str(person.network_id): str(person.id)}
    sign_in.people = here if password_hash else {**sign_in.people, **here}
    sign_in.password_hash = password_hash or sign_in.password_hash
    sign_in.failures, sign_in.locked_until, sign_in.changed_at = 0, None, at
    did = "set a password" if password_hash else "joined with a password"
    history.wrote(session, did, "person", person.id, by=person.id, at=at)


def _tell(session: NetworkSession, person_id: UUID, *, at: datetime) -> None:
    """Whoever made the link could have used it themselves, so its person hears that it was used."""
    email = people.row_of(session, person_id).email
    if session.links_lead_to is None or not email:
        return
    words = mail_words.of_password(session.links_lead_to, people.network_name(session), at)
    mail = Mail(
        kind=MailKind.LINK_USED,
        person_id=person_id,
        address=email,
        subject=words.subject,
        body=mail_words.text(words),
    )
    outbox.add(session, [mail], at=at)


def _new_sign_in(session: NetworkSession, email: str, *, at: datetime) -> SignIn:
    sign_in = SignIn(id=new_id(at), email=email, people={}, changed_at=at)
    session.add(sign_in)
    return sign_in
