"""Drift and habits in words, and where they stand in a drawing."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from observe.core.agreement import drift as reasons
from observe.core.agreement import habit_limits, habits
from observe.core.agreement.drift import Drift, Window
from observe.core.agreement.figures import Difference, Figure
from observe.core.agreement.habits import Habits
from observe.core.rubric import Rubric
from observe.services import over_time_figures
from observe.services.over_time_figures import Course
from observe.services.rated import rated_criteria
from observe.web.calibration import figure_words
from observe.web.calibration.figure_words import decimal, lessons, limits, percent, signed
from observe.web.calibration.plots import height
from observe.web.dates import day_short
from observe.web.words import gettext as _
from observe.web.words import ngettext

LEFT, RIGHT = 15.0, 97.0
MOST_DRAWN = 40
SMALLEST_REACH = 0.5


@dataclass(frozen=True, slots=True)
class Dot:
    """One window in a drawing: across, down, down to both limits (per cent), and read aloud."""

    x: float
    y: float
    top: float
    bottom: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Windows over time; `band` and `line` are points for a shape 100 by 100."""

    dots: Sequence[Dot]
    ticks: Sequence[tuple[float, str]]
    zero: float | None
    band: str
    line: str
    first: str
    last: str

    @property
    def words(self) -> str:
        """What the drawing says, read aloud."""
        return "; ".join(dot.words for dot in self.dots)


def sentence(course: Course, *, group: bool) -> str:
    """What the page begins with; what is in [brackets] is the answer."""
    slope = course.drift.slope
    if slope.value is None:
        return _too_early(course, group=group)
    told = _(
        "%(slope)s of a level in 30 days; with 95 %% limits, %(limits)s.",
        slope=signed(slope.value),
        limits=limits(slope, sign=True),
    )
    return f"{_direction(slope, group=group)} {told}"


def _too_early(course: Course, *, group: bool) -> str:
    counted = lessons(course.drift.lessons)
    if course.drift.lessons >= reasons.WINDOW * reasons.FEWEST_WINDOWS:
        return _("All %(lessons)s were on one day, so nothing can have moved.", lessons=counted)
    if group:
        return _(
            "On %(lessons)s one [cannot say yet] whether heads and advisers grow apart: it "
            "takes 30 lessons, three windows of ten.",
            lessons=counted,
        )
    return _(
        "On %(lessons)s one [cannot say yet] whether your levels move: it takes 30 lessons with "
        "this rubric, three windows of ten.",
        lessons=counted,
    )


def _direction(slope: Figure, *, group: bool) -> str:
    if (slope.low or 0.0) <= 0 <= (slope.high or 0.0):
        if group:
            return _("One [cannot say] whether heads move beside advisers:")
        return _("One [cannot say] whether your levels move beside those of your partners:")
    up = (slope.value or 0.0) > 0
    if group:
        return (
            _("Heads move [up] beside advisers:") if up else _("Heads move [down] beside advisers:")
        )
    if up:
        return _("Your levels move [up] beside those of your partners:")
    return _("Your levels move [down] beside those of your partners:")


def span(course: Course) -> str:
    """`From 24 Sep 2025 to 17 Nov 2026, 42 lessons.`"""
    if course.began is None or course.ended is None:
        return ""
    return _(
        "From %(first)s to %(last)s, %(lessons)s.",
        first=day_short(course.began),
        last=day_short(course.ended),
        lessons=lessons(course.drift.lessons),
    )


def waiting(drift: Drift) -> str:
    """`4 lessons wait for the next window of ten.`"""
    if not drift.windows or not drift.waiting:
        return ""
    return _(
        "%(lessons)s after the last window wait for the next ten.", lessons=lessons(drift.waiting)
    )


def why(reason: str | None) -> str:
    """Why there is no figure, in words."""
    known = {
        reasons.FEWER_THAN_THREE_WINDOWS: _("fewer than 30 lessons"),
        reasons.ONE_DAY: _("all lessons were on one day"),
        habits.ONE_CRITERION: _("no lesson has two criteria that can be compared"),
        habit_limits.TOO_FEW: _("fewer than 6 lessons"),
        over_time_figures.SMALL_WINDOW: _("fewer than five people stand behind one of the windows"),
        over_time_figures.SMALL_SIDE: _("fewer than five people"),
    }
    return known.get(reason or "") or figure_words.reason(reason)


def latest(drift: Drift) -> Drift:
    """The latest windows, as many as one can tell apart in a drawing, and the line above them."""
    windows = drift.windows[-MOST_DRAWN:]
    began = windows[0].first_day if len(windows) < len(drift.windows) else 0
    return replace(
        drift, windows=windows, line=tuple(point for point in drift.line if point.day >= began)
    )


