"""`observe retention`: what was kept long enough, listed or erased."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import click

from observe.cli.installation import as_it_is, network_id
from observe.services import certificates_of_erasure, retention, washing
from observe.services.erased_things import Thing, by_thing, thing_of
from observe.services.retention import Due
from observe.storage import networks
from observe.storage.ageing import About
from observe.storage.database import Database

WORDS = {
    Thing.RECORDS: "records without notes now",
    Thing.NOTES: "notes and other words in records",
    Thing.SUMMARIES: "summaries",
    Thing.ANSWERS: "answers and comments",
    Thing.TARGETS: "targets",
    Thing.OWN_WORDS: "reflections, logs and other words of one's own",
    Thing.ASSESSMENTS: "sentences of assessments",
    Thing.REASONS: "reasons and rooms of lessons",
    Thing.ROLES: "roles",
    Thing.NAMES: "texts in which a name stood",
    Thing.MAILS: "mails",
    Thing.VISITS: "sign-ins and links",
    Thing.READINGS: "lines of who read what",
    Thing.HISTORY: "lines of history",
    Thing.OTHER: "other rows",
}
LATER = "Somebody is reading: the file is cleared of it with the next observe jobs run."


@click.group("retention")
def command() -> None:
    """List or erase what was kept for as long as the network said."""


@command.command(short_help="Erase what is over; --dry-run lists it.")
@click.option("--dry-run", is_flag=True, help="List what would be erased, and erase nothing.")
@click.option("--network", "name", help="Only the network of this name.")
def run(dry_run: bool, name: str | None) -> None:
    """Erase notes, summaries and other words that were kept for as long as the network said.

    Figures stay. observe jobs run does the same once a day. Afterwards no page of the database's file
    holds what was erased. Observe may go on serving meanwhile.
    """
    with as_it_is() as database:
        for title, place in _networks(database, name).items():
            _list(database, title, place) if dry_run else _erase(database, title, place)


def _networks(database: Database, name: str | None) -> dict[str, UUID]:
    if name is not None:
        return {name: network_id(database, name)}
    with database.outside() as session:
        return dict(networks.ids(session))


def _list(database: Database, title: str, place: UUID) -> None:
    with database.read(place) as session:
        due = retention.due(session, today=_now().date())
    if not due.is_any:
        click.echo(f"{title}: nothing is over.")
        return
    click.echo(f"{title}: this would be erased:")
    _tell("Notes of the lesson", due.lessons, due.records)
    _tell("Summary never sent", due.drafts, due.draft_count)
    _tell("Summary sent", due.summaries, due.summary_count)
    _tell_heaps(due)


def _tell(what: str, about: Sequence[About], number: int) -> None:
    for each in about:
        click.echo(f"  {what}: {each.name}, {_day(each.at.date())}")
    if number > len(about):
        click.echo(f"  {what}: {number} in all")


def _tell_heaps(due: Due) -> None:
    for heap in due.heaps:
        since = _day(heap.oldest.date())
        click.echo(f"  {heap.number} {WORDS[thing_of(heap.table)]}, the oldest of {since}")


def _erase(database: Database, title: str, place: UUID) -> None:
    done = list(_runs(database, place))
    if not done:
        click.echo(f"{title}: nothing is over.")
    for made in done:
        _certify(database, title, place, made)
    if not washing.wash(database, place, at=_now()):
        click.echo(LATER, err=True)


def _runs(database: Database, place: UUID) -> Iterator[UUID]:
    """The certificates of as many runs as it takes."""
    made: UUID | None = UUID(int=0)
    while made is not None:
        with database.write(place) as session:
            made = retention.run(session, by=None, at=_now())
        if made is not None:
            yield made


def _certify(database: Database, title: str, place: UUID, made: UUID) -> None:
    with database.read(place) as session:
        found = certificates_of_erasure.find(session, made)
    click.echo(f"{title}: erased, certificate {found.id}:")
    for thing, number in by_thing(found.counts).items():
        click.echo(f"  {number} {WORDS[thing]}")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _now() -> datetime:
    return datetime.now(UTC)
