"""How many visits a year a teacher of a school has at most: set by its head or a facilitator."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.typed import number_in
from observe.services import visit_cap
from observe.web.capture.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/planner/schools/<uuid:school_id>/visits")
@requires("set visit cap", of=visit_cap.thing)
def visits(school_id: UUID) -> ResponseReturnValue:
    """The number that holds now, and what it does."""
    return _page(school_id)


@blueprint.post("/planner/schools/<uuid:school_id>/visits")
@requires("set visit cap", of=visit_cap.thing)
def set_visits(school_id: UUID) -> ResponseReturnValue:
    """Set it, or let it go."""
    show_again(lambda refusal: _page(school_id, refusal))
    typed = request.form.get("cap", "").strip()
    cap = number_in(typed) if typed else None
    if typed and cap is None:
        raise Invalid(_("Give a whole number, for example 3, or leave it empty."), field="cap")
    with write() as session:
        visit_cap.set_for(session, school_id, cap, by=g.person, at=now())
    flash(_("Kept. It holds from now on; what is planned stays planned."))
    return redirect(url_for("capture.planner", school=school_id))


def _page(school_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        name, cap = visit_cap.of_school(session, school_id)
    return render_template(
        "capture/planner_cap.html",
        school_id=school_id,
        school=name,
        typed=request.form.get("cap", cap),
        errors={refusal.field or "cap": refusal.sentence} if refusal else {},
    )
