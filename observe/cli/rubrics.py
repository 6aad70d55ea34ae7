"""`observe rubrics`: check rubric files, help an editor to write them."""

import json
from pathlib import Path

import click

from observe.core.rubric import Rubric
from observe.core.rubric_file import RubricFaults, read_rubric
from observe.core.rubric_json import rubric_digest
from observe.core.rubric_schema import json_schema


@click.group("rubrics")
def command() -> None:
    """Check rubric files, and print their JSON Schema for an editor."""


@command.command(short_help="Say what each file holds, or every fault in it.")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Say what each FILE holds, or every fault as FILE:LINE:COLUMN; exit status 2 if there is one."""
    verdicts = [_is_good(file) for file in files]
    context.exit(0 if all(verdicts) else 2)


def _is_good(file: Path) -> bool:
    try:
        click.echo(_summary(read_rubric(file.read_bytes(), str(file))))
    except RubricFaults as refusal:
        for fault in refusal.faults:
            click.echo(str(fault), err=True)
        return False
    return True


def _summary(rubric: Rubric) -> str:
    domains, criteria = len(rubric.domains), len(list(rubric.criteria()))
    size = f"{_count(domains, 'domain', 'domains')}, {_count(criteria, 'criterion', 'criteria')}"
    return f"{rubric.title}, version {rubric.version}: {size}, {rubric_digest(rubric)}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@command.command(short_help="Print the JSON Schema of a rubric file.")
def schema() -> None:
    """Print the JSON Schema of a rubric file, for editors that help while one writes."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
