"""The database and the clock of a request."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from flask import current_app, g

from observe.storage.database import Database, NetworkSession


def database() -> Database:
    """The database of this installation."""
    return cast(Database, current_app.extensions["observe_database"])


def read(network_id: UUID | None = None) -> AbstractContextManager[NetworkSession]:
    """A reading transaction in the network of whoever is signed in."""
    return database().read(network_id or g.person.network_id)


def write(network_id: UUID | None = None) -> AbstractContextManager[NetworkSession]:
    """A writing transaction in the network of whoever is signed in; committed at its end."""
    return database().write(network_id or g.person.network_id)


def now() -> datetime:
    """The server's time, UTC."""
    return datetime.now(UTC)
