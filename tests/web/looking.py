"""What an answer was read from, so that only what can have changed is asked for again.

An answer depends on what the database says to the statements that made it, on the clock, and on luck,
which is the same in both worlds. As long as these statements give what they gave, nothing new can be seen.
"""

import sqlite3
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unittest.mock import patch

from flask import current_app, g
from sqlalchemy import event

from observe.core.permissions import Thing
from observe.services import visits
from observe.storage.database import Database
from observe.web import guard
from observe.web.guard import Loader
from tests.twins import Day, Twin
from tests.web.walk import Answered

Statement = tuple[str, Any]
READS = ("SELECT", "WITH")
THING = guard._thing


@dataclass(frozen=True)
class Source:
    """What an answer was read from, what that said in each world, and when it was asked."""

    statements: Sequence[Statement]
    said: tuple[int, int]
    at: datetime
    writes: bool
    refused: bool

    @property
    def is_alike(self) -> bool:
        """Whether the answer is the same in both worlds, for all that it is read from is."""
        return self.said[0] == self.said[1] and not self.writes


Known = MutableMapping[tuple[str, str], Source]


class Looking:
    """Asks both worlds and remembers what the answers were read from; on PostgreSQL it asks always."""

    def __init__(self, twin: Twin, known: Known) -> None:
        self.twin, self.known = twin, known
        self._told: dict[tuple[int, str, Any], int] = {}
        self._heard: list[Statement] = []
        self._things: dict[tuple[int, object], tuple[Any, Sequence[Statement]]] = {}
        self._files = [_file(day) for day in twin.days]
        event.listen(twin.days[0].database.engine, "before_cursor_execute", self._hear)

    def end(self) -> None:
        """Let go of the files."""
        for file in self._files:
            if file:
                file.close()

    def _hear(
        self, _connection: object, _cursor: object, statement: str, given: Any, *_: Any
    ) -> None:
        self._heard.append((statement, given))

    @contextmanager
    def each_thing_once(self) -> Iterator[None]:
        """Who signed in, and what an address is about, is looked up once in each world.

        In one network neither depends on who asks: what finds it is below the web. What it was read from
        is remembered.
        """
        with (
            patch.object(visits, "resume", self._once(visits.resume)),
            patch.object(guard, "_thing", self._thing),
        ):
            yield

    def _thing(self, of: Loader | None, arguments: dict[str, Any]) -> Thing:
        if of is None or of.__module__.startswith("observe.web"):
            return THING(of, arguments)
        key = g.person.network_id, of, *arguments.items()
        found: Thing = self._found(key, lambda: THING(of, arguments))
        return found

    def _once(self, resume: Callable[..., Any]) -> Callable[..., Any]:
        def once(database: Database, token: str, *, at: datetime) -> Any:
            return self._found(token, lambda: resume(database, token, at=at))

        return once

    def _found(self, key: object, find: Callable[[], Any]) -> Any:
        """What was found in this world under this name, read as if it were read again."""
        place = id(current_app.extensions["observe_database"]), key
        if place not in self._things:
            before = len(self._heard)
            self._things[place] = find(), self._heard[before:]
        else:
            self._heard += self._things[place][1]
        return self._things[place][0]

    def forget(self) -> None:
        """Something was done: what was read before may be otherwise now."""
        self._told.clear()
        self._things.clear()

    def is_known(self, key: tuple[str, str]) -> bool:
        """Whether this was looked at, and nothing that it was read from has changed since."""
        source = self.known.get(key)
        if source is None or self._said(source.statements) != source.said:
            return False
        return source.is_alike or source.at == self.twin.clock.at

    def speaks_alike(self, key: tuple[str, str]) -> bool:
        """Whether all that it was read from says the same in both worlds now, though not what it said."""
        source = self.known.get(key)
        if source is None or source.writes:
            return False
        one, other = self._said(source.statements)
        return one == other

    def was_refused(self, key: tuple[str, str]) -> bool:
        """Whether it was refused when it was last looked at."""
        return key in self.known and self.known[key].refused

    def ask(self, key: tuple[str, str], ask: Callable[[Day], Answered]) -> Answered:
        """What is answered in the one world."""
        self._heard.clear()
        answer = ask(self.twin.days[0])
        if all(self._files):
            self.known[key] = self._source(tuple(self._heard), answer)
        return answer

    def may_differ(self, key: tuple[str, str]) -> bool:
        """Whether what was just asked can be answered otherwise in the other world."""
        return key not in self.known or not self.known[key].is_alike

    def _source(self, heard: Sequence[Statement], answer: Answered) -> Source:
        reads = tuple(each for each in heard if each[0].lstrip().startswith(READS))
        return Source(
            statements=reads,
            said=self._said(reads),
            at=self.twin.clock.at,
            writes=len(reads) < len(heard),
            refused=answer.status[:3] in ("403", "404"),
        )

    def _said(self, statements: Sequence[Statement]) -> tuple[int, int]:
        """What these give in each world, as one number a world."""
        one, other = (hash(tuple(self._rows(n, *each) for each in statements)) for n in (0, 1))
        return one, other

    def _rows(self, world: int, statement: str, given: Any) -> int:
        known = (world, statement, given)
        if known not in self._told:
            rows = self._files[world].execute(statement, given)  # type: ignore[union-attr]
            self._told[known] = hash(tuple(rows))
        return self._told[known]


def _file(day: Day) -> sqlite3.Connection | None:
    """The database of a world, read beside the app; None where it is no file."""
    url = day.database.engine.url
    return sqlite3.connect(str(url.database)) if url.get_backend_name() == "sqlite" else None
