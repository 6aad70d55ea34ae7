"""Figures in words a head understands: shares, limits, reasons, and the sentences around them."""

from collections.abc import Mapping
from dataclasses import dataclass

from observe.core.agreement import figures as reasons
from observe.core.agreement.figures import CriterionReport, Difference, Figure, PooledReport
from observe.core.pairing import LeftOut
from observe.core.rubric import Rubric
from observe.core.trend import Trend
from observe.web.calibration.plots import Table
from observe.web.words import gettext as _
from observe.web.words import ngettext
from observe.web.words import percent as percent

SAYS_LITTLE = 0.85
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Sides:
    """The two whose levels are compared, alone and inside a sentence: Heads, heads, Heads were."""

    first: str
    second: str
    first_inside: str
    second_inside: str
    first_was: str


def points(share: float) -> str:
    """`66`, where the sign stands elsewhere."""
    return str(round(100 * share))


def decimal(value: float) -> str:
    """`0.59`, with a true minus."""
    return f"{value:.2f}".replace("-", MINUS)


def signed(value: float) -> str:
    """`+0.23` or `−0.12`; nothing has no sign."""
    return f"{value:+.2f}".replace("-", MINUS) if round(value, 2) else decimal(0.0)


def share_limits(figure: Figure) -> str:
    """`58 to 74`."""
    low, high = figure.low or 0.0, figure.high or 0.0
    return _("%(low)s to %(high)s", low=points(low), high=points(high))


def limits(figure: Figure | Difference, *, sign: bool = False) -> str:
    """`0.44 to 0.75`."""
    show = signed if sign else decimal
    return _("%(low)s to %(high)s", low=show(figure.low or 0.0), high=show(figure.high or 0.0))


def lessons(number: int) -> str:
    """`12 lessons`."""
    return ngettext("%(num)d lesson", "%(num)d lessons", number)


def counted(n: int, cells: int) -> str:
    """`12 lessons`, or `5 lessons, 125 ratings` where a lesson gives several."""
    if cells == n:
        return lessons(n)
    ratings = ngettext("%(num)d rating", "%(num)d ratings", cells)
    return f"{lessons(n)}, {ratings}"


def reason(told: str | None) -> str:
    """Why there is no figure, in words."""
    known = {
        reasons.FEWER_THAN_FIVE: _("fewer than 5 lessons"),
        reasons.NOT_PAIRED: _("no lesson was rated by both"),
        reasons.ONE_LEVEL: _("only one level was used"),
        reasons.TWO_LEVELS: _("only two levels"),
        reasons.NO_ORDER: _("the levels have no order"),
        reasons.NOT_LEVELS: _("not a level scale"),
        reasons.MORE_OBSERVERS: _("more than two observers a lesson"),
        reasons.NO_ROLES: _("no head and adviser rated the same lesson"),
        reasons.NOT_POOLED: _("no criterion can be added to others"),
        reasons.LEFT_OUT: _(
            "in intervals or samples, part of another criterion, or one of several codes"
        ),
    }
    return known.get(told or "", _("not known"))


def left_out(counts: Mapping[LeftOut, int]) -> list[str]:
    """`2 lessons are left out because the records were opened early.`, one sentence a reason."""
    told = {
        LeftOut.NOT_BLIND: lambda n: ngettext(
            "%(num)d lesson is left out because the records were opened early.",
            "%(num)d lessons are left out because the records were opened early.",
            n,
        ),
        LeftOut.WITHDRAWN: lambda n: ngettext(
            "%(num)d lesson is left out because a record was withdrawn.",
            "%(num)d lessons are left out because a record was withdrawn.",
            n,
        ),
        LeftOut.UNSEALED_IMPORT: lambda n: ngettext(
            "%(num)d imported lesson is left out because nobody knows whether it was blind.",
            "%(num)d imported lessons are left out because nobody knows whether they were blind.",
            n,
        ),
        LeftOut.EXERCISE: lambda n: ngettext(
            "%(num)d exercise is left out.", "%(num)d exercises are left out.", n
        ),
    }
    return [told[why](number) for why, number in counts.items() if number]


def narrower(more: tuple[int, int] | None) -> str:
    """`9 more lessons would narrow this to ±6 points.`"""
    if more is None:
        return ""
    return ngettext(
        "%(num)d more lesson would narrow this to ±%(points)d points.",
        "%(num)d more lessons would narrow this to ±%(points)d points.",
        more[0],
        points=more[1],
    )


def within_note(figure: Figure) -> str:
    """What luck makes of "at most one apart"."""
    if figure.chance is None:
        return ""
    if figure.chance >= SAYS_LITTLE:
        return _("Luck alone gives %(luck)s, so this says little.", luck=percent(figure.chance))
    return _("Luck alone gives %(luck)s.", luck=percent(figure.chance))


def who_is_higher(difference: Difference, sides: Sides) -> str:
    """`You, by 0.23`; when the limits cross zero, that one cannot say."""
    value = difference.value or 0.0
    if crosses_zero(difference):
        return _("One cannot say")
    who = sides.first if value > 0 else sides.second
    return _("%(who)s, by %(levels)s", who=who, levels=decimal(abs(value)))


