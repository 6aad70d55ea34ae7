"""Every address of the app, asked for by everybody in two worlds, and what is answered compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from unittest.mock import patch
from uuid import UUID
from zipfile import ZipFile, is_zipfile

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from observe.core.feedback.summary import Version
from observe.core.permissions import Person
from observe.services.term_pack import Pack
from observe.storage.database import Database, NetworkSession
from observe.web.people.attempts import Attempts
from tests.twins import Day
from tests.web.access import TABLE, Access, World

FORM = {"agreed": "3", "revision": "0", "reason": "The class is ill.", "minutes": "2", "level": "3"}
NARROWED = "/agreement"
FILTERS = "who=all&term=autumn-2026&criterion=relationships&school={school}"
FILTERED = (
    "/agreement?who=me&term=autumn-2026&criterion=relationships",
    "/lessons?who=Ruth",
    "/lessons?who=HERON",
    "/planner?week=2026-11-16",
)


@dataclass(frozen=True)
class Reader:
    """Somebody who looks for what a partner wrote, and the visit that they are signed in by."""

    name: str
    person: Person | None
    token: str = ""


@dataclass(frozen=True)
class Route:
    """One address, with all that is sent to it."""

    method: str
    url: str
    sends: Callable[[World], Mapping[str, Any]] = lambda _world: {}

    def __str__(self) -> str:
        return f"{self.method} {self.url}"


@dataclass(frozen=True)
class Answered:
    """All of an answer that can be read, of an address by somebody."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def words(self) -> bytes:
        """Everything in it as plain bytes, also what a spreadsheet has packed."""
        plain = self.body
        if is_zipfile(BytesIO(plain)):
            with ZipFile(BytesIO(plain)) as packed:
                plain = b"".join(packed.read(name) for name in packed.namelist())
        return repr((self.status, self.headers)).encode() + plain


def routes(app: Flask, world: World, lessons: Sequence[UUID], more: Sequence[str]) -> list[Route]:
    """Every address of the app; one without arguments in the table of access is named and fails."""
    known = {line.endpoint for line in TABLE}
    unknown = {rule.endpoint for rule in app.url_map.iter_rules()} - known
    assert not unknown, f"give these routes arguments in tests/web/access.py: {sorted(unknown)}"
    found = [each for line in TABLE for each in _of_line(app, line, world, lessons)]
    found += [Route("GET", url) for url in (*_narrowed(found, world), *FILTERED, *more)]
    return list({str(route): route for route in found}.values())


def _narrowed(found: Sequence[Route], world: World) -> Iterator[str]:
    """The pages and files of figures with every filter that an address can name."""
    for route in found:
        if route.method == "GET" and route.url.startswith(NARROWED):
            yield f"{route.url}?{FILTERS.format(school=world.school.school_id)}"


def _of_line(app: Flask, line: Access, world: World, lessons: Sequence[UUID]) -> Iterator[Route]:
    """The addresses of a line: about each of the lessons, and about each of the observers."""
    named = line.of(world) if line.of else {}
    (rule,) = app.url_map.iter_rules(line.endpoint)
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    people = [world.person(name) for name in ("Sion", "Ruth")]
    for lesson_id in lessons if "lesson_id" in named else [None]:
        for person_id in people if "person_id" in named else [None]:
            about = {"lesson_id": lesson_id, "person_id": person_id}
            told = named | {key: each for key, each in about.items() if each}
            with app.test_request_context():
                url = app.url_for(line.endpoint, **told)
            yield Route(method, url, line.sends)


def ask(day: Day, reader: Reader, route: Route, world: World) -> Answered:
    """Ask as this reader; nothing that it would do is kept."""
    client = day.client()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "the same in both worlds"
        if reader.token:
            cookie["visit"] = reader.token
    sends = dict(route.sends(world))
    if route.method == "GET":
        return _read(client.get(route.url))
    if "/api/" in route.url:
        return _read(client.open(route.url, method=route.method, json=sends))
    return _read(client.open(route.url, method=route.method, data=FORM | sends))


def _read(response: TestResponse) -> Answered:
    """An answer with its cookies, redirect and the length that it says it has."""
    return Answered(response.status, tuple(sorted(response.headers)), response.get_data())


@contextmanager
def nothing_is_kept() -> Iterator[None]:
    """Each request runs for real up to its commit, and is then undone; letters are printed in words."""

    @contextmanager
    def undone_outside(self: Database, *, writes: bool = False) -> Iterator[Session]:
        with self._connection(writes=False) as connection:
            session = Session(connection, expire_on_commit=False)
            yield session
            session.flush()

    @contextmanager
    def undone(self: Database, network_id: UUID) -> Iterator[NetworkSession]:
        with self._connection(writes=False) as connection:
            session = self._entered(connection, network_id, writes=True)
            yield session
            session.flush()

    with ExitStack() as stack:
        stack.enter_context(patch.object(Database, "write", undone))
        stack.enter_context(patch.object(Database, "outside", undone_outside))
        stack.enter_context(patch.object(Attempts, "wrong"))
        stack.enter_context(patch("observe.web.feedback.letters.letter_pdf", _in_words))
        stack.enter_context(patch("observe.web.feedback.pack.pack_pdf", _in_words))
        yield


def _in_words(told: Version | Pack) -> bytes:
    return repr(told).encode()


def difference(one: Answered, other: Answered) -> str:
    """Where two answers part, with a few words around it."""
    if one.status != other.status or one.headers != other.headers:
        parted = set(one.headers) ^ set(other.headers)
        return f"{one.status} / {other.status}, {sorted(parted)}"
    place = next(
        (n for n, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b),
        min(len(one.body), len(other.body)),
    )
    around = slice(max(place - 90, 0), place + 90)
    return f"{one.body[around]!r} / {other.body[around]!r}"
