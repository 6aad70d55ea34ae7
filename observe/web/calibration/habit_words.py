"""Habits of two sides in words, and where both stand in a drawing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from observe.core.agreement.figures import Figure
from observe.core.agreement.habits import Habits
from observe.core.rubric import Rubric
from observe.services.over_time_figures import SMALL_SIDE, Course
from observe.services.rated import rated_criteria
from observe.web.calibration.figure_words import MINUS, Sides, decimal, percent, signed
from observe.web.calibration.over_time_words import why
from observe.web.words import gettext as _


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
    row, half = partial(_row, course), _widest(course) / 2
    rows = [
        row("halo", _("Apart within one lesson"), _halo_note(), decimal, half),
        row("spread", _("Spread from lesson to lesson"), _spread_note(), decimal, half),
    ]
    return [*rows, *_of_levels(course, rubric)] if levels_may_leave else rows


def _of_levels(course: Course, rubric: Rubric) -> list[HabitRow]:
    """How much of the scale each side uses, which level most, and how often its ends."""
    row, sides = partial(_row, course), (course.first, course.second)
    highest, lowest = (_end_note(rubric, sides, place) for place in (-1, 0))
    return [
        _used(sides),
        _commonest(sides, rubric),
        row("highest_share", _("The highest level"), highest, percent, 1.0),
        row("lowest_share", _("The lowest level"), lowest, percent, 1.0),
    ]


def _widest(course: Course) -> float:
    """How far levels can lie apart at most: half of them at each end, in levels."""
    return max(course.first.levels, course.second.levels, 2) / 2


def drawn_from(course: Course) -> str:
    """What the lines of the drawings stand for."""
    return _(
        "What is in levels is drawn from 0 to %(levels)s levels, shares from 0 to 100 %%; the "
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
    def told(side: Habits) -> str:
        value = getattr(side, name)
        return why(side.reason) if value is None else say(value)

    def place(side: Habits) -> float | None:
        value = getattr(side, name)
        return None if value is None else round(100 * min(value / widest, 1.0), 2)

    first, second = course.first, course.second
    places, apart = (place(first), place(second)), _apart(course.apart.get(name), say)
    return HabitRow(words, note, told(first), told(second), places, apart)


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
    return f"{round(100 * share) + 0:+d}".replace("-", MINUS)


def _used(sides: tuple[Habits, Habits]) -> HabitRow:
    def told(side: Habits) -> str:
        if not side.levels:
            return why(side.reason)
        return _("%(used)d of %(all)d", used=side.levels_used, all=side.levels)

    first, second = sides
    note = _("Of the levels that the rubric has.")
    return HabitRow(_("Levels used"), note, told(first), told(second), (None, None))


def _commonest(sides: tuple[Habits, Habits], rubric: Rubric) -> HabitRow:
    def told(side: Habits) -> str:
        if side.commonest is None:
            return why(side.reason)
        label = level_label(rubric, sides, side.commonest)
        return f"{label}, {percent(side.commonest_share or 0.0)}"

    def place(side: Habits) -> float | None:
        share = side.commonest_share
        return None if share is None else round(100 * share, 2)

    (first, second), note = sides, _("And its share of all ratings.")
    places = place(first), place(second)
    return HabitRow(_("The commonest level"), note, told(first), told(second), places)


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


def shown_sides(course: Course) -> tuple[int, ...]:
    """The places of the sides of which something is shown: 0 the first, 1 the second."""
    sides = (course.first, course.second)
    return tuple(place for place, side in enumerate(sides) if side.reason != SMALL_SIDE)


def hidden_side(course: Course, sides: Sides) -> str:
    """That fewer than five people stand behind one side; empty where both are shown."""
    names = (sides.first_inside, sides.second_inside)
    for side, name in zip((course.first, course.second), names, strict=True):
        if side.reason == SMALL_SIDE:
            return _("Nothing is shown of %(who)s: they are fewer than five people.", who=name)
    return ""


def habits_sentence(course: Course, *, group: bool) -> str:
    """Whether the levels of one side lie closer together within a lesson than the other's (halo)."""
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
