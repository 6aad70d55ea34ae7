"""`observe serve`: Observe as a web server, one process or several, each with threads."""

import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from observe import loading
from observe.cli.installation import must_be_current
from observe.core.errors import Conflict
from observe.settings import Settings, from_environment

LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server listens, and how many requests it answers at a time."""

    host: str = LOCAL
    port: int = 8000
    workers: int = 1
    threads: int = 8

    @property
    def address(self) -> str:
        """What one types into a browser on this machine."""
        here = "localhost" if self.host in (LOCAL, "0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{here}:{self.port}/"


@click.command()
@click.option(
    "--host", default=LOCAL, show_default=True, help="Address to listen on; 0.0.0.0 for all."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes."
)
@click.option(
    "--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="In each."
)
def command(host: str, port: int, workers: int, threads: int) -> None:
    """Serve Observe with the settings of the environment, behind a proxy that speaks HTTPS."""
    place = Place(host, port, workers, threads)
    settings = from_environment()
    must_be_free(place)
    must_be_current(settings.database_url)
    serve(settings, place, ready=lambda: click.echo(f"Observe is at {place.address}"))


def serve(settings: Settings, place: Place, *, ready: Callable[[], None]) -> None:
    """Serve until interrupted; `ready` is called once requests are taken. Conflict if the port is taken."""
    must_be_free(place)
    if sys.platform == "win32":
        _serve_with_waitress(settings, place, ready)
    else:
        _serve_with_gunicorn(settings, place, ready)


def must_be_free(place: Place) -> None:
    """Conflict, in words, if nobody can listen there."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((place.host, place.port))
        except OSError as fault:
            raise Conflict(
                f"Observe cannot listen on {place.host}:{place.port} ({fault.strerror}). "
                "Stop what is running there, or give another --port."
            ) from fault


def _serve_with_waitress(settings: Settings, place: Place, ready: Callable[[], None]) -> None:
    waitress = __import__("waitress")
    app = _app(settings)
    ready()
    waitress.serve(app, host=place.host, port=place.port, threads=place.threads)


def _serve_with_gunicorn(settings: Settings, place: Place, ready: Callable[[], None]) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn, told by this program and not by its own command line."""

        def load_config(self) -> None:
            """What differs from gunicorn's defaults."""
            for name, value in _gunicorn(place, ready).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            """The application, made in the process that serves it."""
            return _app(settings)

    Server().run()


def _gunicorn(place: Place, ready: Callable[[], None]) -> dict[str, Any]:
    """Settings of gunicorn: threads share one process's memory, and quiet logs."""
    host = f"[{place.host}]" if ":" in place.host else place.host
    return {
        "bind": f"{host}:{place.port}",
        "workers": place.workers,
        "threads": place.threads,
        "worker_class": "gthread",
        "loglevel": "warning",
        "keepalive": 15,
        "graceful_timeout": 10,
        "control_socket_disable": True,
        "when_ready": lambda _server: ready(),
    }


def _app(settings: Settings) -> Any:
    with loading.for_good():
        from observe.web.app import create_app

        return create_app(settings)
