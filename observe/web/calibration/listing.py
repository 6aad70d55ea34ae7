"""Somebody's pairs, by what they wait for."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from observe.services import calibration, third_queue
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read
from observe.web.guard import requires


@blueprint.get("/pairs")
@requires("see pairs")
def pairs() -> ResponseReturnValue:
    """What can be compared, what waits for whom, and what was agreed."""
    everything = request.args.get("closed") == "all"
    with read() as session:
        mine = calibration.my_pairs(session, g.person.id, all_closed=everything)
        third = third_queue.waiting_for(session, by=g.person)
        to_give = third_queue.waiting_for_anybody(session, by=g.person)
    return render_template(
        "calibration/pairs.html", mine=mine, third=third, to_give=to_give, at=now()
    )
