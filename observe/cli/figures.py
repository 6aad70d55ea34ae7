"""`observe figures`: whether what is kept of the ratings still says what the ratings say."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

import click

from observe.cli.installation import as_it_is, network_id
from observe.services import kept_figures
from observe.services.kept_figures import Kept, Line
from observe.storage import networks
from observe.storage.database import Database

PLACES: Mapping[Kept, tuple[str, str]] = {
    Kept.SUMS: ("sum of a pair of levels", "sums of pairs of levels"),
    Kept.SUMMARIES: ("summary of a lesson", "summaries of lessons"),
    Kept.COUNTS: ("count", "counts"),
}


@click.group("figures")
def command() -> None:
    """Check what is kept of the ratings against the ratings."""


@command.command(short_help="Compare with the ratings; --mend makes anew what differs.")
@click.option("--mend", is_flag=True, help="Make what differs anew from the ratings.")
@click.option("--network", "name", help="Only the network of this name.")
def check(mend: bool, name: str | None) -> None:
    """Compare the counts and summaries from which figures are made with the ratings themselves.

    Says what differs, by rubric version and criterion, and ends with status 1 if anything does.
    Observe may go on serving meanwhile.
    """
    with as_it_is() as database:
        chosen = _networks(database, name)
        fine = [_is_fine(database, each, mend=mend) for each in chosen.items()]
    sys.exit(0 if all(fine) else 1)


def _networks(database: Database, name: str | None) -> Mapping[str, UUID]:
    if name is not None:
        return {name: network_id(database, name)}
    with database.outside() as session:
        return networks.ids(session)


def _is_fine(database: Database, network: tuple[str, UUID], *, mend: bool) -> bool:
    """Say what differs in a network; whether nothing does in the end."""
    name, place = network
    found, left = _compared(database, place, mend=mend)
    for sentence in _sentences(found):
        click.echo(f"{name}: {sentence}")
    if left:
        again = "Run observe figures check --mend to make it anew from the ratings."
        click.echo("It still differs." if mend else again, err=True)
    else:
        click.echo(f"{name}: what is kept {'now ' if found else ''}says what the ratings say.")
    return not left


def _compared(
    database: Database, place: UUID, *, mend: bool
) -> tuple[Sequence[Line], Sequence[Line]]:
    """What differs, and what still does in the end.

    What is found is looked at again while nobody writes, for a reveal in between is no difference.
    """
    with database.read(place) as session:
        if not kept_figures.differing(session):
            return [], []
    with database.write(place) as session:
        found = kept_figures.differing(session)
        left = kept_figures.mended(session) if found and mend else found
    return found, left


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    for (rubric, criterion), mine in groupby(lines, key=lambda line: (line.rubric, line.criterion)):
        places = ", ".join(_places(line) for line in mine)
        yield f"{rubric}, {criterion or 'whole lessons'}: not what the ratings say: {places}."


def _places(line: Line) -> str:
    return f"{line.places} {PLACES[line.kept][line.places != 1]}"
