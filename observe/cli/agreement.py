"""`observe agreement`: how far observers agree, from a file of ratings, one a row."""

from __future__ import annotations

import json
from pathlib import Path

import click

from observe.cli.agreement_words import readable
from observe.cli.ratings_file import asked, reads_ratings
from observe.core.agreement.plain import plain
from observe.core.agreement.ratings import LongRatings, Scale, pair_up
from observe.core.agreement.report import Report, report_with_leniency
from observe.services.agreement_file import read_ratings
from observe.services.forest_plot import forest_plot


@click.command()
@reads_ratings
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the criteria with their limits into this SVG file, too.",
)
def command(
    file: Path,
    scale: Scale | None,
    levels: str | None,
    roles_column: str | None,
    by: str | None,
    seed: int | None,
    as_json: bool,
    plot: Path | None,
) -> None:
    """Say how far observers agree on the lessons of FILE.

    FILE is CSV with the columns lesson, observer, criterion and rating, in any order; occasion and
    role are used where they are there. A blank rating, NA, not_seen and not_applicable are no level.
    The observer named first is the head where there are roles, else the one who stands first.
    """
    groups = read_ratings(file, asked(scale, levels, roles_column, by))
    reports = {name: _report(ratings, seed) for name, ratings in groups.items()}
    if plot is not None:
        title = f"How far observers agree: {file.name}"
        plot.write_text(forest_plot(reports, title=title), encoding="utf-8")
    if as_json:
        click.echo(_json(reports, grouped=by is not None))
    else:
        said = [readable(name, each) for name, each in reports.items()]
        click.echo("\n\n".join(said) or f"There are no ratings in {file.name}.")


def _report(ratings: LongRatings, seed: int | None) -> Report:
    return report_with_leniency(pair_up(ratings), seed=seed)


def _json(reports: dict[str, Report], *, grouped: bool) -> str:
    groups = {name: plain(each) for name, each in reports.items()}
    shown = {"groups": groups} if grouped else groups[""]
    return json.dumps(shown, indent=1, ensure_ascii=False, allow_nan=False)
