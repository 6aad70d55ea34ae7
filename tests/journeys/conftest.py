"""A real server process and a real browser, for whole ways through the product."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABLET = {"width": 1180, "height": 820}


@dataclass
class Server:
    """One Observe server process; `kill` is a power cut."""

    environment: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "wsgi:app", "--no-control-socket", "--threads", "8"),
                *("--worker-class", "gthread", "--bind", f"127.0.0.1:{self.port}", "--log-level", "error"),
            ],
            cwd=ROOT, env=self.environment, start_new_session=True,
        )  # fmt: skip
        wait_for(lambda: answers(f"{self.url}/sign-in"))

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


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
        found = Axe().run(self.page)
        told = [
            f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}"
            for v in found.response["violations"]
        ]
        assert not told, f"{self.page.url}: {told}"


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_for(holds: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(database_url: str) -> Iterator[Server]:
    environment = {
        **os.environ, "OBSERVE_DATABASE_URL": database_url, "OBSERVE_SECRET_KEY": "for tests only",
        "OBSERVE_HTTPS": "no",
    }  # fmt: skip
    made = Server(environment, free_port())
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "the journeys need the system's Chromium: apt install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
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
