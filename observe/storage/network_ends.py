"""Networks that are to be deleted, their last rows, and the certificates that outlive them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from observe.core.errors import Missing
from observe.core.ids import new_id
from observe.storage import network_rows
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Network, SignIn
from observe.storage.tables.trust import GoneNetwork, NetworkEnd
from observe.storage.tenancy import tenants_tables


def find(session: NetworkSession) -> NetworkEnd | None:
    """That this network is to be deleted; None if nobody asked for it."""
    return session.get(NetworkEnd, session.network_id)


def ask(session: NetworkSession, *, by: UUID | None, at: datetime, due_at: datetime) -> None:
    """Let this network be deleted from a moment on."""
    number = new_id(at)
    session.add(NetworkEnd(asked_by=by, asked_at=at, due_at=due_at, certificate_id=number))
    session.flush()


def take_back(session: NetworkSession) -> None:
    """Let this network go on."""
    mine = NetworkEnd.network_id == session.network_id
    session.execute(delete(NetworkEnd).where(mine))


def delete_all(session: NetworkSession) -> Mapping[str, int]:
    """Delete every row of this network, itself, and sign-ins that led to it alone; how many by table."""
    counts = {table.name: network_rows.count(session, table) for table in tenants_tables()}
    counts["sign_in"] = _let_go(session)
    session.flush()
    session.expunge_all()
    for table in reversed(tenants_tables()):
        session.execute(delete(table).where(table.c.network_id == session.network_id))
    session.execute(delete(Network).where(Network.id == session.network_id))
    return {name: number for name, number in sorted(counts.items()) if number}


def _let_go(session: NetworkSession) -> int:
    """Sign-ins go, unless another network shares them; how many went."""
    here, gone = str(session.network_id), 0
    led = SignIn.people[here].as_string().is_not(None)
    for row in session.scalars(select(SignIn).where(led)).all():
        elsewhere = {network: who for network, who in row.people.items() if network != here}
        if elsewhere:
            row.people = elsewhere
        else:
            session.delete(row)
            gone += 1
    return gone


def certify(
    session: NetworkSession,
    certificate_id: UUID,
    *,
    asked_at: datetime,
    at: datetime,
    counts: Mapping[str, int],
) -> None:
    """Keep that a network was deleted; the certificate names no network."""
    session.add(GoneNetwork(id=certificate_id, asked_at=asked_at, at=at, counts=dict(counts)))
    session.flush()


def certificate(session: Session, gone_id: UUID) -> GoneNetwork:
    """One certificate; Missing where there is none."""
    row = session.get(GoneNetwork, gone_id)
    if row is None:
        raise Missing("There is no such certificate.")
    return row


def unwashed(session: Session) -> list[GoneNetwork]:
    """Certificates of what may still lie in the file of the database."""
    return list(session.scalars(select(GoneNetwork).where(GoneNetwork.washed_at.is_(None))))
