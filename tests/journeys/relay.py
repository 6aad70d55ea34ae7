"""The way between tablets and server: passes everything on, and can lose, repeat, shuffle or refuse."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.journeys.servers import Server

OF_THIS_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length")
SYNC = "/api/v1/sync"


@dataclass(frozen=True)
class Asked:
    """A request on its way to the server."""

    method: str
    path: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    def saying(self, told: dict[str, Any]) -> "Asked":
        """The same request with another body."""
        return Asked(self.method, self.path, self.headers, json.dumps(told).encode())


@dataclass(frozen=True)
class Answered:
    """An answer on its way back."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    @property
    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told


Onward = Callable[[Asked], Answered]
Rule = Callable[[Asked, Onward], Answered | None]


def pass_on(asked: Asked, onward: Onward) -> Answered | None:
    """Nothing happens on the way."""
    return onward(asked)


@dataclass
class Relay:
    """Stands before a server. `rule` decides over each sending, `way` over every other request.

    None of either cuts the line without a word.
    """

    server: Server
    port: int = 0
    rule: Rule = pass_on
    way: Rule = pass_on
    sendings: list[tuple[Asked, Answered | None]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def statuses(self) -> list[int | None]:
        """How each sending so far ended, as the tablet saw it."""
        return [answered.status if answered else None for _, answered in self.sendings]

    def answer(self, asked: Asked) -> Answered | None:
        if asked.path != SYNC:
            return self.way(asked, self.onward)
        answered = self.rule(asked, self.onward)
        self.sendings.append((asked, answered))
        return answered

    def onward(self, asked: Asked) -> Answered:
        """Asks the server itself; OSError where it is down."""
        line = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            line.request(asked.method, asked.path, asked.body, _plain(asked.headers))
            told = line.getresponse()
            kept = [each for each in told.getheaders() if each[0].lower() not in OF_THIS_HOP]
            return Answered(told.status, kept, told.read())
        finally:
            line.close()


def _plain(headers: list[tuple[str, str]]) -> dict[str, str]:
    """What the server is told of a request, so that its answer can be read here."""
    kept = {name: value for name, value in headers if name.lower() not in OF_THIS_HOP}
    return {**kept, "Accept-Encoding": "identity"}


@contextmanager
def a_relay(server: Server) -> Iterator[Relay]:
    """A relay that listens until the block ends."""
    relay = Relay(server)
    listener = ThreadingHTTPServer(("127.0.0.1", 0), _handler(relay))
    listener.daemon_threads = True
    relay.port = listener.server_port
    threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
    yield relay
    listener.shutdown()
    listener.server_close()


def _handler(relay: Relay) -> type[BaseHTTPRequestHandler]:
    """Passes every request through this relay."""
    methods = {f"do_{name}": Passing.through for name in ("GET", "POST", "HEAD")}
    return type("Handler", (Passing,), {"relay": relay, **methods})


class Passing(BaseHTTPRequestHandler):
    """One request of a tablet; its connection ends with the answer, or without one."""

    relay: Relay

    def through(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path, list(self.headers.items()), body)
        self.close_connection = True
        with suppress(OSError, HTTPException):
            if answered := self.relay.answer(asked):
                self._tell(answered)

    def _tell(self, answered: Answered) -> None:
        self.send_response_only(answered.status)
        for name, value in answered.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answered.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answered.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""
