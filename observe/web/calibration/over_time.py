"""Whether levels move over time, and the habits behind them: one's own, or heads beside advisers."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from observe.core.agreement.drift import Drift
from observe.core.agreement.figures import Difference, Figure
from observe.core.permissions import OBSERVERS
from observe.services import group_figures, over_time_figures
from observe.services.group_figures import GroupFigures
from observe.services.over_time_figures import OverTime
from observe.services.own_rows import OwnRows
from observe.storage.database import NetworkSession
from observe.storage.group_ratings import ROLES
from observe.web import spreadsheets
from observe.web.calibration import (
    asked,
    figure_words,
    habit_words,
    over_time_plots,
    over_time_words,
    own_rows,
    rows_file,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.figure_words import Sides
from observe.web.calibration.habit_words import HabitRow
from observe.web.calibration.opened import note_opened
from observe.web.calibration.over_time_plots import Drawing
from observe.web.database import read
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _

MINE = ("", "me")
WINDOW_COLUMNS = (
    *("window", "first_day", "last_day", "lessons"),
    *("difference", "low", "high", "same_level", "same_low", "same_high", "luck_alone"),
)
HABIT_COLUMNS = ("habit", "first", "second", "difference_with_limits")


@blueprint.get("/agreement/over-time")
@requires("see group figures")
def over_time() -> ResponseReturnValue:
    """One's own course, or that of heads beside advisers where the address asks for it."""
    found = _asked()
    return render_template("calibration/over_time.html", **_shown(found))


@blueprint.get("/agreement/over-time.csv")
@requires("see group figures")
def over_time_csv() -> Response:
    """A line a window."""
    found = _asked()
    return spreadsheets.as_csv(_windows(found), name=_name(found))


@blueprint.get("/agreement/over-time.xlsx")
@requires("see group figures")
def over_time_xlsx() -> Response:
    """The windows, the habits and the very rows, a sheet each."""
    found = _asked()
    return spreadsheets.as_workbook(_sheets(found), name=_name(found))


def _asked() -> OverTime | None:
    with read() as session:
        found = _found(session)
    if found and not found.group and found.course.drift.lessons:
        note_opened()
    return found


def _found(session: NetworkSession) -> OverTime | None:
    named = request.args
    digest, criterion = named.get("rubric", ""), named.get("criterion", "")
    narrowed = asked.narrowed()
    if _is_mine():
        return over_time_figures.of_person(
            session, g.person.id, digest=digest, narrowed=narrowed, criterion=criterion
        )
    return over_time_figures.of_group(
        session,
        digest=digest,
        school_id=narrowed.school_id,
        who=named.get("who", ROLES),
        term=narrowed.term,
        criterion=criterion,
    )


def _is_mine() -> bool:
    return request.args.get("who", "") in MINE and bool(g.person.has(*OBSERVERS))


def _kept(found: OverTime | None) -> dict[str, Any]:
    """What an address says so that a colleague who opens it sees the same."""
    if found is None:
        return {}
    of_criterion = {"criterion": found.criterion} if found.criterion else {}
    if found.group:
        return asked.kept(found.group) | of_criterion
    return {**(own_rows.kept(found.own) if found.own else {}), "who": "me"}


def _whos(found: OverTime) -> dict[str, str]:
    """Who may be chosen: oneself, and the groups that may be shown."""
    mine = {"me": _("You beside your partners")} if g.person.has(*OBSERVERS) else {}
    groups = asked.whos(found.group) if found.group else {ROLES: asked.who_name(ROLES)}
    return mine | groups


def _chosen(found: OverTime | None) -> dict[str, Any]:
    """What is chosen and what one may choose, of one's own lessons or of a group's."""
    if found is None:
        return {}
    rest = _of_group(found.group) if found.group else _of_own(found.own) if found.own else {}
    named = asked.named_criteria(found.rubric, found.criteria)
    return {"whos": _whos(found), "named": named, **rest}


def _of_group(group: GroupFigures) -> dict[str, Any]:
    term = group.selection.term
    return {
        "who": asked.who(group),
        "schools": group.schools,
        "school": group.selection.school_id,
        "terms": asked.term_names(asked.terms(group)),
        "term": term.key if term else "",
    }


