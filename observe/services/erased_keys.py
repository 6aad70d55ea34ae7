"""People who were erased are told when a file names them again, though nothing of them is kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from observe.core.erased_keys import EMAIL, digest_of
from observe.core.roster import Kind, Row, Sent
from observe.storage import erased_keys
from observe.storage.database import NetworkSession


def keep(
    session: NetworkSession,
    person_id: UUID,
    addresses: Iterable[str],
    *,
    certificate: UUID,
    secret: str,
) -> None:
    """Keep digests of the numbers and addresses of somebody who is erased now."""
    said: list[tuple[UUID | str, str]] = [
        (source_id, key) for source_id, key in erased_keys.numbers(session, person_id)
    ]
    said += [(EMAIL, address.lower()) for address in addresses]
    here = session.network_id
    digests = [digest_of(value, of=of, network_id=here, secret=secret) for of, value in said]
    erased_keys.keep(session, digests, certificate)


def among(
    session: NetworkSession, sent: Sent, source_id: UUID | None, *, secret: str
) -> Mapping[str, date]:
    """When whom a file names was erased here, by their number in it."""
    known = erased_keys.known(session)
    found = {}
    for row in sent.of(Kind.PERSON) if known else ():
        for of, value in _said(row, source_id):
            digest = digest_of(value, of=of, network_id=session.network_id, secret=secret)
            if digest in known:
                found[row.key] = known[digest].date()
    return found


def _said(row: Row, source_id: UUID | None) -> Iterable[tuple[UUID | str, str]]:
    if source_id is not None:
        yield source_id, row.key
    if row.email:
        yield EMAIL, row.email
