"""`observe rubrics`: check rubric files, help an editor to write them."""

import json
from pathlib import Path

import click

from observe.cli.checking import FILES, all_good
from observe.core.rubric_file import read_rubric
from observe.core.rubric_json import rubric_digest
from observe.core.rubric_schema import json_schema


@click.group("rubrics")
def command() -> None:
    """Check rubric files, and print their JSON Schema for an editor."""


@command.command(short_help="Say what each file holds, or every fault in it.")
@FILES
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Say what each FILE holds, or every fault as FILE:LINE:COLUMN; exit status 2 if there is one."""
    context.exit(all_good(files, _summary))


def _summary(content: bytes, name: str) -> str:
    rubric = read_rubric(content, name)
    domains, criteria = len(rubric.domains), len(list(rubric.criteria()))
    size = f"{_count(domains, 'domain', 'domains')}, {_count(criteria, 'criterion', 'criteria')}"
    return f"{rubric.title}, version {rubric.version}: {size}, {rubric_digest(rubric)}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@command.command(short_help="Print the JSON Schema of a rubric file.")
def schema() -> None:
    """Print the JSON Schema of a rubric file, for editors that help while one writes."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
