"""One person, as the facilitator keeps them: name, address, roles, link, leaving."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import RoleKind, Thing
from observe.core.typed import id_in
from observe.services import erasing, links, people, people_register, schools
from observe.services.people import OFFERED, Post
from observe.storage.database import NetworkSession
from observe.storage.people import row_of
from observe.web.database import database, now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _


def about(session: NetworkSession, person_id: UUID, **_more: UUID) -> Thing:
    """The affairs of a person; Missing for a stranger."""
    return Thing(network_id=session.network_id, author_id=row_of(session, person_id).id)


@blueprint.get("/people/add")
@requires("manage people")
def add() -> ResponseReturnValue:
    """The form for somebody new."""
    return _form()


@blueprint.post("/people/add")
@requires("manage people")
def add_person() -> ResponseReturnValue:
    """Add somebody, with a first role."""
    show_again(_form)
    name, email = request.form.get("name", ""), request.form.get("email", "")
    with write() as session:
        person_id = people.add(session, name, email, _post(), by=g.person, at=now())
    flash(_("Added. Make a link, so that they can choose a password."))
    return redirect(url_for("people.person", person_id=person_id))


def _form(refusal: ObserveError | None = None) -> str:
    with read() as session:
        places = schools.listed(session)
    errors = {refusal.field or "name": refusal.sentence} if refusal else {}
    return render_template(
        "people/add.html", schools=places, kinds=OFFERED, typed=request.form, errors=errors
    )


@blueprint.get("/people/<uuid:person_id>")
@requires("manage people", of=about)
def person(person_id: UUID) -> ResponseReturnValue:
    """Everything that the facilitator can change about somebody."""
    return _page(person_id)


def _page(person_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        line = people_register.one(session, person_id, at=now())
        places = schools.listed(session)
        erased = erasing.is_erased(session, person_id)
    errors = {refusal.field or "name": refusal.sentence} if refusal else {}
    typed = request.form if "name" in request.form else {"name": line.name, "email": line.email}
    return render_template(
        "people/person.html",
        line=line,
        schools=places,
        kinds=OFFERED,
        typed=typed,
        chosen=request.form,
        errors=errors,
        oneself=person_id == g.person.id,
        erased=erased,
        set_up=_mail_set_up(),
    )


@blueprint.post("/people/<uuid:person_id>")
@requires("manage people", of=about)
def change_person(person_id: UUID) -> ResponseReturnValue:
    """Change a name or an e-mail address."""
    show_again(lambda refusal: _page(person_id, refusal))
    name, email = request.form.get("name", ""), request.form.get("email", "")
    with write() as session:
        people.change(session, person_id, name, email, by=g.person, at=now())
    return _done(person_id, _("Saved."))


@blueprint.post("/people/<uuid:person_id>/roles")
@requires("give roles", of=about)
def give_role(person_id: UUID) -> ResponseReturnValue:
    """Give somebody a role."""
    show_again(lambda refusal: _page(person_id, refusal))
    post = _post()
    if post is None:
        raise Invalid(_("Choose a role."), field="role")
    with write() as session:
        new = people.give_role(session, person_id, post, by=g.person, at=now())
    return _done(person_id, _("The role is given.") if new else _("They have that role already."))


@blueprint.post("/people/<uuid:person_id>/roles/<uuid:role_id>/remove")
@requires("give roles", of=about)
def take_role(person_id: UUID, role_id: UUID) -> ResponseReturnValue:
    """Take a role away."""
    with write() as session:
        people.take_role(session, person_id, role_id, by=g.person, at=now())
    return _done(person_id, _("The role is taken away."))


@blueprint.post("/people/<uuid:person_id>/link")
@requires("manage people", of=about)
def make_link(person_id: UUID) -> ResponseReturnValue:
    """Make a one-time link and show it, this once."""
    with write() as session:
        token = links.make(session, person_id, by=g.person, at=now())
        line = people_register.one(session, person_id, at=now())
    url = url_for("people.link", token=token, _external=True)
    return render_template("people/link_made.html", line=line, url=url, set_up=_mail_set_up())


def _mail_set_up() -> bool:
    return database().links_lead_to is not None


@blueprint.post("/people/<uuid:person_id>/leave")
@requires("manage people", of=about)
def leave(person_id: UUID) -> ResponseReturnValue:
    """Mark somebody as having left."""
    with write() as session:
        people.leave(session, person_id, by=g.person, at=now())
    return _done(person_id, _("They cannot sign in any more. Their name stays on what they did."))


@blueprint.post("/people/<uuid:person_id>/return")
@requires("manage people", of=about)
def come_back(person_id: UUID) -> ResponseReturnValue:
    """Somebody who left is here again."""
    with write() as session:
        people.come_back(session, person_id, by=g.person, at=now())
    return _done(person_id, _("They are here again, with the roles they had."))


def _done(person_id: UUID, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("people.person", person_id=person_id))


def _post() -> Post | None:
    """The role and place that the form names; a place is `school` or `school/team`."""
    kind = request.form.get("role", "")
    if kind not in OFFERED:
        return None
    school, _slash, team = request.form.get("place", "").partition("/")
    return Post(RoleKind(kind), id_in(school), id_in(team))
