"""How many lessons are enough, as files: a line for each figure, what visits need, and the very rows."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from flask import Response

from observe.core.agreement.figures import Report
from observe.services import group_planning
from observe.services.agreement_plan import Aim
from observe.services.group_figures import GroupFigures
from observe.services.group_planning import Visiting
from observe.storage.database import NetworkSession
from observe.web import spreadsheets
from observe.web.calibration import agreement, asked, group, how, planning
from observe.web.calibration.blueprint import blueprint
from observe.web.database import read
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _

HEAD = (
    *("criterion", "statistic", "lessons", "value", "luck_alone", "half_width_now"),
    *("half_width_asked", "lessons_needed", "more_lessons", "reason"),
)
NEEDS = ("observers", "lessons", "reliability")
PARTS = ("what_varies", "variance", "set_to_0")
TELLS_LEVELS = "mean_difference"
DECIMALS = 6


@blueprint.get("/agreement/planning.csv")
@requires("see group figures")
def planning_csv() -> Response:
    """A line for each figure of the group that the address names."""
    with read() as session:
        found = asked.group(session)
    return spreadsheets.as_csv(_of_group(found), name=_name(group.file_name(found)))


@blueprint.get("/agreement/planning.xlsx")
@requires("see group figures")
def planning_xlsx() -> Response:
    """The same with what visits need, the very rows where they may leave, and how it was worked out."""
    with read() as session:
        found = asked.group(session)
        sheets = list(_sheets_of_group(session, found))
    return spreadsheets.as_workbook(sheets, name=_name(group.file_name(found)))


@blueprint.get("/agreement/with/<uuid:person_id>/planning.csv")
@requires("see figures of a pair", of=agreement.pair_thing)
def planning_with_csv(person_id: UUID) -> Response:
    """A line for each figure of two people."""
    found = agreement.figures_with(person_id)
    return spreadsheets.as_csv(lines(found.report), name=_name(agreement.file_name(found)))


@blueprint.get("/agreement/with/<uuid:person_id>/planning.xlsx")
@requires("see figures of a pair", of=agreement.pair_thing)
def planning_with_xlsx(person_id: UUID) -> Response:
    """The same with the very rows and how it was worked out."""
    found = agreement.figures_with(person_id)
    worked = planning.worked_of_pair(found)
    sheets = (
        Sheet(_("How many lessons"), lines(found.report)),
        Sheet(_("Rows"), agreement.row_lines(found)),
        Sheet(_("How worked out"), how.as_lines(worked, about=agreement.asked_for(found))),
    )
    return spreadsheets.as_workbook(sheets, name=_name(agreement.file_name(found)))


def _name(of: str) -> str:
    return f"planning {of}"


def _of_group(found: GroupFigures | None) -> Iterable[Line]:
    if found is None or found.report is None:
        return [HEAD]
    return lines(found.report, levels=found.rubric.graded)


def _sheets_of_group(session: NetworkSession, found: GroupFigures | None) -> Iterator[Sheet]:
    yield Sheet(_("How many lessons"), _of_group(found))
    if found is None or found.report is None:
        return
    if visits := group_planning.visiting(session, found, criterion=asked.criterion(found.report)):
        yield Sheet(_("Visits"), _needs(visits))
        yield Sheet(_("What varies"), _parts(visits))
    if rows := group.row_lines(session, found):
        yield Sheet(_("Rows"), rows)
    worked = planning.worked_of_group(found, found.report)
    yield Sheet(_("How worked out"), how.as_lines(worked, about=group.asked_for(found)))


def lines(report: Report, *, levels: bool = True) -> Iterable[Line]:
    """A line for each figure over all criteria, then for the same level on each of them."""
    yield HEAD
    half_width, key = planning.asked_points() / 100, asked.criterion(report)
    aims = group_planning.aims(report, half_width=half_width, criterion=key)
    for aim in aims.pooled:
        if levels or aim.name != TELLS_LEVELS:
            yield (key or "all", aim.name, *_aim(aim, half_width))
    for aim in aims.criteria:
        yield (aim.name, "exact", *_aim(aim, half_width))


def _aim(aim: Aim, half_width: float) -> Line:
    known = (aim.value, aim.chance, aim.half_width)
    found = ("" if each is None else round(each, DECIMALS) for each in known)
    counts = ("" if each is None else each for each in (aim.lessons, aim.more))
    return (aim.n, *found, half_width, *counts, aim.reason or "")


def _needs(visits: Visiting) -> Iterable[Line]:
    """How many lessons by how many observers."""
    yield NEEDS
    for need in visits.needed if visits.teachers_differ else ():
        reliability = "" if need.absolute is None else round(need.absolute, DECIMALS)
        yield (need.observers, need.lessons, reliability)


def _parts(visits: Visiting) -> Iterable[Line]:
    """What of a visit's mean level varies between what."""
    yield PARTS
    for each in visits.study.components:
        yield (" x ".join(each.facets), round(each.variance, DECIMALS), int(each.negative))
