"""What commands that read a file of ratings have in common: the file and how it is to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, get_args

import click

from observe.core.agreement.ratings import Scale
from observe.services.agreement_file import Asked
from observe.services.rating_levels import MOST_LEVELS, as_level

Command = TypeVar("Command", bound=Callable[..., object])

OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option(
        "--scale",
        type=click.Choice(get_args(Scale)),
        help="What the ratings are; without it numbers are ordinal and words nominal.",
    ),
    click.option("--levels", help="Every level of the scale, lowest first: 1,2,3,4."),
    click.option("--roles-column", help="The column of roles, heads first [default: role]."),
    click.option("--by", help="Report apart for each value of this column."),
    click.option("--seed", type=int, help="Replace the seed that each table gives its draws."),
    click.option("--json", "as_json", is_flag=True, help="Every figure, as JSON."),
)


def reads_ratings(command: Command) -> Command:
    """Give a command FILE and the options that say how it is read."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def asked(
    scale: Scale | None,
    levels: str | None,
    roles_column: str | None,
    by: str | None,
    *,
    teachers: bool = False,
) -> Asked:
    """What these options ask for; click's refusal where the levels are not levels."""
    return Asked(scale, _split(levels), roles_column, by, teachers)


def _split(levels: str | None) -> tuple[str, ...] | None:
    if levels is None:
        return None
    words = tuple(word.strip() for word in levels.split(","))
    if "" in words or len({as_level(word) for word in words}) < len(words):
        raise click.BadParameter("name each level once, with commas between", param_hint="--levels")
    if len(words) > MOST_LEVELS:
        raise click.BadParameter(f"name at most {MOST_LEVELS} levels", param_hint="--levels")
    return words
