"""Real server processes: one that runs as in a school, and ways to let it fail."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent.parent
FAILING = "tests.journeys.failing:app"


@dataclass
class Server:
    """One Observe server process; `kill` is a power cut, `inside` a command that runs it somewhere."""

    environment: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    folder: Path = ROOT
    app: str = "wsgi:app"
    inside: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *self.inside,
                *(sys.executable, "-m", "gunicorn", self.app, "--no-control-socket", "--threads", "8"),
                *("--worker-class", "gthread", "--bind", f"127.0.0.1:{self.port}", "--log-level", "error"),
            ],
            cwd=self.folder, env=self.environment, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(self._serves)
        except AssertionError:
            self.kill()
            raise

    def _serves(self) -> bool:
        assert self.process
        assert self.process.poll() is None, "the server does not start; the reason stands above"
        return answers(f"{self.url}/sign-in")

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def restart(self) -> None:
        """A power cut, and the power comes back."""
        self.kill()
        self.start()


def a_server(database_url: str, **differs: str) -> Server:
    """A server of this database, not started yet; `differs` goes into its environment."""
    given = {
        "OBSERVE_DATABASE_URL": database_url,
        "OBSERVE_SECRET_KEY": SECRET,
        "OBSERVE_HTTPS": "no",
    }
    return Server({**os.environ, **given, **differs}, free_port())


SECRET = "for tests only"


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
