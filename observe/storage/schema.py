"""The database's shape: made and brought up to date by numbered migrations."""

from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, make_url

from observe.storage import narrowing
from observe.storage.database import opened


def upgrade(url: str) -> None:
    """Bring the database at this address to the shape of today; makes it where there is none.

    On SQLite foreign keys rest meanwhile, since a changed table is dropped and made again,
    and are checked before the change is kept.
    """
    _for_this_account_alone(url)
    with opened(url) as database, database.engine.connect() as connection:
        _foreign_keys(connection, on=False)
        with connection.begin():
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
            _check_foreign_keys(connection)
            if connection.dialect.name == "sqlite":
                narrowing.tell(connection)
        _foreign_keys(connection, on=True)


def is_current(engine: Engine) -> bool:
    """Whether the database has the shape that this version of Observe needs."""
    return _held(engine) == _migrations().get_current_head()


def is_known(engine: Engine) -> bool:
    """Whether this version of Observe knows the database's shape; a newer version's it does not."""
    held = _held(engine)
    return held is None or held in {each.revision for each in _migrations().walk_revisions()}


def wall(table: str) -> list[str]:
    """PostgreSQL's own wall between networks for one table, which holds for its owner too."""
    mine = "network_id = nullif(current_setting('observe.network', true), '')::uuid"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY same_network ON "{table}" USING ({mine}) WITH CHECK ({mine})',
    ]


def _for_this_account_alone(url: str) -> None:
    """A new embedded database can be read by nobody else on the machine."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        with suppress(FileExistsError, FileNotFoundError):
            Path(str(address.database)).touch(mode=0o600, exist_ok=False)


def _held(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _migrations() -> ScriptDirectory:
    return ScriptDirectory.from_config(_configuration())


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(files("observe.storage") / "migrations"))
    configuration.set_main_option("path_separator", "os")
    return configuration


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
        cursor.close()


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"rows without the row they belong to: {broken[:5]}")