def earlier(drift: Drift) -> str:
    """That windows before those are only in the files."""
    hidden = len(drift.windows) - MOST_DRAWN
    if hidden <= 0:
        return ""
    return ngettext(
        "%(num)d earlier window is in the line and in the files.",
        "%(num)d earlier windows are in the line and in the files.",
        hidden,
    )


def iso(day: int) -> str:
    """`2026-11-17` of an ordinal."""
    return date.fromordinal(day).isoformat()


def window_days(window: Window) -> tuple[str, str]:
    """The first and the last day of a window."""
    ends = (window.first_day, window.last_day)
    first, last = (day_short(date.fromordinal(end)) for end in ends)
    return first, last


def drawn_differences(drift: Drift) -> Drawing:
    """The signed difference of each window in levels, with the line and its band."""
    reach = _reach(drift)

    def down(levels: float) -> float:
        return height((levels + reach) / (2 * reach))

    return _drawing(
        drift,
        [_dot(drift, each, each.difference, down, signed) for each in drift.windows],
        ticks=[(down(mark), signed(mark) if mark else "0") for mark in _marks(reach)],
        zero=down(0.0),
        down=down,
    )


def _marks(reach: float) -> tuple[float, ...]:
    return (reach, reach / 2, 0.0, -reach / 2, -reach)


