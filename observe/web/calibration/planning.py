"""How many lessons are enough for figures to be sure and for teachers to be told apart."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from observe.core.agreement.figures import CriterionReport, Report
from observe.core.rubric import Rubric
from observe.services import group_planning
from observe.services.figures import PairFigures
from observe.services.group_figures import GroupFigures
from observe.services.group_planning import Course
from observe.web.calibration import (
    agreement,
    asked,
    criterion_words,
    figure_words,
    group,
    how,
    meanings,
    planning_words,
    plots,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.database import read
from observe.web.guard import requires
from observe.web.words import gettext as _

POINTS = (5, 10, 15)
USUAL = 10
LABEL = 7.0


@blueprint.get("/agreement/planning")
@requires("see group figures")
def planning() -> ResponseReturnValue:
    """For the group that the address names."""
    with read() as session:
        found = asked.group(session)
        key = asked.criterion(found.report) if found and found.report else ""
        visits = group_planning.visiting(session, found, criterion=key) if found else None
    if found is None or found.report is None:
        return group.too_small(found)
    return render_template(
        "calibration/planning.html",
        **group.common(found)
        | _shown(
            found.report, found.rubric, asked.both(found), worked_of_group(found, found.report)
        )
        | {"kept": asked.kept(found) | ({"criterion": key} if key else {})},
        figures=found,
        whose=asked.title(found),
        visits=visits,
        courses=_drawn(visits.courses) if visits else [],
    )


@blueprint.get("/agreement/with/<uuid:person_id>/planning")
@requires("see figures of a pair", of=agreement.pair_thing)
def planning_with(person_id: UUID) -> ResponseReturnValue:
    """For two people."""
    found = agreement.figures_with(person_id)
    both = criterion_words.both(agreement.sides_of(found))
    return render_template(
        "calibration/planning.html",
        **agreement.common(found) | _shown(found.report, found.rubric, both, worked_of_pair(found)),
        whose=_("You and %(name)s", name=found.partner),
    )


def worked_of_group(found: GroupFigures, report: Report) -> how.Worked:
    """How the plan of a group was worked out."""
    about, held_back = meanings.PLANNING, found.held_back
    return how.worked(
        report,
        found.rubric,
        found.left_out,
        about=about,
        held_back=held_back,
        criterion=_of_one(report),
    )


def worked_of_pair(found: PairFigures) -> how.Worked:
    """How the plan of two people was worked out."""
    one = _of_one(found.report)
    return how.worked(
        found.report, found.rubric, found.left_out, about=meanings.PLANNING, criterion=one
    )


def _of_one(report: Report) -> CriterionReport | None:
    """The criterion that the address names."""
    key = asked.criterion(report)
    return report.of(key) if key else None


def _shown(report: Report, rubric: Rubric, both: str, worked: how.Worked) -> dict[str, Any]:
    points, one = asked_points(), _of_one(report)
    rows = [row for row in plots.rows_of(plots.forest(report, rubric)) if one in (None, row.report)]
    key = one.criterion.key if one else ""
    aims = group_planning.aims(report, half_width=points / 100, criterion=key)
    (exact,) = (each for each in aims.pooled if each.name == "exact")
    named = asked.named_criteria(rubric, asked.criteria(report))
    return {
        "points": points,
        "choices": POINTS,
        "named": named,
        "criterion": key,
        "of_what": named[key] if one else _("Over all criteria"),
        "sentence": planning_words.sentence(exact, points, both),
        "pooled_lines": planning_words.aim_lines(aims.pooled, of_one=one is not None),
        "lines": planning_words.criterion_lines(aims.criteria, rows),
        "luck": planning_words.luck_sentence(one or report.pooled),
        "luck_lines": planning_words.luck_lines(rows),
        "worked": worked,
        "words": planning_words,
        "plots": plots,
        "say": figure_words,
    }


def asked_points() -> int:
    """How near the limits are to come, as the address says, in points of 100."""
    named = request.args.get("points", "")
    return int(named) if named in map(str, POINTS) else USUAL


def _drawn(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """Each course as a line in a drawing of 100 by 100, its label beside its end."""
    drawn, below = list[dict[str, Any]](), 100.0
    for course in sorted(courses, key=lambda each: each.points[-1][1]):
        places = [(across(lessons), plots.height(phi)) for lessons, phi in course.points]
        below = min(places[-1][1], below - LABEL)
        path = "M" + "L".join(f"{x} {y}" for x, y in places)
        drawn.append(
            {"observers": course.observers, "path": path, "label": below, "points": course.points}
        )
    return sorted(drawn, key=lambda each: int(each["observers"]))


def across(lessons: int) -> float:
    """Where so many lessons stand in the drawing, in per cent from the left."""
    return round(8 + 78 * (lessons - 1) / (group_planning.LESSONS_DRAWN - 1), 2)
