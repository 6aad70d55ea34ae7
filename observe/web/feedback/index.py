"""Feedback: what somebody has to write, to read for others, and was told."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from observe.services import summary_reading
from observe.web.database import read
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.pages import in_own_time
from observe.web.guard import requires


@blueprint.get("/feedback")
@requires("see feedback")
def index() -> ResponseReturnValue:
    """Everything that is this person's, the most urgent first."""
    with read() as session:
        in_own_time(session)
        shelf = summary_reading.shelf_of(session, g.person)
    return render_template("feedback/index.html", shelf=shelf, place="feedback.index")
