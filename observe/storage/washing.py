"""What was erased leaves the file of the database, too: its free pages, and the log beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from observe.storage.database import Database
from observe.storage.tenancy import OUTSIDE
from observe.storage.words_of_people import WORDS


def wash(database: Database) -> bool:
    """Write the database anew without what was erased; False where somebody reads meanwhile."""
    if database.engine.dialect.name == "sqlite":
        return _wash_file(database)
    return _wash_tables(database)


def _wash_file(database: Database) -> bool:
    """The file is written anew, and its log emptied: no page is left on which erased words stood."""
    with closing(database.engine.raw_connection()) as borrowed:
        cursor = borrowed.cursor()
        try:
            cursor.execute("VACUUM")
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        return not busy


def _wash_tables(database: Database) -> bool:
    """PostgreSQL writes each table anew; its own log and copies are for whoever runs the server."""
    named = sorted(table for table, words in WORDS.items() if words.gone or words.named)
    with database.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        for table in (*named, *OUTSIDE):
            connection.execute(text(f'VACUUM FULL "{table}"'))
    return True


def size(database: Database) -> int | None:
    """How many bytes the file has; None for PostgreSQL."""
    path = Path(database.engine.url.database or "")
    return path.stat().st_size if database.engine.dialect.name == "sqlite" else None
