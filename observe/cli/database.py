"""`observe database`: upgrade, back up, restore."""

from collections.abc import Iterator
from pathlib import Path

import click

from observe.cli.installation import upgraded
from observe.services import after_restore, backups
from observe.services.after_restore import Back
from observe.settings import from_environment

UNKNOWN = "Nothing here tells who was erased since that copy: look at the certificates."
PEOPLE = "Whoever holds data protection finds them under What is kept, and erases them there again."


@click.group("database")
def command() -> None:
    """Make, upgrade, back up and restore the database."""


@command.command("upgrade", short_help="Make the database, or bring it to this version.")
def upgrade_database() -> None:
    """Bring the database to the shape that this version needs; make it where there is none."""
    upgraded(from_environment().database_url)
    click.echo("The database is up to date.")


@command.command(short_help="Copy the embedded database while it is in use.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write a whole copy of the embedded database to FILE while Observe goes on serving."""
    backups.backup(from_environment().database_url, file)
    click.echo(f"The database is copied to {file}.")


@command.command(short_help="Put a copy in its place.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Put FILE in place of the embedded database; tablets then send again what it lacks.

    Stop Observe first. What was there before is kept beside it.
    """
    url = from_environment().database_url
    kept = backups.restore(url, file)
    before = f" What was there before is kept as {kept}." if kept else ""
    click.echo(f"{file} is now the database.{before}")
    click.echo("\n".join(_back(after_restore.erased_since(url, kept) if kept else None)))


def _back(found: Back | None) -> Iterator[str]:
    """What has to be erased once more, and who does it how."""
    yield "Erase anew what has grown old since the copy was made: observe retention run"
    if found is None:
        yield UNKNOWN
        return
    if found.people:
        people = "1 person is" if found.people == 1 else f"{found.people} people are"
        yield f"{people} in it again who had been erased since. {PEOPLE}"
    for name in found.networks:
        yield (
            f"{name} is in it again, and had been deleted since: "
            f'observe network delete "{name}" --typed "{name}" --at-once'
        )
