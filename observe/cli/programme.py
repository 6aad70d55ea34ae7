"""`observe programme`: check programme files, help an editor to write them."""

import json
from pathlib import Path

import click

from observe.cli.checking import FILES, all_good
from observe.core.programme_file import read_programme
from observe.core.programme_json import programme_digest
from observe.core.programme_schema import json_schema


@click.group("programme")
def command() -> None:
    """Check programme files, and print their JSON Schema for an editor."""


@command.command(short_help="Say what each file holds, or every fault in it.")
@FILES
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Say what each FILE holds, or every fault as FILE:LINE:COLUMN; exit status 2 if there is one."""
    context.exit(all_good(files, _summary))


def _summary(content: bytes, name: str) -> str:
    programme = read_programme(content, name)
    stages = len(programme.stages)
    size = f"{stages} {'stage' if stages == 1 else 'stages'} in {programme.weeks} weeks"
    group = f"for {programme.least} to {programme.most} people"
    named = f"{programme.title}, version {programme.version}"
    return f"{named}: {size}, {group}, {programme_digest(programme)}"


@command.command(short_help="Print the JSON Schema of a programme file.")
def schema() -> None:
    """Print the JSON Schema of a programme file, for editors that help while one writes."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
