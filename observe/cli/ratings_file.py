"""What commands that read a file of ratings have in common: how it is read, and how they answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from observe.core.agreement.ratings import Scale
from observe.services.agreement_file import Asked
from observe.services.rating_levels import MOST_LEVELS, as_level

Group = TypeVar("Group")
Command = Callable[..., None]

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


def reads_ratings(*, teachers: bool = False, days: bool = False) -> Callable[[Command], Command]:
    """Give a command `file`, `asked` (how it is to be read), `seed` and `as_json`.

    `teachers` and `days` say that those of each lesson are wanted, too.
    """

    def give(command: Command) -> Command:
        @wraps(command)
        def asking(
            *,
            scale: Scale | None,
            levels: str | None,
            roles_column: str | None,
            by: str | None,
            **others: object,
        ) -> None:
            asked = Asked(scale, _split(levels), roles_column, by, teachers, days)
            command(asked=asked, **others)

        for option in reversed(OPTIONS):
            asking = option(asking)
        return asking

    return give


def _split(levels: str | None) -> tuple[str, ...] | None:
    """The levels that an option names; click's refusal where they are none."""
    if levels is None:
        return None
    words = tuple(word.strip() for word in levels.split(","))
    if "" in words or len({as_level(word) for word in words}) < len(words):
        raise click.BadParameter("name each level once, with commas between", param_hint="--levels")
    if len(words) > MOST_LEVELS:
        raise click.BadParameter(f"name at most {MOST_LEVELS} levels", param_hint="--levels")
    return words


def say_as_json(
    groups: Mapping[str, Group], plain: Callable[[Group], Mapping[str, Any]], *, grouped: bool
) -> None:
    """Print the answer of each group as JSON; the only one bare where none was asked for."""
    answers = {name: plain(each) for name, each in groups.items()}
    shown = {"groups": answers} if grouped else answers[""]
    click.echo(json.dumps(shown, indent=1, ensure_ascii=False, allow_nan=False))


def say(groups: Mapping[str, Group], readable: Callable[[str, Group], str], *, file: Path) -> None:
    """Print the answer of each group as text."""
    said = (readable(name, each) for name, each in groups.items())
    click.echo("\n\n".join(said) or f"There are no ratings in {file.name}.")
