"""`observe demo` and `observe serve`, as processes that one can visit."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

START = 60.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def observe(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", "from observe.cli.main import main; main()", *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def lines_until(process: subprocess.Popen[str], last: str) -> list[str]:
    assert process.stdout is not None
    lines = []
    begun = time.monotonic()
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if re.match(last, line) or time.monotonic() - begun > START:
            break
    return lines


@pytest.mark.slow
def test_a_demonstration_prints_its_address_accounts_and_password(tmp_path: Path) -> None:
    port = free_port()
    arguments = ("demo", "--port", str(port), "--data", str(tmp_path))
    with observe(*arguments) as process:
        address, *accounts, password = lines_until(process, "password: ")
        page = urlopen(f"{address}sign-in", timeout=20).read().decode()
    assert address == f"http://localhost:{port}/"
    assert re.fullmatch(r"facilitator  \S.*\S  \S+@\S+\.example", accounts[0])
    assert {line.split("  ")[0] for line in accounts[:12]} >= {
        "head",
        "adviser",
        "leader",
        "teacher",
    }
    assert re.fullmatch(r"password: \S+", password)
    assert "<h1" in page
    with observe(*arguments) as process:
        again = lines_until(process, "password: ")
    assert again == [address, *accounts, password]


@pytest.mark.slow
def test_observe_is_served_with_the_settings_of_the_environment(tmp_path: Path) -> None:
    from observe.settings import sqlite_url
    from observe.storage.schema import upgrade

    upgrade(sqlite_url(tmp_path))
    port = free_port()
    with observe("serve", "--port", str(port), OBSERVE_DATA=str(tmp_path)) as process:
        (told,) = lines_until(process, "Observe is at")
        page = urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=20).read()
    assert told == f"Observe is at http://localhost:{port}/"
    assert b"<h1" in page


def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with observe("serve", "--port", str(port), OBSERVE_DATA=str(tmp_path)) as process:
            _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in said


def test_a_demonstration_that_is_being_served_is_not_built_anew(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        with observe("demo", "--fresh", "--port", port, "--data", str(tmp_path)) as process:
            _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "cannot listen" in said
    assert not list(tmp_path.iterdir())
