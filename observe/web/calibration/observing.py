"""A person's own page of observing: opened by nobody else, and first by them."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from observe.services import observing
from observe.storage import people
from observe.web.calibration import (
    certification_told,
    figure_words,
    leniency_words,
    observing_words,
    over_time_words,
    plots,
)
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.opened import note_opened
from observe.web.database import now, read
from observe.web.guard import requires


@blueprint.get("/observing", endpoint="observing")
@requires("see own observing")
def own_observing() -> ResponseReturnValue:
    """One's agreement, leniency, drift, habits, certificate and reflections; from now on they were seen."""
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = observing.of(session, by=g.person, at=now())
    if found.has_figures:
        note_opened()
    return render_template(
        "calibration/observing.html",
        own=found,
        words=observing_words,
        over_time=over_time_words,
        leniency=leniency_words,
        certified=certification_told,
        say=figure_words,
        plots=plots,
    )
