"""To be written by its builder."""

from flask.typing import ResponseReturnValue

from observe.web.calibration.blueprint import blueprint
from observe.web.guard import requires


@blueprint.get("/pairs")
@requires("see pairs")
def pairs() -> ResponseReturnValue:
    """To be written by its builder."""
    return "", 200
