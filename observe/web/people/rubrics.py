"""The published rubrics, to read, and those that came with a newer Observe, to add."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.rubric_json import rubric_digest
from observe.services import rubrics
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _


@blueprint.get("/rubrics")
@requires("manage people")
def rubric_list() -> ResponseReturnValue:
    """Every published version with its criteria."""
    with read() as session:
        found, new = rubrics.published(session), rubrics.lacking(session)
    named = [(each, rubric_digest(each)) for each in new]
    return render_template("people/rubrics.html", rubrics=found, new=named)


@blueprint.post("/rubrics")
@requires("manage people")
def add_rubric() -> ResponseReturnValue:
    """Add a rubric that came with a newer Observe."""
    wanted = request.form.get("rubric", "")
    with write() as session:
        added = rubrics.add_shipped(session, wanted, by=g.person, at=now())
    flash(_("%(title)s is there. Lessons can be planned with it now.", title=added.title))
    return redirect(url_for("people.rubric_list"))
