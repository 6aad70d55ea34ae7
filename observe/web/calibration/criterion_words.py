"""All figures of one criterion as lines of a table, and the sentences that stand before them."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from observe.core.agreement.figures import NOT_LEVELS, ONE_LEVEL, CriterionReport, Figure
from observe.web.calibration import figure_words as say
from observe.web.calibration.figure_words import Sides
from observe.web.calibration.plots import Bubbles
from observe.web.words import capital
from observe.web.words import gettext as _

Trained = Mapping[str, tuple[float, float]]

TRAINED: Trained = MappingProxyType(
    {
        "exact": (0.39, 0.89),
        "within_one": (0.84, 0.99),
        "alpha": (0.15, 0.50),
        "ac2": (0.62, 0.98),
        "kappa_quadratic": (0.13, 0.50),
    }
)
OF_TAPS = ("alpha", "icc_a1")
SHARES = ("exact", "within_one")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: value and limits, or the reason why there is none, and what stands beside it."""

    meaning: str
    name: str
    value: str = ""
    limits: str = ""
    luck: str = ""
    shrunk: str = ""
    trained: str = ""
    reason: str = ""


def lines(report: CriterionReport, *, trained: bool, levels: bool = True) -> list[Line]:
    """Every figure in its line; beside it the OECD's observers where the levels are as many as theirs."""
    norms = TRAINED if trained else {}
    found = [
        _line(key, name, getattr(report, attribute), attribute, norms)
        for attribute, key, name in _known()
        if attribute in OF_TAPS or report.criterion.has_levels
    ]
    if not report.criterion.has_levels:
        found = [*_in_taps(found, report), _not_levels()]
    return [*found, *(_differences(report) if levels else ())]


def _in_taps(found: Iterable[Line], report: CriterionReport) -> Iterator[Line]:
    """The figures of counts; where each was the same, no level was used either."""
    always_same = report.alpha.reason == ONE_LEVEL
    told = capital(say.tap_reason(report.alpha.reason))
    return (replace(line, reason=told) if always_same else line for line in found)


def _not_levels() -> Line:
    """Of taps all that asks for levels is said in one line."""
    name = _("Same level, at most one level apart, AC and kappa")
    return Line("same", name, reason=capital(say.reason(NOT_LEVELS)))


def _known() -> Iterator[tuple[str, str, str]]:
    """(attribute, meaning, name) of each figure with limits."""
    yield "exact", "same", _("Same level")
    yield "within_one", "within", _("At most one level apart")
    yield "alpha", "alpha", _("Agreement beyond luck (alpha)")
    yield "ac1", "ac", _("Gwet's AC1")
    yield "ac2", "ac", _("Gwet's AC2")
    yield "kappa_quadratic", "kappa", _("Weighted kappa, quadratic")
    yield "kappa_linear", "kappa", _("Weighted kappa, linear")
    yield "icc_a1", "icc", "ICC(A,1)"


def _line(meaning: str, name: str, figure: Figure, attribute: str, norms: Trained) -> Line:
    if figure.value is None:
        return Line(meaning, name, reason=capital(say.reason(figure.reason)))
    share = attribute in SHARES
    show = say.percent if share else say.decimal
    norm, shrunk = norms.get(attribute), figure.shrunk
    shown = (say.points, say.percent) if share else (say.decimal, say.decimal)
    return Line(
        meaning,
        name,
        value=show(figure.value),
        limits=say.share_limits(figure) if share else say.limits(figure),
        luck="" if figure.chance is None else say.percent(figure.chance),
        shrunk="" if shrunk is None else say.decimal(shrunk),
        trained=_("%(low)s to %(high)s", low=shown[0](norm[0]), high=shown[1](norm[1]))
        if norm
        else "",
    )


def _differences(report: CriterionReport) -> Iterator[Line]:
    in_levels, difference = report.criterion.has_levels, report.mean_difference
    name = _("Mean difference, in levels") if in_levels else _("Mean difference, in taps")
    if difference.value is None:
        yield Line("difference", name, reason=capital(say.reason(difference.reason)))
        return
    yield Line("difference", name, say.signed(difference.value), say.limits(difference, sign=True))
    low, high = difference.limits or (0.0, 0.0)
    apart = _("%(low)s to %(high)s", low=say.signed(low), high=say.signed(high))
    spread = say.decimal(difference.sd or 0.0)
    yield Line(
        "difference", _("Spread of the differences (SD), and limits of agreement"), spread, apart
    )


def both(sides: Sides) -> str:
    """`you and Ruth`, `heads and advisers`."""
    return _("%(first)s and %(second)s", first=sides.first_inside, second=sides.second_inside)


def sentence(report: CriterionReport, both: str) -> str:
    """`On 4 of 12 lessons you and Ruth gave the same level: [33 %], between 14 and 61 %.`"""
    exact = report.exact
    if not report.n:
        return _("No lesson was rated by both on this criterion.")
    if exact.value is None:
        return _(
            "%(both)s rated this on %(lessons)s.",
            both=capital(both),
            lessons=say.counted(report.n, report.n_cells),
        )
    return _(
        "On %(times)s %(what)s %(both)s gave the same level: [%(share)s], between %(low)s and "
        "%(high)s."
        " Luck alone would give about %(luck)s.",
        times=say.of_n(report),
        what=_("lessons") if report.n == report.n_cells else _("ratings"),
        both=both,
        share=say.percent(exact.value),
        low=say.points(exact.low or 0.0),
        high=say.percent(exact.high or 0.0),
        luck=say.percent(exact.chance or 0.0),
    )


def taps_sentence(report: CriterionReport, both: str) -> str:
    """`You and Ruth counted this on 12 lessons. Agreement beyond luck is [0.61], between …`"""
    if not report.n:
        return _("No lesson was counted by both on this criterion.")
    lessons = say.counted(report.n, report.n_cells)
    told = _("%(both)s counted this on %(lessons)s.", both=capital(both), lessons=lessons)
    if report.alpha.value is None:
        return told
    beyond = _(
        "Agreement beyond luck is [%(alpha)s], between %(low)s and %(high)s; 0 is luck, 1 is full "
        "agreement.",
        alpha=say.decimal(report.alpha.value),
        low=say.decimal(report.alpha.low or 0.0),
        high=say.decimal(report.alpha.high or 0.0),
    )
    return f"{told} {beyond}"


def bubble_words(plot: Bubbles, sides: Sides) -> str:
    """What a difference plot shows, read aloud: each difference with how often."""
    counted = Counter[int]()
    for dot in plot.dots:
        counted[dot.apart] += dot.count
    apart = sorted(counted, reverse=True)
    return "; ".join(
        f"{apart_words(each, sides, taps=plot.counted)}: {counted[each]}" for each in apart
    )


def apart_words(apart: int, sides: Sides, *, taps: bool = False) -> str:
    """`same level`, `You 1 level higher`; of taps `as many`, `You 1 more`."""
    if not apart:
        return _("as many") if taps else _("same level")
    told = say.more_counted if taps else say.levels_higher
    return told(sides.first if apart > 0 else sides.second, abs(apart))


def mean_level(mean: float, labels: Sequence[str]) -> str:
    """`3`, or `2 and 3` where the mean lies between two levels."""
    below, above = labels[math.floor(mean)], labels[math.ceil(mean)]
    if below == above:
        return below
    return _("between %(low)s and %(high)s", low=below, high=above)
