"""`observe network`: make a network, a new link for its facilitator, export all of it, delete it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import click

from observe.cli.installation import as_it_is, network_id, prepared
from observe.services import links, network_deletion, network_export, networks
from observe.settings import from_environment
from observe.storage.database import Database

where = click.option(
    "--url", default="", help="Where Observe is served, such as https://observe.example."
)


@click.group()
def command() -> None:
    """Make a network and its first facilitator, a new link, an export of all of it, or delete it."""


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


@command.command(short_help="Write everything that a network owns to a file.")
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(name: str, file: Path) -> None:
    """Write everything that the network NAME owns to FILE, a ZIP of JSON Lines and CSV.

    What is private to its author, passwords, and records that partners may not read yet are not in
    it; README.txt in the file says so. FILE must not be there yet.
    """
    at = datetime.now(UTC)
    with as_it_is() as database, file.open("xb") as out:
        place = network_id(database, name)
        with database.write(place) as session:
            network_export.noted(session, by=None, at=at)
        with database.read(place) as session:
            rows = network_export.write(session, out, at=at)
    click.echo(f"{rows} rows of {name} are in {file}.")


@command.command(short_help="Delete a network with all that it owns, after some days.")
@click.argument("name")
@click.option("--typed", help="The name once more, so that it is not a slip.")
@click.option("--at-once", is_flag=True, help="Do not wait: delete it now.")
@click.option("--keep", is_flag=True, help="Take back a deletion that was asked for.")
def delete(name: str, typed: str | None, at_once: bool, keep: bool) -> None:
    """Delete the network NAME, with everybody in it and all that they wrote.

    It is done by observe jobs run after 14 days; until then --keep takes it back, as does the page of
    whoever holds data protection. Export it first. Backups made before still hold it.
    """
    at = datetime.now(UTC)
    with as_it_is() as database:
        place = network_id(database, name)
        database.links_lead_to = None if at_once else from_environment().links_lead_to
        if keep:
            _keep(database, place, name, at=at)
        else:
            _end(database, place, typed or "", at_once=at_once, at=at)


def _keep(database: Database, place: UUID, name: str, *, at: datetime) -> None:
    with database.write(place) as session:
        network_deletion.keep(session, by=None, at=at)
    click.echo(f"{name} goes on as before.")


def _end(database: Database, place: UUID, typed: str, *, at_once: bool, at: datetime) -> None:
    with database.write(place) as session:
        if at_once:
            network_deletion.must_be_typed(session, typed)
            network_deletion.keep(session, by=None, at=at)
        waits = timedelta() if at_once else network_deletion.WAITS
        due = network_deletion.ask(session, typed=typed, by=None, at=at, waits=waits)
    made = network_deletion.carry_out(database, place, at=at)
    if made is None:
        click.echo(
            f"It is deleted on {due.day} {due:%B %Y} with observe jobs run; --keep keeps it."
        )
    else:
        rows = sum(network_deletion.certificate(database, made).counts.values())
        click.echo(f"Deleted: {rows} rows. Certificate {made}, at /gone/{made} of this Observe.")


def _tell(token: str, url: str) -> None:
    """The link alone on standard output, what to do with it beside."""
    click.echo(url.rstrip("/") + links.path(token))
    place = "this link" if url else "this path at the address where Observe is served"
    click.echo(
        f"Open {place} within {links.LIFE.days} days to choose a password. It works once.", err=True
    )
