"""To be written by its builder."""

from flask.typing import ResponseReturnValue

from observe.web.guard import requires
from observe.web.people.blueprint import blueprint


@blueprint.get("/people")
@requires("manage people")
def index() -> ResponseReturnValue:
    """To be written by its builder."""
    return "", 200
