"""Copies of the embedded database, and putting one back."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url, select

from observe.core.errors import Conflict, Invalid, Missing
from observe.core.ids import new_id
from observe.storage.database import opened
from observe.storage.schema import upgrade
from observe.storage.tables.people import Network

NOT_EMBEDDED = "This is for the embedded database. For PostgreSQL use pg_dump and pg_restore."


def backup(url: str, file: Path) -> None:
    """A consistent copy of a SQLite database, also while it is written to.

    Conflict if FILE exists, Missing if there is no database.
    """
    if not _path(url).is_file():
        raise Missing(f"There is no database at {_path(url)}. Is OBSERVE_DATA set as for serving?")
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError as fault:
        raise Conflict(f"{file} is already there. Name a file that is not.") from fault
    with closing(sqlite3.connect(_path(url))) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)


def restore(url: str, file: Path) -> Path | None:
    """Put a copy in the database's place and start a new epoch, so that tablets send again.

    Returns where the database of before is kept; None where there was none. Conflict while it is served.
    """
    _must_be_sound(file)
    place, now = _path(url), datetime.now(UTC)
    kept = _kept(url, now) if place.exists() else None
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(place)) as copy:
        source.backup(copy)
    upgrade(url)
    _new_epochs(url, now)
    return kept


def _kept(url: str, now: datetime) -> Path:
    """A copy of what nobody has open, beside its place."""
    place = _path(url)
    _must_be_left_alone(place)
    kept = place.with_name(f"{place.name}.before-{now:%Y%m%d-%H%M%S}")
    backup(url, kept)
    return kept


def _must_be_left_alone(place: Path) -> None:
    """Conflict if Observe has the database open: SQLite leaves its log only where nobody else is."""
    with closing(sqlite3.connect(place, timeout=0)) as trial:
        try:
            trial.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as fault:
            raise Conflict(
                f"Observe is running with {place}. Stop it, and its jobs, then put the copy back."
            ) from fault


def _path(url: str) -> Path:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise Invalid(NOT_EMBEDDED)
    return Path(address.database)


def _must_be_sound(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            answer = copy.execute("PRAGMA integrity_check").fetchone()
            copy.execute("SELECT epoch FROM network")
    except sqlite3.DatabaseError as fault:
        raise Invalid(f"{file} is not a copy of an Observe database: {fault}.") from fault
    if answer != ("ok",):
        raise Invalid(f"{file} is damaged: {answer[0]}.")


def _new_epochs(url: str, now: datetime) -> None:
    with opened(url) as database, database.outside(writes=True) as session:
        for network in session.scalars(select(Network)):
            network.epoch = new_id(now)
