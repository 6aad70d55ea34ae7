"""How likely it is that a figure reaches a mark, in words and as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request

from observe.core.agreement.figures import CriterionReport, Figure, PooledReport
from observe.core.agreement.mcnemar import McNemar
from observe.web.calibration import figure_words as say
from observe.web.calibration.figure_words import Sides
from observe.web.words import gettext as _
from observe.web.words import ngettext

SHARE_MARKS = (0.5, 0.6, 0.7, 0.8, 0.9)
COEFFICIENT_MARKS = (0.2, 0.4, 0.6, 0.8)
MARK = 0.7
HARDLY_LUCK = 0.05


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, and how many times in 100 it reaches each mark."""

    name: str
    chances: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one kind beside the marks that they may reach."""

    marks: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Likely:
    """The sentence about one mark, and the tables of all."""

    sentence: str
    mark: int
    tables: Sequence[Table]

    @property
    def marks(self) -> list[int]:
        """The marks one may ask about, in per cent."""
        return [round(100 * each) for each in SHARE_MARKS]


def of_criterion(report: CriterionReport, both: str) -> Likely | None:
    """For one criterion; None where there is no figure."""
    coefficients = (
        (_("Alpha"), report.alpha),
        (_("AC2"), report.ac2),
        (_("Kappa, quadratic"), report.kappa_quadratic),
        ("ICC(A,1)", report.icc_a1),
    )
    return _likely(report.exact, report.within_one, coefficients, both)


def over_all(report: PooledReport, both: str) -> Likely | None:
    """For all criteria together; None where there is no figure."""
    coefficients = ((_("Alpha"), report.alpha_stratified), (_("AC2"), report.ac2_mean))
    return _likely(report.exact, report.within_one, coefficients, both)


def _likely(
    exact: Figure, within_one: Figure, coefficients: Iterable[tuple[str, Figure]], both: str
) -> Likely | None:
    mark = _mark()
    chance = exact.at_least(mark)
    if exact.value is None or chance is None:
        return None
    shares = ((_("Same level"), exact), (_("At most one level apart"), within_one))
    tables = (
        Table([say.percent(each) for each in SHARE_MARKS], _lines(shares, SHARE_MARKS)),
        Table(
            [say.decimal(each) for each in COEFFICIENT_MARKS],
            _lines(coefficients, COEFFICIENT_MARKS),
        ),
    )
    return Likely(
        _sentence(chance, mark, both),
        round(100 * mark),
        [table for table in tables if table.lines],
    )


def _mark() -> float:
    """The mark that the address names, in per cent."""
    named = request.args.get("at_least", "")
    known = {str(round(100 * mark)): mark for mark in SHARE_MARKS}
    return known.get(named, MARK)


def _lines(figures: Iterable[tuple[str, Figure]], marks: Sequence[float]) -> list[Line]:
    return [
        Line(name, [in_100(figure.at_least(mark)) for mark in marks])
        for name, figure in figures
        if figure.value is not None and figure.certainty is not None
    ]


def _sentence(chance: float, mark: float, both: str) -> str:
    return _(
        "That %(both)s give the same level on at least %(mark)s of all such lessons is"
        " %(word)s: %(times)s.",
        both=both,
        mark=say.percent(mark),
        word=likely_word(chance),
        times=times_in_100(chance),
    )


def in_100(chance: float | None) -> str:
    """`12`, `< 1`, `> 99`."""
    if chance is None:
        return "–"
    if chance < 0.01:
        return "<\u202f1"
    return ">\u202f99" if chance > 0.99 else str(round(100 * chance))


def times_in_100(chance: float) -> str:
    """`12 times in 100`, `fewer than once in 100`."""
    if chance < 0.01:
        return _("fewer than once in 100")
    if chance > 0.99:
        return _("more than 99 times in 100")
    return ngettext("once in 100", "%(num)d times in 100", round(100 * chance))


def likely_word(chance: float) -> str:
    """`unlikely`, `about as likely as not`."""
    words = (
        (0.05, _("very unlikely")),
        (0.35, _("unlikely")),
        (0.65, _("about as likely as not")),
        (0.95, _("likely")),
    )
    return next((word for end, word in words if chance < end), _("almost certain"))


def split_words(found: McNemar | None, sides: Sides, label: str) -> str:
    """`Only you gave “yes” on 4 lessons, only Ruth on 1.`, and whether luck would do that."""
    if found is None or not found.first_only + found.second_only:
        return ""
    told = _(
        "Only %(first)s gave “%(label)s” %(ups)s, only %(second)s %(downs)s.",
        first=sides.first_inside,
        second=sides.second_inside,
        label=label,
        ups=_times(found.first_only),
        downs=_times(found.second_only),
    )
    return f"{told} {_luck_of(found.p)}" if found.p is not None else told


def _times(number: int) -> str:
    return ngettext("%(num)d time", "%(num)d times", number)


def _luck_of(p: float) -> str:
    times = times_in_100(p)
    if p < HARDLY_LUCK:
        return _("Luck alone splits them so unevenly %(times)s: hardly luck.", times=times)
    return _("Luck alone splits them so unevenly %(times)s: it says nothing yet.", times=times)
