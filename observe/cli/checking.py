"""Files that a school writes itself, checked: what each holds, or every fault by its place."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from observe.core.rubric_file import FileFaults

FILES = click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)


def all_good(files: Iterable[Path], holds: Callable[[bytes, str], str]) -> int:
    """Print what `holds` says of each file's content and name, or its faults; exit status 2 for any."""
    verdicts = [_is_good(file, holds) for file in files]
    return 0 if all(verdicts) else 2


def _is_good(file: Path, holds: Callable[[bytes, str], str]) -> bool:
    try:
        click.echo(holds(file.read_bytes(), str(file)))
    except FileFaults as refusal:
        for fault in refusal.faults:
            click.echo(str(fault), err=True)
        return False
    return True
