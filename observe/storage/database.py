"""The database: SQLite in a file or PostgreSQL, one network at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    Executable,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from observe.core.errors import Refused
from observe.storage.tables.base import Tenant

WRITES = "observe_writes"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-16000",
    "wal_autocheckpoint=4000",
    "secure_delete=ON",
)

# PostgreSQL, too, looks and then writes in one network with nobody in between.
LOCKED = "pg_advisory_xact_lock(hashtextextended(:place, 0))"
NAMED = "set_config('observe.network', :place, true)"
ENTERED = {True: text(f"SELECT {NAMED}, {LOCKED}"), False: text(f"SELECT {NAMED}")}


class NetworkSession(Session):
    """A transaction inside one network: what it reads and writes belongs to that network.

    `links_lead_to` is where Observe is served, for the links in mails; None where none are sent.
    """

    network_id: UUID
    bind: Connection
    links_lead_to: str | None = None

    def ask(self, statement: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement that was put together once and names its network itself, as `network`."""
        return self.bind.execute(statement, {"network": self.network_id, **values})

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What fails in here leaves no trace, and what came before stands."""
        self.bind.exec_driver_sql("SAVEPOINT part")
        failed = True
        try:
            yield
            self.flush()
            failed = False
        finally:
            self.bind.exec_driver_sql(f"{'ROLLBACK TO' if failed else 'RELEASE'} SAVEPOINT part")
            if failed:
                self.expunge_all()


class Database:
    """Opens transactions; a written one is durable when its block ends without an error."""

    def __init__(self, url: str, *, links_lead_to: str | None = None) -> None:
        self.links_lead_to = links_lead_to
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(**{WRITES: False})
        self._on_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock()

    @contextmanager
    def read(self, network_id: UUID) -> Iterator[NetworkSession]:
        """A transaction that is rolled back at its end."""
        with self._connection(writes=False) as connection:
            yield self._entered(connection, network_id, writes=False)

    @contextmanager
    def write(self, network_id: UUID) -> Iterator[NetworkSession]:
        """A transaction that is committed at its end, or leaves no trace."""
        with self._connection(writes=True) as connection:
            session = self._entered(connection, network_id, writes=True)
            yield session
            session.flush()

    @contextmanager
    def outside(self, *, writes: bool = False) -> Iterator[Session]:
        """A transaction on what stands outside every network: networks and sign-ins."""
        with self._connection(writes=writes) as connection:
            session = Session(connection, expire_on_commit=False)
            if writes and not self._on_sqlite:
                session.execute(text(f"SELECT {LOCKED}"), {"place": "outside"})
            yield session
            session.flush()

    def hold(self) -> None:
        """Keep a connection to a file from now on, by which others see that it is in use."""
        if self._on_sqlite and Path(self.engine.url.database or "").is_file():
            self.engine.connect().close()

    def _entered(self, connection: Connection, network_id: UUID, *, writes: bool) -> NetworkSession:
        """A session in a transaction that the connection holds: it ends with that, not before."""
        session = NetworkSession(connection, expire_on_commit=False)
        session.network_id = network_id
        session.links_lead_to = self.links_lead_to
        if not self._on_sqlite:
            connection.execute(ENTERED[writes], {"place": str(network_id)})
        return session

    @contextmanager
    def _connection(self, *, writes: bool) -> Iterator[Connection]:
        """SQLite lets one write at a time: who waits here goes on at once, who waits there sleeps."""
        with (
            self._turn if writes and self._on_sqlite else nullcontext(),
            (self.engine if writes else self._reader).connect() as connection,
        ):
            transaction = connection.begin()
            yield connection
            if writes:
                transaction.commit()


@contextmanager
def opened(url: str, *, links_lead_to: str | None = None) -> Iterator[Database]:
    """The database at an address, let go of in the end."""
    database = Database(url, links_lead_to=links_lead_to)
    try:
        yield database
    finally:
        database.engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "checkout", _same_file)
        return engine
    return create_engine(url, pool_pre_ping=True, pool_size=8)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    record.info["path"] = connection.execute("PRAGMA database_list").fetchone()[2]
    record.info["file"] = _file_at(record.info["path"])


def _same_file(_connection: object, record: Any, _proxy: object) -> None:
    """Let go of a file in whose place another was put, for what is written there would be lost."""
    there = _file_at(record.info["path"])
    if there and there != record.info["file"]:
        raise InvalidatePoolError


def _file_at(path: str) -> tuple[int, int] | None:
    """Which file it is that a path leads to; None if there is none."""
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, True)
    connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")


@event.listens_for(NetworkSession, "do_orm_execute")
def _only_this_network(state: ORMExecuteState) -> None:
    """Adds the network to every query on the tables of tenants, also where it was forgotten."""
    if state.is_column_load or state.is_relationship_load:
        return
    network_id = state.session.network_id  # type: ignore[attr-defined]
    state.statement = state.statement.options(
        with_loader_criteria(
            Tenant, lambda table: table.network_id == network_id, include_aliases=True
        )
    )


@event.listens_for(NetworkSession, "before_flush")
def _stay_in_this_network(session: NetworkSession, *_: object) -> None:
    for row in session.new:
        if isinstance(row, Tenant):
            row.network_id = row.network_id or session.network_id
            if row.network_id != session.network_id:
                raise Refused("This belongs to another group of schools.")
