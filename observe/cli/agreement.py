"""`observe agreement`: how far observers agree, from a file of ratings, one a row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from observe.cli.agreement_words import readable
from observe.cli.over_time_words import over_time_lines
from observe.cli.ratings_file import reads_ratings, say, say_as_json
from observe.core.agreement.drift import Drift
from observe.core.agreement.plain import plain, plain_drift
from observe.core.agreement.ratings import LongRatings, pair_up
from observe.core.agreement.report import Report, report_with_leniency
from observe.services.agreement_file import Asked, read_ratings
from observe.services.forest_plot import forest_plot
from observe.services.rating_days import over_time


@dataclass(frozen=True, slots=True)
class Found:
    """What is said of one group: how far they agree, and how that went over time."""

    report: Report
    over_time: Drift


@click.command()
@reads_ratings(days=True)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the criteria with their limits into this SVG file, too.",
)
def command(file: Path, asked: Asked, seed: int | None, as_json: bool, plot: Path | None) -> None:
    """Say how far observers agree on the lessons of FILE.

    FILE is CSV with the columns lesson, observer, criterion and rating, in any order; occasion, role
    and observed_on are used where they are there. A blank rating, NA, not_seen and not_applicable
    are no level. The observer named first is the head where there are roles, else the one who
    stands first.
    """
    groups = {name: _found(each, seed) for name, each in read_ratings(file, asked).items()}
    if plot is not None:
        reports = {name: found.report for name, found in groups.items()}
        title = f"How far observers agree: {file.name}"
        plot.write_text(forest_plot(reports, title=title), encoding="utf-8")
    if as_json:
        say_as_json(groups, _plain, grouped=asked.by is not None)
    else:
        say(groups, _readable, file=file)


def _found(ratings: LongRatings, seed: int | None) -> Found:
    paired = pair_up(ratings)
    return Found(report_with_leniency(paired, seed=seed), over_time(ratings, paired))


def _plain(found: Found) -> dict[str, Any]:
    return {**plain(found.report), "over_time": plain_drift(found.over_time)}


def _readable(name: str, found: Found) -> str:
    return "\n".join([readable(name, found.report), *over_time_lines(found.over_time)])
