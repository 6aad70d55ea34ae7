"""One's own page: roles, visits, tablets and the password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observe.core.errors import Conflict, Invalid, Missing
from observe.core.mail import MailChoice
from observe.core.permissions import Person
from observe.services import links, own_calendar, own_mail, passwords, signing_in, visits
from observe.storage import devices, history, people, sign_ins
from observe.storage.database import Database, NetworkSession
from observe.storage.people import RoleHeld

NOBODYS = UUID(int=0)


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """One of one's own visits that has not ended."""

    id: UUID
    label: str
    started_at: datetime
    seen_at: datetime
    this_one: bool


@dataclass(frozen=True, slots=True)
class Tablet:
    """A device on which one records, as it stands on the server."""

    id: UUID
    label: str
    registered_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a person sees of themselves."""

    name: str
    email: str | None
    network: str
    roles: tuple[RoleHeld, ...]
    visits: tuple[OwnVisit, ...]
    tablets: tuple[Tablet, ...]
    password_changed_at: datetime | None
    mails_offered: tuple[MailChoice, ...]
    mails_wanted: frozenset[MailChoice]
    calendar_since: datetime | None


def of(session: NetworkSession, person: Person, *, visit_id: UUID, at: datetime) -> OwnPage:
    """Everything for one's own page; visits that lay idle too long count as over."""
    row = people.row_of(session, person.id)
    sign_in = sign_ins.by_email(session, row.email) if row.email else None
    return OwnPage(
        name=row.name,
        email=row.email,
        network=people.network_name(session),
        roles=people.held_by(session, [person.id]).get(person.id, ()),
        visits=_visits(session, person.id, visit_id, at=at),
        tablets=_tablets(session, person.id),
        password_changed_at=sign_in.changed_at if sign_in else None,
        mails_offered=own_mail.offered(person) if session.links_lead_to is not None else (),
        mails_wanted=own_mail.wanted(session, person),
        calendar_since=own_calendar.made_at(session, person),
    )


def _visits(
    session: NetworkSession, person_id: UUID, this: UUID, *, at: datetime
) -> tuple[OwnVisit, ...]:
    return tuple(
        OwnVisit(row.id, row.label, row.started_at, row.seen_at, row.id == this)
        for row in sign_ins.open_visits(session, person_id)
        if at - row.seen_at <= visits.IDLE
    )


def _tablets(session: NetworkSession, person_id: UUID) -> tuple[Tablet, ...]:
    return tuple(
        Tablet(row.id, row.label, row.registered_at, row.seen_at)
        for row in devices.in_use(session, person_id)
    )


def revoke_tablet(session: NetworkSession, device_id: UUID, *, by: Person, at: datetime) -> None:
    """Let a tablet send nothing more; what it sent stays, and doing it twice does no harm."""
    device = devices.find(session, device_id)
    if device is None or device.person_id != by.id:
        raise Missing("That tablet is not one of yours.")
    if device.revoked_at is None:
        device.revoked_at = at
        history.wrote(session, "revoked a tablet", "device", device.id, by=by.id, at=at)


def revoke_tablets(session: NetworkSession, *, by: Person, at: datetime) -> int:
    """Let none of one's own tablets send any more; how many there were."""
    mine = devices.in_use(session, by.id)
    for device in mine:
        revoke_tablet(session, device.id, by=by, at=at)
    return len(mine)


def elsewhere(
    session: NetworkSession, person_id: UUID, *, at: datetime
) -> tuple[tuple[OwnVisit, ...], tuple[Tablet, ...]]:
    """(visits, tablets) of somebody, for whoever may end them."""
    return _visits(session, person_id, NOBODYS, at=at), _tablets(session, person_id)


def sign_out(session: NetworkSession, person_id: UUID, *, by: Person, at: datetime) -> int:
    """End every visit of somebody else, who can sign in again; how many ended."""
    ended = visits.end_all(session, people.row_of(session, person_id).id, by=by, at=at)
    if ended:
        did = "signed out by another"
        history.wrote(session, did, "person", person_id, by=by.id, at=at)
    return ended


def take_tablet(
    session: NetworkSession, person_id: UUID, device_id: UUID, *, by: Person, at: datetime
) -> None:
    """Let a tablet of somebody else send nothing more; what it sent stays."""
    device = devices.find(session, device_id)
    if device is None or device.person_id != person_id:
        raise Missing("That tablet is not one of theirs.")
    if device.revoked_at is None:
        device.revoked_at = at
        history.wrote(session, "revoked a tablet", "device", device.id, by=by.id, at=at)
        did = "tablet taken away by another"
        history.wrote(session, did, "person", person_id, by=by.id, at=at)


def change_password(
    database: Database,
    person: Person,
    old: str,
    new: str,
    again: str,
    *,
    visit_id: UUID,
    at: datetime,
) -> int:
    """Change one's password and end every other visit; how many ended."""
    email = _email(database, person)
    if signing_in.known(database, email, old, at=at) is None:
        raise Invalid("That is not the password you have now.", field="old")
    links.check_new(new, again, email=email, name=person.name)
    if old == new:
        raise Invalid("That is the password you have. Choose another.", field="password")
    account = _replace(database, email, passwords.hashed(new), at=at)
    with database.write(person.network_id) as session:
        history.wrote(session, "changed their password", "person", person.id, by=person.id, at=at)
    return end_everywhere(database, account, but=visit_id, at=at)


def _email(database: Database, person: Person) -> str:
    with database.read(person.network_id) as session:
        email = people.row_of(session, person.id).email
    if email is None:
        raise Conflict("You have no e-mail address here. Ask your facilitator to add one.")
    return email


def _replace(
    database: Database, email: str, password_hash: str, *, at: datetime
) -> signing_in.Account:
    with database.outside(writes=True) as session:
        row = sign_ins.by_email(session, email)
        if row is None:
            raise Missing("Your sign-in is gone. Ask your facilitator for a new link.")
        row.password_hash, row.changed_at = password_hash, at
        return signing_in.account_of(row)


def end_everywhere(
    database: Database, account: signing_in.Account, *, but: UUID, at: datetime
) -> int:
    """End the visits of an account in each of its networks save one visit; how many."""
    ended = 0
    for network_id, person_id in account.people.items():
        with database.write(network_id) as session:
            ended += visits.end_all(session, person_id, but=but, at=at)
    return ended