def levels_higher(who: str, levels: int) -> str:
    """`Ruth 2 levels higher`."""
    return ngettext(
        "%(who)s %(num)d level higher", "%(who)s %(num)d levels higher", levels, who=who
    )


def more_counted(who: str, taps: int) -> str:
    """`Ruth 2 more`."""
    return ngettext("%(who)s %(num)d more", "%(who)s %(num)d more", taps, who=who)


def crosses_zero(difference: Difference) -> bool:
    """Whether the limits leave open who gives higher levels."""
    return (difference.low or 0.0) <= 0 <= (difference.high or 0.0)


def difference_note(difference: Difference, sides: Sides) -> str:
    """The limits of the difference, and what they mean."""
    told = _(
        "%(limits)s of a level, %(first)s minus %(second)s, %(lessons)s.",
        limits=limits(difference, sign=True),
        first=sides.first_inside,
        second=sides.second_inside,
        lessons=lessons(difference.lessons),
    )
    return f"{told} {_('The limits cross zero.')}" if crosses_zero(difference) else told


def table_sentence(table: Table, report: CriterionReport, sides: Sides) -> str:
    """`The same on 4 of 12 lessons. You were higher on 7, Ruth on 1; two or more apart on 3.`"""
    cells = [(i, j, n) for i, row in enumerate(table) for j, n in enumerate(row)]
    every = sum(n for _, _, n in cells)
    often: dict[str, int | str] = {
        "same": sum(n for i, j, n in cells if i == j),
        "all": lessons(every) if every == report.n else _("%(n)d times", n=every),
        "up": sum(n for i, j, n in cells if i > j),
        "down": sum(n for i, j, n in cells if i < j),
    }
    if not report.criterion.has_levels:
        return _taps_sentence(often, sides)
    told = _(
        "The same on %(same)d of %(all)s. %(first)s higher on %(up)d, %(second)s on %(down)d.",
        first=sides.first_was,
        second=sides.second_inside,
        **often,
    )
    if len(table) < 3:
        return told
    far = sum(n for i, j, n in cells if abs(i - j) > 1)
    apart = _("Two or more levels apart on %(far)d.", far=far)
    return f"{told} {apart if far else _('Never two or more levels apart.')}"


def _taps_sentence(often: Mapping[str, int | str], sides: Sides) -> str:
    """`As many on 4 of 12 lessons. More from you on 7, from Ruth on 1.`"""
    return _(
        "As many on %(same)d of %(all)s. More from %(first)s on %(up)d, from %(second)s on %(down)d.",
        first=sides.first_inside,
        second=sides.second_inside,
        **often,
    )


def tap_reason(told: str | None) -> str:
    """Why there is no figure of counts, in words."""
    return _("always the same count") if told == reasons.ONE_LEVEL else reason(told)


def commonest(report: CriterionReport) -> str:
    """`One level takes 83 % of ratings`, where so little varies that coefficients say little."""
    table = report.table or ()
    total = 2 * sum(sum(row) for row in table)
    if not report.flags or not total:
        return ""
    sums = [
        sum(row) + sum(column) for row, column in zip(table, zip(*table, strict=True), strict=True)
    ]
    share = max(sums) / total
    return _("One level takes %(share)s of ratings", share=percent(share)) if share >= 0.795 else ""


def of_all(pooled: PooledReport) -> str:
    """`127 of 192`, over all criteria."""
    same = round((pooled.exact.value or 0.0) * pooled.n_cells)
    return _("%(same)s of %(all)s", same=same, all=pooled.n_cells)


def of_n(report: CriterionReport) -> str:
    """`10 of 12`; for several ratings a lesson, `104 of 125`."""
    same = round((report.exact.value or 0.0) * report.n_cells)
    return _("%(same)s of %(all)s", same=same, all=report.n_cells)


def level_labels(report: CriterionReport, rubric: Rubric) -> list[tuple[str, str]]:
    """(short, with its words) of each level: `3`, `3 Secure`; for codes their words."""
    key, _colon, code = report.criterion.key.partition(":")
    criterion = rubric.find(key)
    if criterion is None or code:
        return [(_("no"), _("No")), (_("yes"), _("Yes"))]
    scale = criterion.scale
    if scale.has_levels:
        return [(str(each.value), f"{each.value} {each.label}") for each in scale.levels]
    if not report.criterion.has_levels:
        return [(str(value), str(value)) for value in report.criterion.levels]
    return [(label, label) for label in scale.codes.values()]


def trend_sentence(trend: Trend | None) -> str:
    """Whether the same level grows more or less frequent, or that it is too early to say."""
    if trend is None:
        return _("From 5 lessons this says whether it is changing.")
    told = _(
        "%(slope)s points a lesson, between %(low)s and %(high)s.",
        slope=signed(100 * trend.slope),
        low=signed(100 * trend.low),
        high=signed(100 * trend.high),
    )
    if not trend.is_clear:
        return f"{_('Too early to say whether this is changing:')} {told}"
    change = _("You agree more and more:") if trend.slope > 0 else _("You agree less and less:")
    return f"{change} {told}"
