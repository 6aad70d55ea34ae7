"""The folder of a demonstration: built once, opened again in a moment, never mixed with a real one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from observe.core.errors import Conflict
from observe.services.demo.build import PASSWORD, build
from observe.services.signing_in import account_of
from observe.settings import sqlite_url
from observe.storage import sign_ins
from observe.storage.database import Database, opened
from observe.storage.schema import upgrade
from observe.storage.tables.people import Network, Person, Role

__all__ = ["PASSWORD", "Account", "accounts", "ready"]
MANY = 100_000
STALE = timedelta(days=7)
FILE = "observe.sqlite3"
BESIDE = ("", "-wal", "-shm")
_HELD = (
    select(Role.person_id, Person.name, Role.kind)
    .join(Person, Person.id == Role.person_id)
    .order_by(Role.id)
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demonstration."""

    role: str
    name: str
    email: str


def ready(
    folder: Path, *, at: datetime, fresh: bool, scale: int, say: Callable[[str], None]
) -> list[Account]:
    """The accounts of the demonstration in a folder, which is built where there is none.

    Conflict where the folder holds a network that is not a demonstration.
    """
    file = folder / FILE
    if file.exists():
        _must_be_demonstration(folder)
    if fresh or not file.exists():
        _build(folder, at=at, scale=scale, say=say)
    else:
        _say_if_old(folder, at, say)
    with opened(sqlite_url(folder)) as database:
        return accounts(database)


def accounts(database: Database) -> list[Account]:
    """Everybody who can sign in to the demonstration, in the order in which they were made."""
    with database.outside() as session:
        rows = [account_of(row) for row in sign_ins.oldest(session, at_most=MANY)]
    places = {row.email: place for row in rows for place in row.people.items()}
    roles = _roles(database, {network for network, _ in places.values()})
    return [
        Account(*roles[person_id], email)
        for email, (_, person_id) in places.items()
        if person_id in roles
    ]


def _roles(database: Database, networks: set[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """(role, name) by person; of several roles the one that was given first."""
    found: dict[UUID, tuple[str, str]] = {}
    for network_id in networks:
        with database.read(network_id) as session:
            for person_id, name, kind in session.execute(_HELD):
                found.setdefault(person_id, (kind, name))
    return found


def _must_be_demonstration(folder: Path) -> None:
    upgrade(sqlite_url(folder))
    with opened(sqlite_url(folder)) as database, database.outside() as session:
        real = session.scalar(select(Network.name).where(Network.demo.is_(False)).limit(1))
    if real:
        raise Conflict(
            f"{folder} holds {real}, which is no demonstration. Name another folder with --data."
        )


def _build(folder: Path, *, at: datetime, scale: int, say: Callable[[str], None]) -> None:
    """Built beside its place and moved there whole, so that half of one is never served."""
    workshop = folder / "building"
    _clear(workshop)
    url = sqlite_url(workshop)
    upgrade(url)
    with opened(url) as database:
        build(database, at=at, scale=scale, say=say)
    _clear(folder)
    (workshop / FILE).rename(folder / FILE)
    workshop.rmdir()


def _clear(folder: Path) -> None:
    for ending in BESIDE:
        (folder / f"{FILE}{ending}").unlink(missing_ok=True)


def _say_if_old(folder: Path, at: datetime, say: Callable[[str], None]) -> None:
    with opened(sqlite_url(folder)) as database, database.outside() as session:
        built_at = session.scalar(select(Network.created_at).order_by(Network.created_at))
    if built_at and at - built_at > STALE:
        say(f"This was built on {built_at:%d %B %Y}. --fresh builds it anew, as of today.")
