"""Fixtures that every part shares: a database (SQLite, or PostgreSQL with --postgres), an app, a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from observe.settings import Settings
from observe.storage.database import Database
from tests import postgres
from tests.browser import Browser
from tests.factories import School, a_network


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on a real PostgreSQL")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the tables of today and no rows."""
    if request.config.getoption("--postgres"):
        with postgres.fresh_database() as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path / 'observe.sqlite3'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    from observe.storage.schema import upgrade

    upgrade(database_url)
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
    from observe.web.app import create_app

    settings = Settings(database_url=database_url, secret_key="for tests only", https=False)
    made = create_app(settings)
    made.config.update(TESTING=True)
    yield made
    made.extensions["observe_database"].engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
