"""The published rubrics, to read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from observe.services import rubrics
from observe.web.database import read
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint


@blueprint.get("/rubrics")
@requires("manage people")
def rubric_list() -> ResponseReturnValue:
    """Every published version with its criteria."""
    with read() as session:
        found = rubrics.published(session)
    return render_template("people/rubrics.html", rubrics=found)
