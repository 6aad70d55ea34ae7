"""Fixtures that every part shares: a database (SQLite, or PostgreSQL with --postgres), an app, a browser."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from sqlalchemy import Engine, event

from observe.settings import Settings
from observe.storage.database import Database
from observe.storage.schema import upgrade
from observe.web.app import create_app
from tests import networks, postgres
from tests.browser import Browser
from tests.factories import School, a_network

hypothesis.settings.register_profile("busy machine", deadline=None)
hypothesis.settings.load_profile("busy machine")

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


@pytest.fixture
def database_url(template: str, tmp_path: Path) -> Iterator[str]:
    """A database of this test alone: SQLite, or PostgreSQL with `--postgres`."""
    if template.startswith("sqlite"):
        path = tmp_path / "observe.sqlite3"
        shutil.copy(template.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
    else:
        with postgres.fresh_database(template) as url:
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
def school(database: Database) -> School:
    """A network with one school; other networks and schools with rows of their own stand beside it."""
    a_network(database, name="Another network")
    return a_network(database, name="Dales learning group")


@pytest.fixture
def app(database_url: str, database: Database) -> Iterator[Flask]:
    settings = Settings(database_url=database_url, secret_key="for tests only", https=False)
    made = create_app(settings)
    made.config.update(TESTING=True)
    yield made
    made.extensions["observe_database"].engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
