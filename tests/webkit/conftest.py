"""Tablets with WebKit, and a server that can be stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.servers import Server, a_server
from tests.webkit.tablets import WebKitTablet


@pytest.fixture
def server(database_url: str) -> Iterator[Server]:
    made = a_server(database_url)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def tablet(server: Server, tmp_path: Path) -> Iterator[WebKitTablet]:
    """A tablet that nobody has used yet."""
    made = WebKitTablet(tmp_path / "tablet", server.url)
    made.start()
    yield made
    made.close()
