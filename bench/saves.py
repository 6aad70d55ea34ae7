"""How many saves a second the server takes, beside what the same machine can do at all.

The limit is a bare Flask application under the same gunicorn that inserts one row into SQLite with
`synchronous=FULL` and commits. Observe gets the same requests as from a tablet: a session, a token, a
registered device, one operation a request ("single") or 200 ("batches"), going round the 300 lines of a
long lesson.
"""

import http.client
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from running import Demo, free_port, wait_for

LINES = 300
BARE = """
import sqlite3, threading
from flask import Flask, request

app = Flask("bare")
own = threading.local()


def connection():
    if not hasattr(own, "db"):
        own.db = sqlite3.connect("{file}", isolation_level=None, timeout=30)
        own.db.execute("PRAGMA journal_mode=WAL")
        own.db.execute("PRAGMA synchronous=FULL")
        own.db.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, sent TEXT)")
    return own.db


@app.post("/")
def keep():
    db = connection()
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO kept (sent) VALUES (?)", (request.get_data(as_text=True),))
    db.execute("COMMIT")
    return {{"kept": True}}


@app.get("/")
def here():
    return "here"
"""


@contextmanager
def bare() -> Iterator[str]:
    """The limit, served as Observe is served; its address."""
    with tempfile.TemporaryDirectory(prefix="observe-bare-") as folder:
        Path(folder, "bare.py").write_text(BARE.format(file=Path(folder, "bare.sqlite3")))
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "bare:app", "--no-control-socket"]
        served = [*command, "--worker-class", "gthread", "--threads", "8"]
        process = subprocess.Popen(
            [*served, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
            cwd=folder, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(f"http://localhost:{port}/")
            yield f"http://localhost:{port}"
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Connection:
    """One client that keeps its connection and its cookies."""

    def __init__(self, url: str) -> None:
        self.wire = http.client.HTTPConnection(urlsplit(url).netloc)
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str | None = None, kind: str = "") -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = self.headers | {"Cookie": cookies, "Content-Type": kind or "application/json"}
        self.wire.request(method, path, body, headers)
        answer = self.wire.getresponse()
        told = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {told[:200]!r}")
        return told

    def json(self, method: str, path: str, body: Any = None) -> Any:
        return json.loads(self.ask(method, path, None if body is None else json.dumps(body)))


class Tablet:
    """A registered tablet of somebody in the demonstration, with one record open on it."""

    def __init__(self, running: Demo, role: str, place: int) -> None:
        self.wire = Connection(running.url)
        self._sign_in(running.accounts[role], running.password)
        told = self.wire.json("GET", "/api/v1/session")
        self.wire.headers["X-CSRFToken"] = told["csrf"]
        self.person, self.epoch = told["person"], told["epoch"]
        self.device = self.wire.json("POST", "/api/v1/devices", {"label": "bench"})["device_id"]
        lessons = self.wire.json("GET", "/api/v1/bootstrap")["lessons"]
        fresh = [each for each in lessons if each["state"] in ("planned", "draft")]
        self.lesson = fresh[place % len(fresh)]
        self.numbers, self.through = itertools.count(1), 0
        self.lines = itertools.cycle([str(uuid4()) for _ in range(LINES)])
        self.latest: dict[str, str] = {}
        self.send([self.operation("open", value={"lesson_id": self.lesson["lesson_id"]})])

    def _sign_in(self, email: str, password: str) -> None:
        token = re.search(rb'name="csrf_token" value="([^"]+)"', self.wire.ask("GET", "/sign-in"))
        assert token
        form = {"email": email, "password": password, "csrf_token": token[1].decode()}
        self.wire.ask("POST", "/sign-in", urlencode(form), "application/x-www-form-urlencoded")

    def operation(self, kind: str = "set", value: Any = "Asks for a reason.") -> dict[str, Any]:
        number, op_id = next(self.numbers), str(uuid4())
        field = f"note/{next(self.lines)}/text" if kind == "set" else ""
        previous, self.latest[field] = self.latest.get(field), op_id
        return {
            "op_id": op_id,
            "observation_id": self.lesson["observation_id"],
            "device_seq": number,
            "lamport": number,
            "kind": kind,
            "field": field or None,
            "value": value,
            "previous": previous,
            "rubric": self.lesson["rubric"],
            "at": "2026-11-21T10:15:30.120+01:00",
            "elapsed_ms": number * 100,
        }

    def send(self, operations: list[dict[str, Any]]) -> None:
        told = self.wire.json("POST", "/api/v1/sync", self._batch(operations))
        wrong = [each for each in told["results"] if each["status"] != "accepted"]
        if wrong:
            raise SystemExit(f"not accepted: {wrong[0]}")
        self.through = told["acknowledged_through"]

    def _batch(self, operations: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "protocol": 1,
            "device_id": self.device,
            "person_id": self.person,
            "epoch": self.epoch,
            "batch_id": str(uuid4()),
            "sent_at": "2026-11-21T10:15:30Z",
            "acknowledged_through": self.through,
            "operations": operations,
        }

    def save(self, most: int) -> None:
        self.send([self.operation() for _ in range(most)])


def rate(saves: list[Callable[[], object]], seconds: float) -> float:
    """Requests a second of so many clients at once."""
    counts = [0] * len(saves)
    until = time.perf_counter() + seconds

    def work(place: int) -> None:
        while time.perf_counter() < until:
            saves[place]()
            counts[place] += 1

    clients = [threading.Thread(target=work, args=(place,)) for place in range(len(saves))]
    begun = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(counts) / (time.perf_counter() - begun)


def print_rates(running: Demo, seconds: float) -> None:
    """Single saves and batches a second, at 1 and 8 clients, beside the limit."""
    roles = ("head", "adviser")
    for clients in (1, 8):
        tablets = [Tablet(running, roles[n % len(roles)], n // len(roles)) for n in range(clients)]
        with bare() as url:
            sent = json.dumps(tablets[0].operation())
            limit = rate(
                [partial(Connection(url).ask, "POST", "/", sent) for _ in tablets], seconds
            )
        single = rate([partial(each.save, 1) for each in tablets], seconds)
        batches = rate([partial(each.save, 200) for each in tablets], seconds)
        print(
            f"saves at {clients} client(s): bare insert {limit:.0f}/s, single {single:.0f}/s "
            f"({single / limit:.2f} of it, aim 0.33), batches of 200 {batches:.1f}/s "
            f"({batches * 200:.0f} operations/s)"
        )
