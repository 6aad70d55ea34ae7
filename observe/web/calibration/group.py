"""How far groups agree: heads beside advisers, all observers, one school; and their rows."""

from collections.abc import Iterator
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.agreement.figures import Report
from observe.services import group_figures
from observe.services.group_figures import GroupFigures
from observe.storage.database import NetworkSession
from observe.web import spreadsheets
from observe.web.calibration import (
    asked,
    criterion_words,
    figure_words,
    figures_file,
    how,
    likelihood,
    meanings,
    plots,
    rows_file,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.overview import over_all
from observe.web.database import now, read
from observe.web.dates import term_name
from observe.web.guard import requires
from observe.web.spreadsheets import Line, Sheet
from observe.web.words import gettext as _


@blueprint.get("/agreement/group")
@requires("see group figures")
def group() -> ResponseReturnValue:
    """The figures of the group that the address names; what may not be shown says why."""
    with read() as session:
        found = asked.group(session)
    if found is None or found.report is None:
        return too_small(found)
    if key := request.args.get("criterion", ""):
        return redirect(url_for("calibration.criterion", key=key, **asked.kept(found)))
    return render_template("calibration/group.html", **_shown(found, found.report))


@blueprint.get("/agreement/group.csv")
@requires("see group figures")
def group_csv() -> Response:
    """The very rows without names; of an ungraded rubric the figures only."""
    with read() as session:
        found = asked.group(session)
        lines = (row_lines(session, found) if found else None) or _figures(found)
    return spreadsheets.as_csv(lines, name=file_name(found))


@blueprint.get("/agreement/group.xlsx")
@requires("see group figures")
def group_excel() -> Response:
    """The same as a workbook: rows where levels may leave, all figures, how they were worked out."""
    with read() as session:
        found = asked.group(session)
        return spreadsheets.as_workbook(_sheets(session, found), name=file_name(found))


def _sheets(session: NetworkSession, found: GroupFigures | None) -> Iterator[Sheet]:
    rows = row_lines(session, found) if found else None
    if rows:
        yield Sheet(_("Rows"), rows)
    yield Sheet(_("Figures"), _figures(found))
    if found and found.report:
        told = _worked(found, found.report)
        yield Sheet(_("How worked out"), how.as_lines(told, about=asked_for(found)))


def row_lines(session: NetworkSession, found: GroupFigures) -> list[Line] | None:
    """The very rows without names; None where no level may leave."""
    pairs = group_figures.rows_of(session, found)
    key = request.args.get("criterion", "")
    return list(rows_file.of_group(found, pairs, criterion=key)) if pairs else None


def _figures(found: GroupFigures | None) -> list[Line]:
    if found is None or found.report is None:
        return list(figures_file.nothing())
    key = request.args.get("criterion", "")
    graded = found.rubric.graded
    return list(figures_file.of_report(found.report, criterion=key, levels=graded))


def asked_for(found: GroupFigures) -> Iterator[tuple[str, str]]:
    """What the address chose, for the sheet that says how figures were worked out."""
    yield _("Who"), asked.title(found)
    if term := found.selection.term:
        yield _("Term"), term_name(term)
    yield _("Made on"), now().date().isoformat()


def file_name(found: GroupFigures | None) -> str:
    """What a file about the group is called."""
    return f"group {found.rubric.title if found else ''}"


def too_small(found: GroupFigures | None) -> str:
    """The page where no figure may be shown, or none is there yet."""
    return render_template("calibration/group_small.html", figures=found, **common(found))


def common(found: GroupFigures | None) -> dict[str, Any]:
    """What each page about a group needs."""
    return {
        "say": figure_words,
        "plots": plots,
        "words": criterion_words,
        "asked": asked,
        "kept": asked.kept(found) if found else {},
    }


def _shown(found: GroupFigures, report: Report) -> dict[str, Any]:
    signed = found.rubric.graded and found.selection.by_role
    return {
        **common(found),
        **over_all(report, found.rubric, found.counted, tables=found.tables, signed=signed),
        "figures": found,
        "report": report,
        "heading": asked.title(found),
        "sides": asked.sides(found),
        "roles": asked.roles(),
        "likely": likelihood.over_all(report.pooled, asked.both(found)),
        "worked": _worked(found, report),
    }


def _worked(found: GroupFigures, report: Report) -> how.Worked:
    return how.worked(
        report, found.rubric, found.left_out, about=meanings.GROUP, held_back=found.held_back
    )
