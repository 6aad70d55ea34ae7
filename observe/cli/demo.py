"""`observe demo`: build a demonstration network where there is none, and serve it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from observe.cli.installation import in_words
from observe.cli.serve import Place, must_be_free, serve
from observe.services.demo import opening
from observe.services.demo.opening import PASSWORD, Account
from observe.settings import Settings, kept_secret, sqlite_url


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data",
    "folder",
    default=Path("data/demo"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the demonstration's database.",
)
@click.option("--fresh", is_flag=True, help="Build it anew, as of today.")
@click.option(
    "--scale",
    default=1,
    show_default=True,
    type=click.IntRange(1, 25),
    help="How many times fifteen schools to build.",
)
def command(port: int, folder: Path, fresh: bool, scale: int) -> None:
    """Serve a demonstration network with invented schools; everybody has the same password."""
    place = Place(port=port)
    must_be_free(place)
    with in_words():
        accounts = opening.ready(folder, at=datetime.now(UTC), fresh=fresh, scale=scale, say=_say)
    settings = Settings(sqlite_url(folder), kept_secret(folder), demo=True, https=False)
    serve(settings, place, ready=lambda: _tell(place, accounts))


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _tell(place: Place, accounts: list[Account]) -> None:
    click.echo("\n".join(_told(place, accounts)))
    _say(f"Open {place.address} and tap a name to sign in. Ctrl-C stops it.")


def _told(place: Place, accounts: list[Account]) -> Iterator[str]:
    """The address, a line for each account, and the password."""
    yield place.address
    yield from (f"{account.role}  {account.name}  {account.email}" for account in accounts)
    yield f"password: {PASSWORD}"
