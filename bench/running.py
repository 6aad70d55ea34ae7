"""A demonstration that runs in a process of its own, for benchmarks and screenshots."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import build_opener

ROOT = Path(__file__).parent.parent
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Demo:
    """A running demonstration and its accounts."""

    url: str
    worker: int
    accounts: dict[str, str]
    password: str
    folder: Path


BUILT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from observe.services.demo import opening

folder, scale = sys.argv[1:]
opening.ready(Path(folder), at=datetime.now(UTC), fresh=True, scale=int(scale), say=print)
"""


@contextmanager
def demo(scale: int) -> Iterator[Demo]:
    """A demonstration of that scale, in a folder of its own.

    It is built by a process of its own, so that the one that serves is as large as in a school.
    """
    folder, port = tempfile.mkdtemp(prefix="observe-bench-"), free_port()
    built = [sys.executable, "-c", BUILT, folder, str(scale)]
    subprocess.run(built, check=True, cwd=ROOT, stdout=sys.stderr)
    command = [sys.executable, "-m", "observe", "demo", "--port", str(port), "--data", folder]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True, cwd=ROOT
    )
    accounts, password = read_accounts(process)
    wait_for(f"http://localhost:{port}/sign-in")
    try:
        yield Demo(
            f"http://localhost:{port}", worker_of(process.pid), accounts, password, Path(folder)
        )
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_accounts(process: subprocess.Popen[str]) -> tuple[dict[str, str], str]:
    accounts: dict[str, str] = {}
    assert process.stdout is not None
    for line in process.stdout:
        columns = re.split(r"\s{2,}", line.strip())
        if len(columns) == 3:
            accounts.setdefault(columns[0], columns[2])
        if line.startswith("password: "):
            return accounts, line.split(": ", 1)[1].strip()
    raise SystemExit("the demonstration did not start")


def worker_of(pid: int) -> int:
    """The process that serves: the youngest child, or the process itself."""
    time.sleep(1)
    listed = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    return int(listed[-1]) if listed else pid


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            build_opener().open(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")
