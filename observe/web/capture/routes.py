"""To be written by its builder."""

from flask.typing import ResponseReturnValue

from observe.web.capture.blueprint import blueprint
from observe.web.guard import requires


@blueprint.get("/")
@requires("see today")
def today() -> ResponseReturnValue:
    """To be written by its builder."""
    return "", 200
