"""Erasing a person who has left: what it would do, and doing it once their name was typed."""

from uuid import UUID

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.services import erasing, washing
from observe.web.database import database, now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.people.persons import about


@blueprint.get("/people/<uuid:person_id>/erase")
@requires("erase", of=about)
def erase_form(person_id: UUID) -> ResponseReturnValue:
    """What erasing this person would do."""
    return _page(person_id)


@blueprint.post("/people/<uuid:person_id>/erase")
@requires("erase", of=about)
def erase_person(person_id: UUID) -> ResponseReturnValue:
    """Look again with other words for the person, or erase them for good."""
    show_again(lambda refusal: _page(person_id, refusal))
    others = erasing.others_in(request.form.get("others", ""))
    if request.form.get("do") == "look":
        return _page(person_id)
    typed = request.form.get("typed", "")
    with write() as session:
        made = erasing.erase(
            session,
            person_id,
            typed=typed,
            others=others,
            secret=current_app.config["SECRET_KEY"],
            by=g.person,
            at=now(),
        )
    washing.wash_if_small(database(), g.person.network_id, at=now())
    return redirect(url_for("people.erasure", erasure_id=made))


def _page(person_id: UUID, refusal: ObserveError | None = None) -> str:
    typed = request.form.get("others", "")
    others = [] if refusal and refusal.field == "others" else erasing.others_in(typed)
    with read() as session:
        preview = erasing.look(session, person_id, others, by=g.person)
    return render_template(
        "people/erase.html",
        preview=preview,
        others=typed,
        errors={refusal.field or "typed": refusal.sentence} if refusal else {},
    )
