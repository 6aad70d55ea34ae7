"""`observe agreement`: how far observers agree, from a file of ratings, one a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from observe.core.agreement.figures import (
    CriterionReport,
    Difference,
    Figure,
    Leniency,
    PooledReport,
    Report,
)
from observe.core.agreement.plain import plain
from observe.core.agreement.ratings import LongRatings, Scale, pair_up
from observe.core.agreement.report import report_with_leniency
from observe.services.agreement_file import Asked, read_ratings


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--scale",
    type=click.Choice(get_args(Scale)),
    help="What the ratings are; without it numbers are ordinal and words nominal.",
)
@click.option("--levels", help="Every level of the scale, lowest first: 1,2,3,4.")
@click.option("--roles-column", help="The column of roles, heads first [default: role].")
@click.option("--by", help="Report apart for each value of this column.")
@click.option("--seed", type=int, help="Replace the seed that each table gives its draws.")
@click.option("--json", "as_json", is_flag=True, help="Every figure, as JSON.")
def command(
    file: Path,
    scale: Scale | None,
    levels: str | None,
    roles_column: str | None,
    by: str | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Say how far observers agree on the lessons of FILE.

    FILE is CSV with the columns lesson, observer, criterion and rating, in any order; occasion and
    role are used where they are there. A blank rating, NA, not_seen and not_applicable are no level.
    The observer named first is the head where there are roles, else the one who stands first.
    """
    asked = Asked(scale, _split(levels), roles_column, by)
    groups = read_ratings(file, asked)
    reports = {name: _report(ratings, seed) for name, ratings in groups.items()}
    if as_json:
        click.echo(_json(reports, grouped=by is not None))
    else:
        click.echo("\n\n".join(_readable(name, each) for name, each in reports.items()))


def _split(levels: str | None) -> tuple[str, ...] | None:
    if levels is None:
        return None
    words = tuple(word.strip() for word in levels.split(","))
    if "" in words or len(set(words)) < len(words):
        raise click.BadParameter("name each level once, with commas between", param_hint="--levels")
    return words


def _report(ratings: LongRatings, seed: int | None) -> Report:
    return report_with_leniency(pair_up(ratings), seed=seed)


def _json(reports: dict[str, Report], *, grouped: bool) -> str:
    groups = {name: plain(each) for name, each in reports.items()}
    shown = {"groups": groups} if grouped else groups[""]
    return json.dumps(shown, indent=1, ensure_ascii=False, allow_nan=False)


def _readable(name: str, report: Report) -> str:
    heading = [f"{name}:"] if name else []
    return "\n".join(
        [
            *heading,
            f"{report.lessons} lessons, {report.observers} observers, {report.ratings} ratings",
            *(f"Note: {warning}." for warning in report.warnings),
            "",
            *_table([_COLUMNS, *(_row(each) for each in report.criteria)]),
            *_reasons(report),
            "",
            *_over_criteria(report.pooled),
            *_who_gives_higher_levels(report.leniency or ()),
        ]
    )


_COLUMNS = ("criterion", "n", "same level", "by chance", "within one", "by chance", "alpha", "AC2")


def _row(report: CriterionReport) -> tuple[str, ...]:
    cells = "" if report.n_cells == report.n else f" ({report.n_cells})"
    return (
        report.criterion.key,
        f"{report.n}{cells}",
        _exact(report),
        _chance(report.exact),
        _percent(report.within_one),
        _chance(report.within_one),
        _decimal(report.alpha),
        _decimal(report.ac2),
    )


def _exact(report: CriterionReport) -> str:
    """The share, or the bare count where the lessons are too few for a share."""
    if report.exact.value is None and report.same is not None and report.n_cells:
        return f"same level on {report.same} of {report.n_cells}"
    return _percent(report.exact)


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _reasons(report: Report) -> Iterator[str]:
    """Why a criterion has no figures, and what to mind about those it has."""
    for each in report.criteria:
        missing = (each.exact.reason, each.alpha.reason)
        for reason in dict.fromkeys((*missing, *each.flags)):
            if reason is not None:
                yield f"  {each.criterion.key}: {reason}"


def _over_criteria(pooled: PooledReport) -> Iterator[str]:
    yield f"Over all criteria ({pooled.criteria}), {pooled.n} lessons"
    for words, said in (
        ("same level", _percent(pooled.exact)),
        ("  by chance", _chance(pooled.exact)),
        ("within one", _percent(pooled.within_one)),
        ("  by chance", _chance(pooled.within_one)),
        ("stratified alpha", _decimal(pooled.alpha_stratified)),
        ("mean AC2", _decimal(pooled.ac2_mean)),
        ("first minus second", _signed(pooled.mean_difference)),
    ):
        yield f"  {words:<20}{said}"
    for key, reason in pooled.left_out:
        yield f"  not in: {key} ({reason})"


def _who_gives_higher_levels(everybody: tuple[Leniency, ...]) -> Iterator[str]:
    """Each observer in words first, in the order of the file."""
    for component in sorted({each.component for each in everybody}):
        yield f"\nWho gives higher levels, group {component} (logits, 95 % limits)"
        for each in everybody:
            if each.component == component:
                yield f"  {each.observer}: {_gives(each)}, {each.lessons} lessons"


def _gives(leniency: Leniency) -> str:
    value, low, high = leniency.logits, leniency.low, leniency.high
    if value is None or low is None or high is None:
        return leniency.reason or "-"
    words = "higher levels" if low > 0 else "lower levels" if high < 0 else "about the same levels"
    return f"{words} {value:+.2f} ({low:+.2f} to {high:+.2f})"


def _percent(figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return figure.reason or "-"
    return f"{figure.value:.0%} ({figure.low:.0%} to {figure.high:.0%})"


def _chance(figure: Figure) -> str:
    return "" if figure.chance is None else f"{figure.chance:.0%}"


def _decimal(figure: Figure) -> str:
    if figure.value is None:
        return figure.reason or "-"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"


def _signed(difference: Difference) -> str:
    if difference.value is None:
        return difference.reason or "-"
    return f"{difference.value:+.2f} ({difference.low:+.2f} to {difference.high:+.2f})"
