"""How far groups agree: heads beside advisers, all observers, one school; and their rows."""

from typing import Any
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from observe.core.agreement.figures import Report
from observe.services import group_figures
from observe.services.group_figures import GroupFigures
from observe.storage.database import NetworkSession
from observe.web.calibration import figure_words, plots, rows_file
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.figure_words import Sides
from observe.web.database import read
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/agreement/group")
@requires("see group figures")
def group() -> ResponseReturnValue:
    """The figures of the group that the address names; what may not be shown says why."""
    with read() as session:
        found = _asked(session)
    if found is None or found.report is None:
        return render_template("calibration/group_small.html", figures=found, say=figure_words)
    return render_template("calibration/group.html", **_shown(found, found.report))


@blueprint.get("/agreement/group.csv")
@requires("see group figures")
def group_csv() -> Response:
    """The very rows without names; of an ungraded rubric the figures only."""
    with read() as session:
        found = _asked(session)
        pairs = group_figures.rows_of(session, found) if found else ()
    lines = rows_file.of_group(found, pairs) if found else ()
    return rows_file.answer(lines, name=f"group {found.rubric.title if found else ''}")


def _asked(session: NetworkSession) -> GroupFigures | None:
    asked = request.args
    return group_figures.of_group(
        session,
        digest=asked.get("rubric", ""),
        school_id=_identifier(asked.get("school", "")),
        who=asked.get("who", ""),
    )


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shown(found: GroupFigures, report: Report) -> dict[str, Any]:
    groups = plots.forest(report, found.rubric, found.tables)
    rows = plots.rows_of(groups)
    return {
        "figures": found,
        "report": report,
        "groups": groups,
        "rows": rows,
        "sides": _sides(found),
        "roles": _roles(),
        "norm": plots.norm_of(report),
        "chosen": plots.chosen(rows, request.args.get("criterion", "")),
        "differing": plots.differences(rows),
        "plots": plots,
        "say": figure_words,
    }


def _roles() -> Sides:
    return Sides(_("Heads"), _("Advisers"), _("heads"), _("advisers"), _("Heads were"))


def _sides(found: GroupFigures) -> Sides:
    """Head beside adviser; else the one who stands first by role and the other."""
    if found.selection.by_role:
        return _roles()
    return Sides(_("First"), _("Second"), _("the first"), _("the second"), _("The first was"))
