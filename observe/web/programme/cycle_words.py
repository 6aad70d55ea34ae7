"""What a run chart says, in sentences, and whether it is the way that was wanted."""

from collections.abc import Iterator
from dataclasses import dataclass

from observe.core.improving import Better, Cycle, Decision, Source, value_told
from observe.core.run_chart import FEWEST, FIXED, TOO_FEW_POINTS, TOO_MANY_POINTS, RunChart, Stretch
from observe.services import improving_figures
from observe.services.improving import Course
from observe.web.dates import day_short
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _
from observe.web.words import ngettext


@dataclass(frozen=True, slots=True)
class Sign:
    """A sentence about the chart; `wanted` is None where it says nothing about better or worse."""

    words: str
    wanted: bool | None = None


def signs(cycle: Cycle, chart: RunChart) -> list[Sign]:
    """Everything that is more than chance gives, then what cannot be judged."""
    return [*_shifts(cycle, chart), *_trends(cycle, chart), *_runs(chart)]


def _shifts(cycle: Cycle, chart: RunChart) -> Iterator[Sign]:
    for each in chart.shifts:
        told = {"num": each.points, "days": _days(chart, each)}
        above = _("%(num)d points in a row lie above the middle, %(days)s.", **told)
        below = _("%(num)d points in a row lie below the middle, %(days)s.", **told)
        yield Sign(above if each.up else below, _wanted(cycle, each))


def _trends(cycle: Cycle, chart: RunChart) -> Iterator[Sign]:
    for each in chart.trends:
        told = {"num": each.points, "days": _days(chart, each)}
        up = _("%(num)d points in a row go up, %(days)s.", **told)
        down = _("%(num)d points in a row go down, %(days)s.", **told)
        yield Sign(up if each.up else down, _wanted(cycle, each))


def _runs(chart: RunChart) -> Iterator[Sign]:
    runs = chart.runs
    if runs.count is None:
        return
    told = {"num": runs.count - 1, "low": (runs.low or 1) - 1, "high": (runs.high or 1) - 1}
    luck = _("%(num)d times, where luck alone gives %(low)d to %(high)d.", **told)
    if runs.too_few:
        yield Sign(
            _(
                "The line seldom changes from one side of the middle to the other: %(luck)s",
                luck=luck,
            )
        )
    if runs.too_many:
        mixed = _("Perhaps two things are mixed, such as two classes.")
        often = _(
            "The line keeps changing from one side of the middle to the other: %(luck)s", luck=luck
        )
        yield Sign(f"{often} {mixed}")


def _days(chart: RunChart, each: Stretch) -> str:
    first, last = chart.points[each.first].day, chart.points[each.last].day
    return _("%(first)s to %(last)s", first=day_short(first), last=day_short(last))


def _wanted(cycle: Cycle, each: Stretch) -> bool:
    return each.up == (cycle.told.better is Better.UP)


def summed_up(cycle: Cycle, course: Course) -> str:
    """The chart in a sentence or two, before any drawing."""
    chart = course.chart
    if chart is None:
        return ""
    middle = with_unit(cycle, chart.median)
    if chart.is_fixed:
        told = {"num": chart.baseline, "middle": middle}
        first = _("The middle of the first %(num)d points is %(middle)s.", **told)
        return f"{first} {_verdict(chart)}"
    over = ngettext(
        "The middle of %(num)d point is %(middle)s.",
        "The middle of %(num)d points is %(middle)s: half lie above it, half below.",
        chart.baseline,
        middle=middle,
    )
    return f"{over} {_verdict(chart)}"


def _verdict(chart: RunChart) -> str:
    if chart.has_signs:
        return _("Something has changed: luck alone seldom looks like this.")
    if chart.runs.reason == TOO_FEW_POINTS:
        left = FEWEST - chart.runs.useful
        return ngettext(
            "With %(num)d more point above or below it, a change can be told from luck.",
            "With %(num)d more points above or below it, a change can be told from luck.",
            left,
        )
    return _("So far it goes up and down as luck alone would: no sign of a change yet.")


def not_judged(chart: RunChart) -> str:
    """Why the number of runs is not judged; empty where it is."""
    return {
        TOO_FEW_POINTS: _("Changes are looked for once ten points lie above or below the middle."),
        TOO_MANY_POINTS: _(
            "With more than 60 points, how often the line changes sides is not judged."
        ),
        FIXED: _(
            "How often the line changes sides is judged only where the middle is that of all points."
        ),
    }.get(chart.runs.reason or "", "")


def no_points(why: str) -> str:
    """Why the figures of the group give no points."""
    return {
        improving_figures.NOTHING_YET: _("No pair is counted yet."),
        improving_figures.TOO_SMALL: _(
            "The group is smaller than five people, so nothing is shown."
        ),
    }.get(why, _("There are not enough lessons of the group for its windows of ten yet."))


def with_unit(cycle: Cycle, value: float) -> str:
    """`12 minutes`, `68 %`, `3`."""
    return f"{value_told(value)}\u00a0{cycle.told.unit}".strip()


def decisions() -> dict[Decision, str]:
    """What becomes of a change."""
    return {
        Decision.OPEN: _("not decided yet"),
        Decision.KEEP: _("keep it"),
        Decision.CHANGE: _("change it and try again"),
        Decision.DROP: _("drop it"),
    }


def sources() -> dict[Source, str]:
    """Where points come from."""
    return {
        Source.TYPED: _("We type in what we measure"),
        Source.SAME_LEVEL: _(
            "From Observe: how often heads and advisers give the same level, in per cent"
        ),
    }


@blueprint.context_processor
def _told() -> dict[str, object]:
    return {"decisions": decisions, "with_unit": with_unit}