def drawn_same(drift: Drift) -> Drawing:
    """The share of the same level in each window."""
    dots = [_dot(drift, each, each.exact, height, percent) for each in drift.windows]
    ticks = [(height(share), percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return _drawing(drift, dots, ticks=ticks)


def luck(drift: Drift) -> list[tuple[float, float]]:
    """Where luck alone stands in each window."""
    return [
        (_across(drift, (each.first_day + each.last_day) / 2), height(each.exact.chance))
        for each in drift.windows
        if each.exact.chance is not None
    ]


def _reach(drift: Drift) -> float:
    """How far from zero the drawing goes, in halves of a level."""
    dots = [end for each in drift.windows for end in (each.difference.low, each.difference.high)]
    ends = [abs(end) for end in (*dots, *(point.value for point in drift.line)) if end is not None]
    return max(SMALLEST_REACH, math.ceil(2 * max(ends, default=0.0)) / 2)


def _drawing(
    drift: Drift,
    dots: Sequence[Dot | None],
    *,
    ticks: Sequence[tuple[float, str]],
    zero: float | None = None,
    down: Callable[[float], float] | None = None,
) -> Drawing:
    line = drift.line if down else ()
    at = down or height
    across = [_across(drift, point.day) for point in line]
    high = [(x, at(point.high)) for x, point in zip(across, line, strict=True)]
    low = [(x, at(point.low)) for x, point in zip(across, line, strict=True)]
    first, last = (day_short(date.fromordinal(day)) for day in _ends(drift))
    return Drawing(
        dots=[dot for dot in dots if dot],
        ticks=ticks,
        zero=zero,
        band=_points([*high, *reversed(low)]),
        line=_points([(x, at(point.value)) for x, point in zip(across, line, strict=True)]),
        first=first,
        last=last,
    )


def _points(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)


def _ends(drift: Drift) -> tuple[int, int]:
    days = [*(day for each in drift.windows for day in (each.first_day, each.last_day))]
    days += [point.day for point in drift.line]
    return min(days), max(days)


def _across(drift: Drift, day: float) -> float:
    first, last = _ends(drift)
    return round(LEFT + (RIGHT - LEFT) * (day - first) / max(last - first, 1), 2)


def _dot(
    drift: Drift,
    window: Window,
    figure: Difference | Figure,
    down: Callable[[float], float],
    say: Callable[[float], str],
) -> Dot | None:
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    first, last = window_days(window)
    words = _(
        "%(first)s to %(last)s: %(value)s, limits %(low)s to %(high)s",
        first=first,
        last=last,
        value=say(figure.value),
        low=say(figure.low),
        high=say(figure.high),
    )
    x = _across(drift, (window.first_day + window.last_day) / 2)
    return Dot(x, down(figure.value), down(figure.high), down(figure.low), words)


@dataclass(frozen=True, slots=True)
class HabitRow:
    """One habit of both sides: in words, where each stands (0 to 100), and the difference."""

    name: str
    note: str
    first: str
    second: str
    places: tuple[float | None, float | None]
    difference: str = ""


def habit_rows(course: Course, rubric: Rubric, *, levels_may_leave: bool) -> list[HabitRow]:
    """The habits as rows; those that tell of levels only where levels may leave the observers."""
    sides = (course.first, course.second)
    widest = _widest(course)
    rows = [
        _row(
            course, "halo", _("Apart within one lesson (halo)"), _halo_note(), decimal, widest / 2
        ),
        _row(
            course, "spread", _("Spread from lesson to lesson"), _spread_note(), decimal, widest / 2
        ),
    ]
    if not levels_may_leave:
        return rows
    return [
        *rows,
        _used(sides),
        _commonest(sides, rubric),
        _row(
            course,
            "highest_share",
            _("The highest level"),
            _end_note(rubric, sides, -1),
            percent,
            1.0,
        ),
        _row(
            course, "lowest_share", _("The lowest level"), _end_note(rubric, sides, 0), percent, 1.0
        ),
    ]


def _widest(course: Course) -> float:
    """How far levels can lie apart at most: half of them at each end, in levels."""
    return max(course.first.levels, course.second.levels, 2) / 2


def drawn_from(course: Course) -> str:
    """What the lines of the drawings stand for."""
    return _(
        "Halo and spread are drawn from 0 to %(levels)s levels, shares from 0 to 100 %%; the "
        "line between is halfway.",
        levels=f"{_widest(course):g}",
    )


def _halo_note() -> str:
    return _("In levels. Small: all criteria of a lesson get about the same level.")


def _spread_note() -> str:
    return _("In levels. Small: a criterion gets about the same level in every lesson.")


def _end_note(rubric: Rubric, sides: tuple[Habits, Habits], place: int) -> str:
    label = level_label(rubric, sides, place)
    return _("Share of ratings that are %(level)s.", level=label) if label else ""


def _row(
    course: Course, name: str, words: str, note: str, say: Callable[[float], str], widest: float
) -> HabitRow:
    values = [getattr(side, name) for side in (course.first, course.second)]
    told = [
        why(side.reason) if value is None else say(value)
        for side, value in zip((course.first, course.second), values, strict=True)
    ]
    first, second = (None if v is None else round(100 * min(v / widest, 1.0), 2) for v in values)
    return HabitRow(words, note, *told, (first, second), _apart(course.apart.get(name), say))


def _apart(figure: Figure | None, say: Callable[[float], str]) -> str:
    """`−0.09, −0.20 to +0.02`, and that one cannot say where the limits cross zero."""
    if figure is None:
        return ""
    if figure.value is None:
        return why(figure.reason)
    show = signed if say is decimal else _signed_points
    told = _(
        "%(value)s, %(low)s to %(high)s",
        value=show(figure.value),
        low=show(figure.low or 0.0),
        high=show(figure.high or 0.0),
    )
    crosses = (figure.low or 0.0) <= 0 <= (figure.high or 0.0)
    return f"{told} {_('(one cannot say)')}" if crosses else told


def _signed_points(share: float) -> str:
    return f"{round(100 * share) + 0:+d}".replace("-", figure_words.MINUS)


def _used(sides: tuple[Habits, Habits]) -> HabitRow:
    told = [
        why(side.reason)
        if not side.levels
        else _("%(used)d of %(all)d", used=side.levels_used, all=side.levels)
        for side in sides
    ]
    return HabitRow(_("Levels used"), _("Of the levels that the rubric has."), *told, (None, None))


def _commonest(sides: tuple[Habits, Habits], rubric: Rubric) -> HabitRow:
    told = [
        why(side.reason)
        if side.commonest is None
        else f"{level_label(rubric, sides, side.commonest)}, {percent(side.commonest_share or 0.0)}"
        for side in sides
    ]
    places = [
        None if s.commonest_share is None else round(100 * s.commonest_share, 2) for s in sides
    ]
    return HabitRow(
        _("The commonest level"), _("And its share of all ratings."), *told, (places[0], places[1])
    )


def level_label(rubric: Rubric, sides: tuple[Habits, Habits], place: int) -> str:
    """`3 Secure`, of the criteria that have as many levels as were compared."""
    levels = max(side.levels for side in sides)
    keys = [
        each.key for each in rated_criteria(rubric) if each.pooled and len(each.levels) == levels
    ]
    criterion = rubric.find(keys[0]) if keys else None
    if criterion is None or not criterion.scale.has_levels:
        return ""
    level = criterion.scale.levels[place]
    return f"{level.value} {level.label}"


def habits_sentence(course: Course, *, group: bool) -> str:
    """Whether the halo of one side differs from the other's."""
    halo = course.apart.get("halo")
    if (
        halo is None
        or halo.value is None
        or course.first.halo is None
        or course.second.halo is None
    ):
        return ""
    if (halo.low or 0.0) <= 0 <= (halo.high or 0.0):
        return _("Within one lesson both sides spread their levels about as far.")
    less = halo.value < 0
    if group:
        return (
            _("Heads give the criteria of one lesson more alike levels than advisers do.")
            if less
            else _("Advisers give the criteria of one lesson more alike levels than heads do.")
        )
    return (
        _("You give the criteria of one lesson more alike levels than your partners do.")
        if less
        else _("Your partners give the criteria of one lesson more alike levels than you do.")
    )
