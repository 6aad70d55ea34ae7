"""Practice: what is to do, begun and done, and for a facilitator every exercise."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.permissions import OBSERVERS, RoleKind
from observe.services import exercise_groups, practice
from observe.web.calibration import exercise_words
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/practice", endpoint="practice")
@requires("see practice")
def practice_list() -> ResponseReturnValue:
    """Everything that one can take, and for a facilitator what there is."""
    return _page()


def _page(*, letters: str = "", fault: str = "") -> str:
    observes, leads = g.person.has(*OBSERVERS), g.person.has(RoleKind.FACILITATOR)
    with read() as session:
        mine = practice.of(session, g.person) if observes else None
        every = practice.every(session) if leads else []
    return render_template(
        "calibration/practice.html",
        mine=mine,
        every=every,
        leads=leads,
        reads=g.person.has(RoleKind.ADVISER),
        letters=letters,
        errors={"letters": fault} if fault else {},
        words=exercise_words,
    )


@blueprint.post("/practice/join")
@requires("take exercise")
def join_group() -> ResponseReturnValue:
    """Take part in a group by the six letters that stand in the room."""
    letters = request.form.get("letters", "")
    with write() as session:
        taking = exercise_groups.join(session, letters, by=g.person, at=now())
    if taking is None:
        said = _("No group that is open has these letters. Look at them once more.")
        return _page(letters=letters[:20], fault=said), 400
    flash(_("You take part. Rate by yourself; nobody sees it until the spread is shown."))
    return redirect(url_for("calibration.taking", taking_id=taking.id))
