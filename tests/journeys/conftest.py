"""A real server process and real browsers, for whole ways through the product."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.factories import School
from tests.journeys.relay import Relay, a_relay
from tests.journeys.servers import FAILING, a_server
from tests.journeys.servers import Server as Server
from tests.journeys.tablets import QUIET, TABLET, Tablet

# A machine that tests many things at once answers late, and what never comes still fails.
expect.set_options(timeout=15_000)

AT_REST = """() => Promise.allSettled(
    document.getAnimations()
        .filter((each) => each.effect.getTiming().iterations !== Infinity)
        .map((each) => each.finished)
)"""


@dataclass
class Watched:
    """A page whose console and requests are kept in view."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def watch(self) -> "Watched":
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        return self

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "net::ERR_INTERNET_DISCONNECTED" not in message.text:
            self.complaints.append(message.text)

    def _asked(self, url: str) -> None:
        if urlsplit(url).hostname not in ("localhost", None):
            self.strangers.append(url)

    def is_clean(self) -> None:
        """Fail if anything was said on the console or asked of another machine, or axe objects."""
        assert not self.complaints, self.complaints
        assert not self.strangers, self.strangers
        self.is_accessible()

    def is_accessible(self) -> None:
        """Fail if axe objects to the page as it is once its colours have stopped changing."""
        self.page.evaluate(AT_REST)
        found = Axe().run(self.page)
        told = [
            f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}"
            for v in found.response["violations"]
        ]
        assert not told, f"{self.page.url}: {told}"


@pytest.fixture
def server(database_url: str) -> Iterator[Server]:
    made = a_server(database_url)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def faults(tmp_path: Path) -> Path:
    """Where files say how the machine of `failing_server` fails."""
    folder = tmp_path / "faults"
    folder.mkdir()
    return folder


@pytest.fixture
def failing_server(database_url: str, faults: Path) -> Iterator[Server]:
    """A server whose disk and transactions fail when told to."""
    made = a_server(database_url, FAULTS=str(faults))
    made.app = FAILING
    made.start()
    yield made
    made.kill()


@pytest.fixture
def relay(server: Server) -> Iterator[Relay]:
    """A way to the server that can be told to fail."""
    with a_relay(server) as made:
        yield made


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "the journeys need the system's Chromium: apt install chromium"
    return path


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
    yield opened
    opened.close()


@pytest.fixture
def tablet(chromium: Browser, server: Server) -> Iterator[Callable[[], Watched]]:
    """Gives tablets: each has its own cookies and store."""
    contexts: list[BrowserContext] = []

    def another() -> Watched:
        context = chromium.new_context(viewport=TABLET, base_url=server.url, locale="en-GB")  # type: ignore[arg-type]
        contexts.append(context)
        return Watched(context.new_page()).watch()

    yield another
    for context in contexts:
        context.close()


@pytest.fixture
def tablets(
    playwright: Playwright, chromium_path: str, school: School, tmp_path: Path
) -> Iterator[Callable[..., Tablet]]:
    """Gives tablets that live through kills: of somebody who is signed in, at the address of a server."""
    made: list[Tablet] = []

    def of(name: str, url: str, **differs: object) -> Tablet:
        profile = tmp_path / f"tablet-{len(made)}"
        tablet = Tablet(playwright, chromium_path, profile, url, **differs)  # type: ignore[arg-type]
        made.append(tablet)
        tablet.start()
        tablet.sign_in(school, name)
        tablet.close()
        tablet.start()
        return tablet

    yield of
    for tablet in made:
        tablet.close()
