"""The installation that the environment names, opened for a command; what is wrong is said in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, DatabaseError

from observe.core.errors import Conflict, Invalid, Missing
from observe.settings import from_environment
from observe.storage import networks
from observe.storage.database import Database, opened
from observe.storage.schema import is_current, is_known, upgrade

NEWER = "The database was made by a newer version of Observe. Install that version."


@contextmanager
def prepared() -> Iterator[Database]:
    """The database of the environment, in the shape of today; Conflict where it cannot be used."""
    url = from_environment().database_url
    upgraded(url)
    with opened(url) as database:
        yield database


@contextmanager
def as_it_is() -> Iterator[Database]:
    """The database of the environment, which a command only looks at; Conflict if it is not of today."""
    url = from_environment().database_url
    must_be_current(url)
    with opened(url) as database:
        yield database


def upgraded(url: str) -> None:
    """Bring the database at this address to the shape of today; Conflict where that cannot be."""
    with in_words():
        upgrade(url)


def must_be_current(url: str) -> None:
    """Conflict unless the database at this address can be opened and has the shape of today."""
    with in_words(), opened(url) as database:
        current, known = is_current(database.engine), is_known(database.engine)
    if not known:
        raise Conflict(NEWER)
    if not current:
        raise Conflict(
            "The database has not the shape that this version needs. Run: observe database upgrade"
        )


def network_id(database: Database, wanted: str | None) -> UUID:
    """The network of that name, or the only one; Missing or Invalid where that is none."""
    with database.outside() as session:
        found = networks.ids(session)
    if wanted is None and len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise Missing(
            "There is no network yet. Make one first: observe network create NAME --email E"
        )
    if wanted is None:
        raise Invalid(f"Say which network with --network: {', '.join(sorted(found))}.")
    if wanted not in found:
        raise Missing(f"There is no network {wanted}, but {', '.join(sorted(found))}.")
    return found[wanted]


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what keeps a database from being opened or made into one sentence, a Conflict."""
    try:
        yield
    except DatabaseError as fault:
        why = str(fault.orig).partition("\n")[0]
        raise Conflict(f"The database cannot be used: {why}.") from fault
    except ArgumentError as fault:
        raise Conflict(
            "OBSERVE_DATABASE_URL is not an address such as "
            "postgresql+psycopg://user:password@host/observe."
        ) from fault
    except ModuleNotFoundError as fault:
        raise Conflict(
            f"{fault.name} is missing. For PostgreSQL: pip install -c constraints.txt '.[postgres]'"
        ) from fault
    except CommandError as fault:
        raise Conflict(NEWER) from fault
