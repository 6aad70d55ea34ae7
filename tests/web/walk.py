"""Every address of the app, asked for by everybody in two worlds, and what is answered compared."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID
from zipfile import ZipFile, is_zipfile

from flask import Flask, render_template, request
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from observe.core.feedback.summary import Version
from observe.core.permissions import Person
from observe.services.term_pack import Pack
from observe.storage.database import Database, NetworkSession
from observe.web.people.attempts import Attempts
from tests.factories import PlannedLesson
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
    sends: Callable[[], Mapping[str, Any]] = dict

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


def routes(
    app: Flask, world: World, about: Sequence[PlannedLesson], more: Sequence[str]
) -> list[Route]:
    """Every address of the app, about each of these lessons; a rule without values is named and fails."""
    told = [world, *(replace(world, planned=each, revealed=each) for each in _each_record(about))]
    found = _once(each for of in told for line in TABLE for each in _of_line(app, line, of))
    missed = {*map(repr, app.url_map.iter_rules())} - {_rule(app, each) for each in found}
    assert not missed, f"give these routes values in tests/web/access.py: {sorted(missed)}"
    found += [Route("GET", url) for url in (*_narrowed(found, world), *FILTERED, *more)]
    return _once(found)


def _once(found: Iterable[Route]) -> list[Route]:
    return list({str(route): route for route in found}.values())


def _each_record(about: Sequence[PlannedLesson]) -> Iterator[PlannedLesson]:
    """Each lesson as often as it has observers, in the place of the head."""
    for lesson in about:
        for observation_id in lesson.observations.values():
            yield PlannedLesson(lesson.id, {"Sion": observation_id})


def _rule(app: Flask, route: Route) -> str:
    """The rule of the app by which an address is answered."""
    at = app.url_map.bind("localhost")
    return repr(at.match(route.url.partition("?")[0], route.method, return_rule=True)[0])


def _narrowed(found: Sequence[Route], world: World) -> Iterator[str]:
    """The pages and files of figures with every filter that an address can name."""
    for route in found:
        if route.method == "GET" and route.url.startswith(NARROWED):
            yield f"{route.url}?{FILTERS.format(school=world.school.school_id)}"


def _of_line(app: Flask, line: Access, world: World) -> Iterator[Route]:
    """The addresses of a line: every rule of it, about each of the observers."""
    named = line.of(world) if line.of else {}
    people = [world.person(name) for name in ("Sion", "Ruth")] if "person_id" in named else [None]
    for rule, person_id in product(app.url_map.iter_rules(line.endpoint), people):
        told = named | ({"person_id": person_id} if person_id else {})
        url = app.url_map.bind("localhost").build(rule.endpoint, told)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield Route(method, url, partial(line.sends, world))


def ask(day: Day, reader: Reader, route: Route) -> Answered:
    """Ask as this reader; nothing that it would do is kept."""
    client, sends = day.client(), dict(route.sends())
    cookie = {"Cookie": _cookie(day.app, reader.token, day.clock.at)}
    if route.method == "GET":
        return _read(client.get(route.url, headers=cookie))
    body = {"json": sends} if "/api/" in route.url else {"data": FORM | sends}
    return _read(client.open(route.url, method=route.method, headers=cookie, **body))


@cache
def _cookie(app: Flask, token: str, _at: datetime) -> str:
    """The cookie of a reader's browser, signed at this moment."""
    said = {"csrf_token": "the same in both worlds"} | ({"visit": token} if token else {})
    signed = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signed
    return f"{app.config['SESSION_COOKIE_NAME']}={signed.dumps(said)}"


def _read(response: TestResponse) -> Answered:
    """An answer with its cookies, redirect and the length that it says it has."""
    with response:
        return Answered(response.status, tuple(sorted(response.headers)), response.get_data())


@contextmanager
def nothing_is_kept() -> Iterator[None]:
    """Each request runs for real up to its commit, and is then undone.

    What goes on paper is printed in words, and the page around the sentence that refuses a form is left out.
    """

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
        stack.enter_context(patch("observe.web.people.pack_file.printed", _on_paper))
        stack.enter_context(patch("observe.web.feedback.letters.letter_pdf", _in_words))
        stack.enter_context(patch("observe.web.feedback.pack.pack_pdf", _in_words))
        stack.enter_context(patch("observe.web.errors.render_template", _refused))
        yield


def _refused(template: str, *, sentence: str, status: int) -> str:
    told = {"sentence": sentence, "status": status}
    return render_template(template, **told) if request.method == "GET" else repr(told)


def _in_words(told: Version | Pack) -> bytes:
    return repr(told).encode()


def _on_paper(_source: Path, told: object, *, at: datetime) -> bytes:
    return repr((told, at)).encode()


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
