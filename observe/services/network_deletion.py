"""Deleting a network: asked for by typing its name, done after some days unless somebody keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observe.core.contact import plain
from observe.core.errors import Conflict, Invalid
from observe.core.permissions import Person
from observe.services import ending_mails
from observe.storage import history, network_ends, people, washing
from observe.storage.database import Database, NetworkSession

WAITS = timedelta(days=14)
ASKED, KEPT = "deletion asked for", "deletion taken back"


@dataclass(frozen=True, slots=True)
class Ending:
    """That a network is to be deleted; `by` is empty where a command of the installation said so."""

    by: str
    asked_at: datetime
    due_at: datetime
    certificate_id: UUID


@dataclass(frozen=True, slots=True)
class Gone:
    """The certificate of a network that was deleted."""

    id: UUID
    asked_at: datetime
    at: datetime
    counts: Mapping[str, int]
    washed_at: datetime | None


def ending(session: NetworkSession) -> Ending | None:
    """That this network is to be deleted; None if it goes on."""
    row = network_ends.find(session)
    if row is None:
        return None
    names = people.names(session, {row.asked_by} if row.asked_by else set())
    by = names.get(row.asked_by, "") if row.asked_by else ""
    return Ending(by, row.asked_at, row.due_at, row.certificate_id)


def ask(
    session: NetworkSession,
    *,
    typed: str,
    by: Person | None,
    at: datetime,
    waits: timedelta = WAITS,
) -> datetime:
    """Let this network be deleted after some days; when. Invalid unless its name is typed."""
    must_be_typed(session, typed)
    if network_ends.find(session) is not None:
        raise Conflict("The deletion was asked for already.")
    doer = by.id if by else None
    network_ends.ask(session, by=doer, at=at, due_at=at + waits)
    history.wrote(session, ASKED, "network", session.network_id, by=doer, at=at)
    ending_mails.asked(session, by=by, at=at, due_at=at + waits)
    return at + waits


def must_be_typed(session: NetworkSession, typed: str) -> None:
    """Invalid unless the name of this network was typed."""
    name = people.network_name(session)
    if plain(typed) != plain(name):
        raise Invalid(f"Type the name as it stands here: {name}.", field="typed")


def keep(session: NetworkSession, *, by: Person | None, at: datetime) -> None:
    """Let this network go on; doing it twice does no harm."""
    if network_ends.find(session) is None:
        return
    network_ends.take_back(session)
    doer = by.id if by else None
    history.wrote(session, KEPT, "network", session.network_id, by=doer, at=at)
    ending_mails.taken_back(session, by=by, at=at)


def carry_out(database: Database, network_id: UUID, *, at: datetime) -> UUID | None:
    """Delete a network whose days are over, for good; the id of the certificate, None if it goes on."""
    with database.read(network_id) as session:
        if not _is_due(session, at):
            return None
    with database.write(network_id) as session:
        row = network_ends.find(session)
        if row is None or row.due_at > at:
            return None
        made, asked_at = row.certificate_id, row.asked_at
        counts = network_ends.delete_all(session)
        network_ends.certify(session, made, asked_at=asked_at, at=at, counts=counts)
    wash(database, at=at)
    return made


def _is_due(session: NetworkSession, at: datetime) -> bool:
    row = network_ends.find(session)
    return row is not None and row.due_at <= at


def wash(database: Database, *, at: datetime) -> bool:
    """Clear the file of networks that were deleted; False if that has to wait for the next round."""
    with database.outside() as session:
        waiting = bool(network_ends.unwashed(session))
    if not waiting:
        return True
    if not washing.wash(database):
        return False
    with database.outside(writes=True) as session:
        for row in network_ends.unwashed(session):
            row.washed_at = at
    return True


def certificate(database: Database, gone_id: UUID) -> Gone:
    """One certificate; Missing where there is none."""
    with database.outside() as session:
        row = network_ends.certificate(session, gone_id)
        return Gone(row.id, row.asked_at, row.at, row.counts, row.washed_at)
