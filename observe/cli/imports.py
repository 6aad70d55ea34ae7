"""`observe import`: load records that were made elsewhere."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from observe.cli.installation import network_id, prepared
from observe.services.importing import Imported, import_ratings


@click.group("import")
def command() -> None:
    """Load records that were made elsewhere."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--rubric", required=True, help="The id of a published rubric.")
@click.option(
    "--draft-rubric",
    "draft",
    is_flag=True,
    help="Make a bare rubric of that id from the codes and levels of the file, if there is none.",
)
@click.option("--blind", is_flag=True, help="Nobody saw a partner's record: the ratings count.")
@click.option("--network", "name", help="The network's name, where there are several.")
def ratings(file: Path, rubric: str, draft: bool, blind: bool, name: str | None) -> None:
    """Load the ratings of FILE as sealed records.

    FILE is CSV, a rating in each row, with the columns lesson, teacher, school, observer,
    observed_on (as 2026-11-17), criterion and rating; occasion and role are used where they are there.
    Schools and people that are not here yet are made, without a sign-in. With any fault in the file
    nothing is loaded. Loading a file again changes nothing.
    """
    with prepared() as database, database.write(network_id(database, name)) as session:
        done = import_ratings(
            session, file, rubric=rubric, draft=draft, blind=blind, at=datetime.now(UTC)
        )
    click.echo("\n".join(_told(done)))


def _told(done: Imported) -> Iterator[str]:
    if done.drafted:
        yield f"The rubric {done.drafted} was drafted from the codes and levels of the file."
    if done.counted_now:
        yield f"{done.counted_now} lessons count in the figures from now on."
    elif not done.records:
        yield "Nothing new: every record of this file is here already."
    if not done.records:
        return
    yield f"{done.lessons} new lessons, {done.records} records with {done.ratings} ratings."
    if done.schools or done.people:
        yield f"New, without a sign-in: schools {done.schools}, people {done.people}."
    if done.left_out:
        yield (
            "Nobody said that these records were made blind, so they are left out of the figures. "
            "If they were, load the file again with --blind."
        )
