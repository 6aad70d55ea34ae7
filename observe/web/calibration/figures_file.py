"""Every figure as a line of a file: its n, value, limits, what luck alone gives, or the reason."""

from collections.abc import Iterable, Iterator

from observe.core.agreement.figures import (
    CriterionReport,
    Difference,
    Figure,
    PooledReport,
    Report,
)
from observe.core.agreement.mcnemar import McNemar
from observe.web.spreadsheets import Line

HEAD = (
    *("criterion", "title", "statistic", "lessons", "ratings"),
    *("value", "low", "high", "luck_alone", "drawn_to_others", "draws_left_out", "reason"),
)
STATISTICS = (
    *("exact", "within_one", "alpha", "ac1", "ac2"),
    *("kappa_quadratic", "kappa_linear", "icc_a1"),
)
POOLED = ("exact", "within_one", "alpha_stratified", "ac2_mean")
DECIMALS = 6


def of_report(report: Report, *, criterion: str = "", levels: bool = True) -> Iterable[Line]:
    """A line for each figure; those that tell levels only where `levels` may leave."""
    yield HEAD
    if not criterion:
        yield from _pooled(report.pooled, levels=levels)
    for each in report.criteria:
        if criterion in ("", each.criterion.key):
            yield from _criterion(each, levels=levels)


def nothing() -> Iterable[Line]:
    """The head alone, where no figure may be shown."""
    yield HEAD


def _pooled(pooled: PooledReport, *, levels: bool) -> Iterator[Line]:
    counted = pooled.n, pooled.n_cells
    for name in POOLED:
        yield ("all", "", name, *counted, *_figure(getattr(pooled, name)))
    if levels:
        yield from (("all", "", *line) for line in _difference(pooled.mean_difference, counted))


def _criterion(report: CriterionReport, *, levels: bool) -> Iterator[Line]:
    about = report.criterion.key, report.criterion.title
    counted = report.n, report.n_cells
    yield (*about, "times the same", *counted, report.same, *[""] * 6)
    yield (*about, "lessons rated by one only", *counted, report.alone, *[""] * 6)
    for name in STATISTICS:
        yield (*about, name, *counted, *_figure(getattr(report, name)))
    if levels:
        yield from ((*about, *line) for line in _difference(report.mean_difference, counted))
    if levels and report.mcnemar is not None:
        yield from ((*about, *line) for line in _mcnemar(report.mcnemar, counted))


def _mcnemar(mcnemar: McNemar, counted: tuple[int, int]) -> Iterator[Line]:
    """Of two levels: on how many one alone gave the higher, and how often luck is so uneven."""
    told = {
        "higher_by_first_alone": mcnemar.first_only,
        "higher_by_second_alone": mcnemar.second_only,
        "mcnemar_p": mcnemar.p,
    }
    for name, value in told.items():
        yield (name, *counted, _number(value), *[""] * 5, mcnemar.reason or "")


def _figure(figure: Figure) -> Line:
    return (
        *map(_number, (figure.value, figure.low, figure.high, figure.chance, figure.shrunk)),
        *(figure.dropped or "", figure.reason or ""),
    )


def _difference(difference: Difference, counted: tuple[int, int]) -> Iterator[Line]:
    """The mean difference with its limits, then how far single ratings lie apart."""
    mean = (difference.value, difference.low, difference.high)
    empty, why = ("", "", ""), difference.reason or ""
    lessons, ratings = difference.lessons, counted[1]
    yield ("mean_difference", lessons, ratings, *map(_number, mean), *empty, why)
    apart = (difference.sd, *(difference.limits or (None, None)))
    yield ("sd_and_limits_of_agreement", lessons, ratings, *map(_number, apart), *empty, why)


def _number(value: float | None) -> float | str:
    return "" if value is None else round(value, DECIMALS)
