"""`observe network`: make a network and its first facilitator."""

from datetime import UTC, datetime

import click

from observe.services import links, networks
from observe.settings import from_environment
from observe.storage.database import opened
from observe.storage.schema import upgrade


@click.group()
def command() -> None:
    """Make a network and its first facilitator."""


@command.command()
@click.argument("name")
@click.option("--email", required=True, help="E-mail address of the first facilitator.")
@click.option(
    "--name", "person", default="", help="Their name; taken from the address if left out."
)
@click.option("--url", default="", help="Where Observe is served, such as https://observe.example.")
def create(name: str, email: str, person: str, url: str) -> None:
    """Make the network NAME and print the one-time link for its first facilitator."""
    settings = from_environment()
    upgrade(settings.database_url)
    with opened(settings.database_url) as database:
        token = networks.create(database, name, email, person, at=datetime.now(UTC))
    click.echo(url.rstrip("/") + links.path(token))
    click.echo(_what_to_do(bool(url)), err=True)


def _what_to_do(whole: bool) -> str:
    where = "this link" if whole else "this path at the address where Observe is served"
    return f"Open {where} within {links.LIFE.days} days to choose a password. It works once."
