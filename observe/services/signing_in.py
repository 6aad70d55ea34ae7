"""Signing in: an e-mail address and a password, slowed down for whoever guesses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.contact import plain
from observe.core.errors import Invalid, Missing
from observe.services import passwords, visits
from observe.storage import history, people, sign_ins
from observe.storage.database import Database
from observe.storage.tables.people import SignIn

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


class NotRecognised(Invalid):
    """E-mail and password do not belong together; the sentence is the same whatever is wrong."""

    code = "not_recognised"

    def __init__(self) -> None:
        super().__init__(
            "That e-mail address and password do not go together. After five tries Observe waits "
            "before it looks at another, at most 15 minutes. If you no longer know the password, "
            "ask whoever set up Observe in your schools for a new link."
        )


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in whose password was given, with the person it is in each network."""

    id: UUID
    email: str
    people: Mapping[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in one network."""

    network_id: UUID
    network: str
    person_id: UUID


def recognise(database: Database, email: str, password: str, *, at: datetime) -> Account:
    """The account of an e-mail and its password; NotRecognised for anything else."""
    account = known(database, email, password, at=at)
    if account is None:
        raise NotRecognised
    return account


def known(database: Database, email: str, password: str, *, at: datetime) -> Account | None:
    """The account, or None whatever is wrong and equally slowly; counts wrong passwords."""
    with database.outside() as session:
        found = sign_ins.by_email(session, plain(email).lower())
    waits = found is not None and found.locked_until is not None and found.locked_until > at
    fits = passwords.fits(password, found.password_hash if found and not waits else None)
    if found and fits:
        _succeeded(database, found, password)
        return account_of(found)
    _failed(database, None if waits else found, at=at)
    return None


def account_of(row: SignIn) -> Account:
    """A stored sign-in as what others need of it."""
    return Account(row.id, row.email, {UUID(key): UUID(row.people[key]) for key in row.people})


def _failed(database: Database, found: SignIn | None, *, at: datetime) -> None:
    """Count it for the account or, so that it takes as long, for nobody."""
    with database.outside(writes=True) as session:
        if found is None:
            sign_ins.failed_by_nobody(session, at=at)
            return
        row = sign_ins.failed(session, found.id)
        if row.failures >= FREE_TRIES:
            row.locked_until = at + wait_after(row.failures)


def wait_after(failures: int) -> timedelta:
    """How long no password is looked at after so many wrong ones: 30 seconds, doubling to 15 minutes."""
    if failures < FREE_TRIES:
        return timedelta()
    doubled: int = 2 ** min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _succeeded(database: Database, found: SignIn, password: str) -> None:
    dated = passwords.is_dated(found.password_hash or "")
    if not dated and not found.failures:
        return
    newer = passwords.hashed(password) if dated else found.password_hash
    with database.outside(writes=True) as session:
        row = sign_ins.by_id(session, found.id)
        if row is not None and row.password_hash == found.password_hash:
            row.failures, row.locked_until, row.password_hash = 0, None, newer


def seats(database: Database, account: Account) -> tuple[Seat, ...]:
    """The networks in which this account is somebody who has not left, by name."""
    with database.outside() as session:
        rows = sign_ins.networks(session, account.people)
    found = (Seat(row.id, row.name, account.people[row.id]) for row in rows)
    return tuple(seat for seat in found if _is_here(database, seat))


def _is_here(database: Database, seat: Seat) -> bool:
    with database.read(seat.network_id) as session:
        return people.find(session, seat.person_id) is not None


def take_seat(database: Database, seat: Seat, *, label: str, at: datetime) -> str:
    """Begin a visit there; the token for the browser."""
    with database.write(seat.network_id) as session:
        history.wrote(session, "signed in", "person", seat.person_id, by=seat.person_id, at=at)
        return visits.begin(session, seat.person_id, label=label, at=at)


def seats_of(database: Database, account_id: UUID) -> tuple[Seat, ...]:
    """The seats of a sign-in whose password was right before."""
    with database.outside() as session:
        row = sign_ins.by_id(session, account_id)
    return seats(database, account_of(row)) if row else ()


def seat_in(database: Database, account_id: UUID, network_id: UUID | None) -> Seat:
    """The seat that was chosen among several; Missing when there is none in that network."""
    for seat in seats_of(database, account_id):
        if seat.network_id == network_id:
            return seat
    raise Missing("You have no place in that group of schools. Sign in again.")
