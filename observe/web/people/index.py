"""The list of people, and the checklist of the first week."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from observe.services import network_deletion, people_register, schools
from observe.services.people_register import Asked
from observe.web.database import now, read
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint


@blueprint.get("/people")
@requires("manage people")
def index() -> ResponseReturnValue:
    """Who is here, and what is still to be set up."""
    asked = _asked()
    with read() as session:
        register = people_register.listed(session, asked, at=now())
        counts = people_register.first_week(session)
        places = schools.listed(session)
        ending = network_deletion.ending(session)
    return render_template(
        "people/index.html",
        asked=asked,
        register=register,
        counts=counts,
        schools=places,
        ending=ending,
    )


def _asked() -> Asked:
    return Asked(
        search=request.args.get("q", "")[:100],
        school_id=request.args.get("school", type=UUID),
        left=request.args.get("who") == "left",
        page=request.args.get("page", 1, type=int),
    )
