"""Drift in words: the sentence that comes first, from when to when, and what is missing."""

from datetime import date

from observe.core.agreement import drift as reasons
from observe.core.agreement import habit_limits, habits
from observe.core.agreement.drift import Drift, Window
from observe.core.agreement.figures import Figure
from observe.services import over_time_figures
from observe.services.over_time_figures import Course
from observe.web.calibration import figure_words
from observe.web.calibration.figure_words import lessons, percent, points, signed
from observe.web.dates import day_short
from observe.web.words import gettext as _
from observe.web.words import ngettext

MOST_DRAWN = 40
MINE, ROLES = "mine", "roles"


def sentence(course: Course, whose: str) -> str:
    """What the page begins with; what is in [brackets] is the answer.

    `whose` is MINE, ROLES, or two capacities in words, between which no difference has a sign.
    """
    if whose not in (MINE, ROLES):
        return _without_sides(course, whose)
    slope = course.drift.slope
    if slope.value is None:
        return _too_early(course, group=whose == ROLES)
    told = _(
        "%(slope)s of a level in 30 days, between %(low)s and %(high)s.",
        slope=signed(slope.value),
        low=signed(slope.low or 0.0),
        high=signed(slope.high or 0.0),
    )
    return f"{_direction(slope, group=whose == ROLES)} {told}"


def _without_sides(course: Course, whose: str) -> str:
    """Of groups in which nobody is first: how often both gave the same level, from least to most."""
    shares = [each.exact.value for each in course.drift.windows if each.exact.value is not None]
    if shares:
        return _(
            "From window to window %(whose)s gave the same level [%(least)s to %(most)s] of the time.",
            whose=whose,
            least=points(min(shares)),
            most=percent(max(shares)),
        )
    if course.drift.lessons >= reasons.WINDOW * reasons.FEWEST_WINDOWS:
        return _("One [cannot say] how often %(whose)s give the same level over time.", whose=whose)
    return _(
        "On %(lessons)s one [cannot say yet] how often %(whose)s give the same level over time: it "
        "takes 30 lessons, three windows of ten.",
        lessons=lessons(course.drift.lessons),
        whose=whose,
    )


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
            return _("One [cannot say] whether the levels of heads move beside those of advisers:")
        return _("One [cannot say] whether your levels move beside those of your partners:")
    up = (slope.value or 0.0) > 0
    if group:
        if up:
            return _("The levels of heads move [up] beside those of advisers:")
        return _("The levels of heads move [down] beside those of advisers:")
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


def waiting(drift: Drift, *, group: bool) -> str:
    """`4 lessons wait for the next window of ten.`"""
    if not drift.windows or not drift.waiting:
        return ""
    left = lessons(drift.waiting)
    if group:
        return _(
            "%(lessons)s stand in no window that is shown: there are not ten of them yet, their window "
            "reaches into another term, or with it one could work out what fewer than five people gave.",
            lessons=left,
        )
    return _("%(lessons)s after the last window wait for the next ten.", lessons=left)


def why(reason: str | None) -> str:
    """Why there is no figure, in words."""
    known = {
        reasons.FEWER_THAN_THREE_WINDOWS: _("fewer than 30 lessons"),
        reasons.ONE_DAY: _("all lessons were on one day"),
        habits.ONE_CRITERION: _("no lesson has two criteria that can be compared"),
        habit_limits.TOO_FEW: _("fewer than 6 lessons"),
        over_time_figures.SMALL_WINDOW: _(
            "from them one could work out what fewer than five people gave"
        ),
        over_time_figures.OTHER_LESSONS: _(
            "this criterion was not rated on all lessons, so beside the windows of all criteria they could "
            "tell of fewer than five people"
        ),
        over_time_figures.NO_WHOLE_WINDOW: _("no window of ten lies within the term"),
        over_time_figures.NO_SIDES: _("among these people nobody is always the first of two"),
        over_time_figures.SMALL_SIDE: _("fewer than five people"),
    }
    return known.get(reason or "") or figure_words.reason(reason)


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
