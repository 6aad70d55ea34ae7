"""The facilitator's first week."""

from flask import render_template
from flask.typing import ResponseReturnValue

from observe.web.guard import requires
from observe.web.people.blueprint import blueprint


@blueprint.get("/people")
@requires("manage people")
def index() -> ResponseReturnValue:
    """What is set up and what is next."""
    return render_template("people/index.html")
