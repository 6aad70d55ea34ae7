"""How many lessons it takes, in sentences, then as a table."""

from __future__ import annotations

from collections.abc import Iterator

from observe.cli.agreement_words import NONE, criteria, lessons, with_something
from observe.core.agreement.generalizability import Need
from observe.services.agreement_plan import Aim, Plan, Visiting

WORDS = {
    "exact": "the share of the same level",
    "within_one": "the share within one level",
    "alpha": "alpha",
    "ac1": "AC1",
    "ac2": "AC2",
    "kappa_quadratic": "quadratic kappa",
    "kappa_linear": "linear kappa",
    "icc_a1": "ICC(A,1)",
    "mean_difference": "the mean difference, first minus second",
}
SHARES = ("exact", "within_one")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def readable(name: str, plan: Plan, *, half_width: float, target: float) -> str:
    """The plan of one group, under its name where it has one."""
    heading = [f"{name}:"] if name else []
    return "\n".join(
        [
            *heading,
            _in_a_sentence(plan, half_width),
            *(f"Note: {warning}." for warning in plan.warnings),
            "",
            *with_something([_COLUMNS, *_rows(plan)]),
            *_reasons(plan),
            "",
            *_visits(plan.visiting, target),
        ]
    )


def _in_a_sentence(plan: Plan, half_width: float) -> str:
    """What is still to be done, over all criteria or, where there is none such, for the hardest."""
    aim, of = plan.pooled, f"{WORDS[plan.statistic]} over {criteria(plan.pooled_criteria)}"
    if aim.half_width is None and (known := [each for each in plan.criteria if each.half_width]):
        aim = max(known, key=lambda each: each.lessons or float("inf"))
        of = f"{WORDS[plan.statistic]} of {aim.name}"
    wanted = _width(plan.statistic, half_width)
    if aim.half_width is None:
        return f"How many lessons it takes for {of} cannot be said: {aim.reason}."
    now = f"now to within {_width(plan.statistic, aim.half_width)}, from {lessons(aim.n)}"
    if aim.more is None:
        return f"No number of lessons would give {of} to within {wanted} ({now})."
    if aim.more == 0:
        return f"No more lessons are needed for {of} to within {wanted} ({now})."
    more = "1 more lesson" if aim.more == 1 else f"{aim.more} more lessons"
    return f"{more} would give {of} to within {wanted} ({now})."


def _width(statistic: str, width: float) -> str:
    return f"{100 * width:.3g} %" if statistic in SHARES else f"{width:.2g}"


_COLUMNS = ("criterion", "lessons", "value", "by chance", "within now", "lessons needed", "more")


def _rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    for aim in plan.criteria:
        yield _row(plan.statistic, aim.name, aim)
    yield _row(plan.statistic, f"over all criteria ({plan.pooled_criteria})", plan.pooled)


def _row(statistic: str, name: str, aim: Aim) -> tuple[str, ...]:
    if aim.value is None or aim.half_width is None:
        return (name, str(aim.n), *[NONE] * 5)
    value = f"{aim.value:.0%}" if statistic in SHARES else f"{aim.value:.2f}"
    chance = NONE if aim.chance is None else f"{aim.chance:.0%}"
    return (name, str(aim.n), value, chance, _width(statistic, aim.half_width), *_counts(aim))


def _counts(aim: Aim) -> tuple[str, str]:
    return (NONE, NONE) if aim.lessons is None else (str(aim.lessons), str(aim.more))


def _reasons(plan: Plan) -> Iterator[str]:
    for aim in (*plan.criteria, plan.pooled):
        if aim.reason is not None:
            yield f"  {aim.name or 'over all criteria'}: {aim.reason}"


def _visits(visiting: Visiting, target: float) -> Iterator[str]:
    """How many lessons by how many observers, then what the variance is made of."""
    aim = f"To tell teachers apart (reliability {target:g})"
    if visiting.study is None or visiting.reason is not None:
        yield f"{aim}: cannot be said, {visiting.reason}."
        return
    ways = ", or ".join(_way(need, first=not place) for place, need in enumerate(visiting.needed))
    yield f"{aim}: {ways or 'no number of lessons by ten observers or fewer would do'}."
    study = visiting.study
    yield (
        f"From {lessons(study.lessons)} of {study.teachers} teachers by {study.observers} observers, "
        f"{study.design}; variance of one visit's mean level:"
    )
    whole = sum(each.variance for each in study.components) or 1.0
    for each in study.components:
        negative = " (the estimate was below 0)" if each.negative else ""
        share = f"{each.variance / whole:.0%}"
        yield f"  {each.name:<30}{each.variance:.4f}  {share:>4}{negative}"


def _way(need: Need, *, first: bool) -> str:
    """12 lessons by one observer; then only 7 by two."""
    by = NUMBERS[need.observers] if need.observers < len(NUMBERS) else str(need.observers)
    if not first:
        return f"{need.lessons} by {by}"
    return f"{lessons(need.lessons)} by {by} {'observer' if need.observers == 1 else 'observers'}"
