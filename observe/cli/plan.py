"""`observe plan`: how many more lessons it takes, from a file of ratings, one a row."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from observe.cli.plan_words import readable
from observe.cli.ratings_file import reads_ratings, say, say_as_json
from observe.services.agreement_file import Asked, read_ratings
from observe.services.agreement_plan import STATISTICS, Aim, Plan, Visiting, plan


@click.command()
@reads_ratings(teachers=True)
@click.option(
    "--half-width",
    type=click.FloatRange(0, min_open=True),
    default=0.1,
    show_default=True,
    help="How far the 95 % limits may lie from the figure: .1 is 10 %, or .1 of a coefficient.",
)
@click.option(
    "--statistic",
    type=click.Choice(STATISTICS),
    help="Which figure is to be known so well [default: exact, or alpha where ratings are numbers].",
)
@click.option(
    "--target",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.8,
    show_default=True,
    help="How reliably visits are to tell teachers apart, where the file has a column teacher.",
)
def command(
    file: Path,
    asked: Asked,
    seed: int | None,
    as_json: bool,
    half_width: float,
    statistic: str | None,
    target: float,
) -> None:
    """Say how many more lessons two observers need, judged by those in FILE.

    FILE is read as by observe agreement. With a column teacher, it also says how many lessons by how
    many observers tell teachers apart.
    """
    plans = {
        name: plan(each, half_width=half_width, statistic=statistic, target=target, seed=seed)
        for name, each in read_ratings(file, asked).items()
    }
    if as_json:
        plain = partial(_plain, half_width=half_width, target=target)
        say_as_json(plans, plain, grouped=asked.by is not None)
    else:
        say(plans, partial(readable, half_width=half_width, target=target), file=file)


def _plain(found: Plan, *, half_width: float, target: float) -> dict[str, Any]:
    return {
        "statistic": found.statistic,
        "half_width": half_width,
        "warnings": list(found.warnings),
        "criteria": [{"criterion": each.name, **_aim(each)} for each in found.criteria],
        "pooled": {"criteria": found.pooled_criteria, **_aim(found.pooled)},
        "visits": _visits(found.visiting, target),
    }


def _aim(aim: Aim) -> dict[str, Any]:
    return {
        "n": aim.n,
        "value": aim.value,
        "chance": aim.chance,
        "half_width_now": aim.half_width,
        "lessons": aim.lessons,
        "more": aim.more,
        "reason": aim.reason,
    }


def _visits(visiting: Visiting, target: float) -> dict[str, Any]:
    study = {} if visiting.study is None else asdict(visiting.study)
    named = [
        {"component": each.name, "variance": each.variance, "negative": each.negative}
        for each in (visiting.study.components if visiting.study else ())
    ]
    needs = [
        {"observers": need.observers, "lessons": need.lessons, "reliability": need.absolute}
        for need in visiting.needed
    ]
    return {
        **study,
        "components": named,
        "target": target,
        "needed": needs,
        "reason": visiting.reason,
    }
