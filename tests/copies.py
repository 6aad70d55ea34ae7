"""A database that can be copied and put back, as a technician does it: a file of SQLite, or a PostgreSQL."""

import shutil
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from observe.core.ids import new_id
from observe.services import backups
from observe.storage.database import Database
from observe.storage.tables.people import Network
from tests import postgres


class Copies:
    """One database at one address, and the latest copy of it."""

    def __init__(self, template: str, folder: Path) -> None:
        self._stack = ExitStack()
        self._folder = folder
        self.url = self._another(template, "observe")
        self.database = Database(self.url)
        self._copy = self._another(self.url, "copy")

    def copy(self) -> None:
        """Keep the database as it is now."""
        self.database.engine.dispose()
        self._copy = self._another(self.url, "copy")

    def put_back(self) -> None:
        """Without a word, under the running server: it goes on with what it remembers."""
        self.database.engine.dispose()
        if self._embedded:
            self._replace_file(self._copy)
        else:
            postgres.replace(self.url, self._copy)

    def restore(self) -> None:
        """By the command, which begins a new epoch; PostgreSQL has tools of its own for it."""
        if not self._embedded:
            self.put_back()
            self._begin_epoch()
            return
        self.database.engine.dispose()
        before = backups.restore(self.url, _path(self._copy))
        assert before
        before.unlink()

    def close(self) -> None:
        """Nothing is left of it."""
        self.database.engine.dispose()
        self._stack.close()

    @property
    def _embedded(self) -> bool:
        return self.url.startswith("sqlite")

    def _another(self, url: str, name: str) -> str:
        """A copy of a database that nobody is connected to."""
        if not url.startswith("sqlite"):
            return self._stack.enter_context(postgres.fresh_database(url))
        to = self._folder / f"{name}.sqlite3"
        shutil.copyfile(_path(url), to)
        return f"sqlite:///{to}"

    def _replace_file(self, copy: str) -> None:
        for old in self._folder.glob("observe.sqlite3-*"):
            old.unlink()
        shutil.copyfile(_path(copy), _path(self.url))

    def _begin_epoch(self) -> None:
        with self.database.outside(writes=True) as session:
            for network in session.scalars(select(Network)):
                network.epoch = new_id(datetime.now(UTC))


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))
