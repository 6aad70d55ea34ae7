"""Digests of what somebody was known by who was erased, and people who are back with an older copy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, delete, select

from observe.core.roster import Kind
from observe.storage.database import NetworkSession
from observe.storage.tables.people import Person
from observe.storage.tables.people_files import PeopleKey
from observe.storage.tables.trust import EraseAgain, ErasedKey, Erasure


def numbers(session: NetworkSession, person_id: UUID) -> Sequence[Row[UUID, str]]:
    """(source, number) by which other systems know somebody."""
    query = select(PeopleKey.source_id, PeopleKey.key)
    mine = (PeopleKey.person_id == person_id, PeopleKey.kind == Kind.PERSON.value)
    return session.execute(query.where(*mine)).all()


def keep(session: NetworkSession, digests: Iterable[str], erasure_id: UUID) -> None:
    """Keep these digests with a certificate; one that was kept before goes over to it."""
    for digest in set(digests):
        row = ErasedKey(network_id=session.network_id, digest=digest, erasure_id=erasure_id)
        session.merge(row)
    session.flush()


def known(session: NetworkSession) -> Mapping[str, datetime]:
    """When what each digest stands for was erased."""
    query = select(ErasedKey.digest, Erasure.at).join(Erasure, Erasure.id == ErasedKey.erasure_id)
    return {row.digest: row.at for row in session.execute(query)}


def to_erase_again(session: NetworkSession) -> Sequence[Row[UUID, str, datetime, UUID]]:
    """(person, name, when they were erased, certificate) of those who are back with an older copy."""
    again = EraseAgain
    query = select(again.person_id, Person.name, again.erased_at, again.certificate_id)
    return session.execute(
        query.join(Person, Person.id == again.person_id).order_by(again.erased_at)
    ).all()


def note_again(
    session: NetworkSession, person_id: UUID, certificate_id: UUID, erased_at: datetime
) -> None:
    """Somebody was erased after the copy was made that is here now; twice does no harm."""
    row = EraseAgain(
        network_id=session.network_id,
        person_id=person_id,
        certificate_id=certificate_id,
        erased_at=erased_at,
    )
    session.merge(row)


def is_done_again(session: NetworkSession, person_id: UUID) -> None:
    """Somebody who was back is erased once more."""
    session.execute(delete(EraseAgain).where(EraseAgain.person_id == person_id))