def _of_own(own: OwnRows) -> dict[str, Any]:
    several = own.schools if len(own.schools) > 1 else {}
    return {
        "who": "me",
        "schools": several,
        "school": own.narrowed.school_id,
        "terms": asked.term_names(own.terms if len(own.terms) > 1 else []),
        "term": own.narrowed.term,
    }


def _shown(found: OverTime | None) -> dict[str, Any]:
    drift = over_time_plots.latest(found.course.drift) if found else None
    drawn = bool(drift and (drift.windows or drift.line))
    return {
        **_chosen(found),
        "figures": found,
        "drift": drift,
        "shown": found is not None and over_time_figures.is_shown(found),
        "mine": _is_mine(),
        "kept": _kept(found),
        "own_kept": own_rows.kept(found.own) if found and found.own else {},
        "heading": _heading(found),
        "signed": found is not None and over_time_figures.has_sides(found),
        "asked": asked,
        "observes": g.person.has(*OBSERVERS),
        "sides": _sides(found),
        "differences": _differences(found, drift) if drift and drawn else None,
        "same": over_time_plots.drawn_same(drift) if drift and drift.windows else None,
        "habits": _habits(found),
        "sentence": over_time_words.sentence(found.course, _told_of(found)) if found else "",
        "words": over_time_words,
        "plots": over_time_plots,
        "habit_words": habit_words,
        "say": figure_words,
    }


def _habits(found: OverTime | None) -> list[HabitRow]:
    """The habits; the halo, which is between the criteria of a lesson, not where one is chosen."""
    if found is None:
        return []
    may_leave = found.group is None or found.rubric.graded
    halo, *others = habit_words.habit_rows(found.course, found.rubric, levels_may_leave=may_leave)
    return others if found.criterion else [halo, *others]


def _told_of(found: OverTime) -> str:
    """Of whom the sentence speaks: of oneself, of heads and advisers, or of others in their words."""
    if found.group is None:
        return over_time_words.MINE
    return over_time_words.ROLES if found.group.selection.by_role else asked.both(found.group)


def _differences(found: OverTime | None, drift: Drift) -> Drawing | None:
    signed = found is not None and over_time_figures.has_sides(found)
    return over_time_plots.drawn_differences(drift) if signed else None


def _heading(found: OverTime | None) -> str:
    if _is_mine():
        return _("Over time: your levels and your partners'")
    if found is None or found.group is None:
        return _("Over time: heads beside advisers")
    title = asked.title(found.group)
    return _("Over time: %(who)s", who=title[0].lower() + title[1:])


def _sides(found: OverTime | None) -> Sides:
    if _is_mine():
        return Sides(_("You"), _("Partners"), _("you"), _("your partners"), _("You were"))
    return asked.sides(found.group) if found and found.group else asked.roles()


def _name(found: OverTime | None) -> str:
    return f"over time {found.rubric.title if found else ''}"


def _sheets(found: OverTime | None) -> Iterator[Sheet]:
    yield Sheet(_("Windows"), _windows(found))
    yield Sheet(_("Habits"), _habit_lines(found))
    with read() as session:
        if found and found.group is None:
            yield Sheet(_("Your rows"), own_rows.lines(found.own))
        elif found and found.group and (pairs := group_figures.rows_of(session, found.group)):
            lines = rows_file.of_group(found.group, pairs, criterion=found.criterion)
            yield Sheet(_("Rows"), lines)


def _windows(found: OverTime | None) -> Iterable[Line]:
    yield WINDOW_COLUMNS
    for number, window in enumerate(found.course.drift.windows if found else (), start=1):
        first, last = (over_time_words.iso(day) for day in (window.first_day, window.last_day))
        yield (
            *(number, first, last, window.lessons),
            *_numbers(window.difference),
            *_numbers(window.exact),
            "" if window.exact.chance is None else round(window.exact.chance, 4),
        )


def _numbers(figure: Figure | Difference) -> Line:
    ends = (figure.value, figure.low, figure.high)
    return ["" if end is None else round(end, 4) for end in ends]


def _habit_lines(found: OverTime | None) -> Iterable[Line]:
    yield HABIT_COLUMNS
    for row in _habits(found):
        yield (row.name, row.first, row.second, row.difference)
