"""Fixtures that every part shares: a database (SQLite, or PostgreSQL with --postgres), an app, a browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Engine, event

from observe.services import passwords
from observe.settings import Settings
from observe.storage import database as storage
from observe.storage.database import Database
from observe.storage.schema import upgrade
from observe.web.app import create_app
from tests import networks, postgres
from tests.browser import Browser
from tests.factories import School, a_network
from tests.mailbox import Mailbox, a_mailbox

hypothesis.settings.register_profile("busy machine", deadline=None)
hypothesis.settings.load_profile("busy machine")
AS_IN_A_SCHOOL = storage.PRAGMAS

# Journeys in WebKit are there only where its driver is installed.
collect_ignore = [] if find_spec("selenium") else ["webkit"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on a real PostgreSQL")


@pytest.fixture(scope="session")
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A migrated database without rows, from which each test gets a copy."""
    if request.config.getoption("--postgres"):
        with postgres.fresh_database() as url:
            upgrade(url)
            yield url
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'observe.sqlite3'}"
        upgrade(url)
        yield url


@contextmanager
def a_copy(template: str, folder: Path) -> Iterator[str]:
    """A database with the rows of another, to which nobody is connected."""
    if template.startswith("sqlite"):
        path = folder / "observe.sqlite3"
        shutil.copy(template.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
    else:
        with postgres.fresh_database(template) as url:
            yield url


@pytest.fixture(scope="session")
def schools(
    template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, School]]:
    """A database with two networks, from which each test of a school gets a copy, and the second of them."""
    with a_copy(template, tmp_path_factory.mktemp("schools")) as url:
        database = Database(url)
        a_network(database, name="Another network")
        made = a_network(database, name="Dales learning group")
        database.engine.dispose()
        yield url, made


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of this test alone: SQLite, or PostgreSQL with `--postgres`."""
    if "school" in request.fixturenames:
        template, _school = request.getfixturevalue("schools")
    else:
        template = request.getfixturevalue("template")
    with a_copy(template, tmp_path) as url:
        yield url


@pytest.fixture(autouse=True)
def every_query_names_its_network() -> Iterator[None]:
    """Fail any test in which a query on a network's tables is not bound to one network."""
    event.listen(Engine, "before_cursor_execute", networks.check)
    yield
    event.remove(Engine, "before_cursor_execute", networks.check)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def school(database: Database, schools: tuple[str, School]) -> School:
    """A network with one school; other networks and schools with rows of their own stand beside it."""
    _url, made = schools
    return replace(made, database=database, people={**made.people}, rubrics={**made.rubrics})


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_the_disk() -> Iterator[None]:
    """No test of this process outlives a power cut; servers of their own wait as in a school."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage, "PRAGMAS", (*AS_IN_A_SCHOOL, "synchronous=OFF"))
        yield


@pytest.fixture
def waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PRAGMAS", AS_IN_A_SCHOOL)


@pytest.fixture(autouse=True, scope="session")
def passwords_cost_little() -> Iterator[None]:
    """A hash of a tenth of a millisecond; `costly_passwords` are those of a school."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())


@pytest.fixture(scope="session")
def installation() -> Flask:
    """An app whose addresses and templates are read once; each test gives it a database of its own."""
    made = create_app(Settings("sqlite://", secret_key="for tests only", https=False))
    made.config.update(TESTING=True)
    return made


@pytest.fixture
def app(installation: Flask, database_url: str, database: Database) -> Iterator[Flask]:
    """The app as it was made: no try of a password is remembered, no setting of another test stands."""
    settings, kept = {**installation.config}, {**installation.extensions}
    installation.extensions["observe_database"] = opened = Database(database_url)
    yield installation
    opened.engine.dispose()
    installation.config.clear()
    installation.config.update(settings)
    installation.extensions.update(kept)
    for counted in ("observe_attempts", "observe_calendars"):
        installation.extensions[counted]._wrong.clear()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server, and what was handed over to it."""
    with a_mailbox() as found:
        yield found
