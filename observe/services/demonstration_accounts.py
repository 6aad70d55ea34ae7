"""The accounts of a demonstration network, for one-tap sign-in where nothing real is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from observe.core.errors import Missing
from observe.services.signing_in import Seat, account_of
from observe.storage import people, sign_ins
from observe.storage.database import Database

SHOWN = 12
LOOKED_AT = 2 * SHOWN


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """One button: who one becomes, and as what."""

    id: UUID
    name: str
    role: str
    seat: Seat


def listed(database: Database) -> tuple[DemonstrationAccount, ...]:
    """The first twelve accounts of demonstration networks, in the order in which they were made."""
    with database.outside() as session:
        seats = list(_seats(session))
    found = (_account(database, account_id, seat) for account_id, seat in seats)
    return tuple(islice((account for account in found if account), SHOWN))


def _seats(session: Session) -> Iterator[tuple[UUID, Seat]]:
    for row in sign_ins.oldest(session, at_most=LOOKED_AT):
        places = account_of(row).people
        for network in sign_ins.networks(session, places):
            if network.demo:
                yield row.id, Seat(network.id, network.name, places[network.id])


def _account(database: Database, account_id: UUID, seat: Seat) -> DemonstrationAccount | None:
    with database.read(seat.network_id) as session:
        person = people.find(session, seat.person_id)
    if person is None or not person.roles:
        return None
    return DemonstrationAccount(account_id, person.name, person.roles[0].kind.value, seat)


def seat_of(database: Database, account_id: UUID | None) -> Seat:
    """The seat behind a button; Missing for anything that is not in a demonstration network."""
    for account in listed(database):
        if account.id == account_id:
            return account.seat
    raise Missing("There is no such account in the demonstration.")
