"""How people observe: one's own looks, those of the people one assesses, and how far everybody is."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.assessing import Moment
from observe.core.errors import Invalid
from observe.services import assessing, assessing_overview
from observe.storage import people
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.programme import assessing_words
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _


@blueprint.get("/programme/observing")
@requires("see assessments")
def assessments() -> ResponseReturnValue:
    """Whose observing one looks at, and when it was."""
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = assessing_overview.of(session, g.person)
    return render_template("programme/assessments.html", found=found, words=assessing_words)


@blueprint.post("/programme/observing/<uuid:person_id>")
@requires("look at observing", of=assessing.person_thing)
def begin_look(person_id: UUID) -> ResponseReturnValue:
    """Begin one's look at somebody's observing, or go on with it."""
    with write() as session:
        round_id = assessing.begin(
            session,
            person_id,
            _moment(),
            digest=request.form.get("rubric", ""),
            by=g.person,
            at=now(),
        )
    return redirect(url_for("programme.look", round_id=round_id))


def _moment() -> Moment:
    typed = request.form.get("moment", "")
    if typed not in list(Moment):
        raise Invalid("Choose a moment: the baseline, in between, or at the end.")
    return Moment(typed)


@blueprint.post("/programme/observing/rounds/<uuid:round_id>/discard")
@requires("look at observing", of=assessing.thing)
def discard_look(round_id: UUID) -> ResponseReturnValue:
    """Throw one's own look away while it is open."""
    with write() as session:
        assessing.discard(session, round_id, by=g.person, at=now())
    flash(_("Thrown away. You can begin again at any time."))
    return redirect(url_for("programme.assessments"))
