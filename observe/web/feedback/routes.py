"""To be written by its builder."""

from flask.typing import ResponseReturnValue

from observe.web.feedback.blueprint import blueprint
from observe.web.guard import requires


@blueprint.get("/feedback")
@requires("see feedback")
def index() -> ResponseReturnValue:
    """To be written by its builder."""
    return "", 200
