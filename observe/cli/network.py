"""`observe network`: make a network and its first facilitator; a new link for one who lost theirs."""

from datetime import UTC, datetime

import click

from observe.cli.installation import network_id, prepared
from observe.services import links, networks

where = click.option(
    "--url", default="", help="Where Observe is served, such as https://observe.example."
)


@click.group()
def command() -> None:
    """Make a network and its first facilitator, or a new link for a facilitator."""


@command.command(short_help="Make a network; print its facilitator's link.")
@click.argument("name")
@click.option("--email", required=True, help="E-mail address of the first facilitator.")
@click.option(
    "--name", "person", default="", help="Their name; taken from the address if left out."
)
@where
def create(name: str, email: str, person: str, url: str) -> None:
    """Make the network NAME and print the one-time link for its first facilitator."""
    with prepared() as database:
        _tell(networks.create(database, name, email, person, at=datetime.now(UTC)), url)


@command.command(short_help="Print a new link for a facilitator.")
@click.argument("email")
@click.option("--network", "name", help="The network's name, where there are several.")
@where
def link(email: str, name: str | None, url: str) -> None:
    """Print a new one-time link for the facilitator with the address EMAIL.

    It is for a facilitator who lost a link or a password. Everybody else gets theirs from the
    facilitator, on the page People.
    """
    with prepared() as database, database.write(network_id(database, name)) as session:
        token = networks.facilitators_link(session, email, at=datetime.now(UTC))
    _tell(token, url)


def _tell(token: str, url: str) -> None:
    """The link alone on standard output, what to do with it beside."""
    click.echo(url.rstrip("/") + links.path(token))
    place = "this link" if url else "this path at the address where Observe is served"
    click.echo(
        f"Open {place} within {links.LIFE.days} days to choose a password. It works once.", err=True
    )
