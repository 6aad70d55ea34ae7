"""Schools, teams and classes."""

from uuid import UUID
from zoneinfo import available_timezones

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.typed import number_in
from observe.services import schools
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _


@blueprint.get("/people/schools")
@requires("manage people")
def school_list() -> ResponseReturnValue:
    """The schools of the network."""
    return _list()


def _list(refusal: ObserveError | None = None) -> str:
    with read() as session:
        found = schools.listed(session)
    errors = {"name": refusal.sentence} if refusal else {}
    return render_template("people/schools.html", schools=found, errors=errors, typed=request.form)


@blueprint.post("/people/schools")
@requires("manage people")
def add_school() -> ResponseReturnValue:
    """Add a school."""
    show_again(_list)
    with write() as session:
        school_id = schools.add(session, request.form.get("name", ""), by=g.person, at=now())
    return _done(school_id, _("Added. Its teams and classes come next."))


@blueprint.get("/people/schools/<uuid:school_id>")
@requires("manage people")
def school(school_id: UUID) -> ResponseReturnValue:
    """One school with its teams and classes."""
    return _page(school_id)


def _page(school_id: UUID, refusal: ObserveError | None = None, *, at: str = "") -> str:
    """The page, with a refusal at the field of that id."""
    with read() as session:
        found = schools.page(session, school_id)
    return render_template(
        "people/school.html",
        school=found,
        errors={at: refusal.sentence} if refusal else {},
        typed=request.form,
        at=at,
        zones=sorted(available_timezones()),
    )


@blueprint.post("/people/schools/<uuid:school_id>")
@requires("manage people")
def change_school(school_id: UUID) -> ResponseReturnValue:
    """Change a school's name, time zone, way of reading summaries, or whether teachers hear of visits."""
    show_again(lambda refusal: _page(school_id, refusal, at=f"school-{refusal.field or 'name'}"))
    with write() as session:
        schools.change(
            session,
            school_id,
            name=request.form.get("name", ""),
            zone=request.form.get("zone", ""),
            review_needed=request.form.get("review") != "no",
            tells_teachers=request.form.get("tells") == "yes",
            release_weekday=number_in(request.form.get("release", "")),
            by=g.person,
            at=now(),
        )
    return _done(school_id, _("Saved."))


@blueprint.post("/people/schools/<uuid:school_id>/teams")
@requires("manage people")
def add_team(school_id: UUID) -> ResponseReturnValue:
    """Add a team."""
    show_again(lambda refusal: _page(school_id, refusal, at="team-name"))
    with write() as session:
        schools.add_team(session, school_id, request.form.get("name", ""), by=g.person, at=now())
    return _done(school_id, _("The team is added."))


@blueprint.post("/people/schools/<uuid:school_id>/classes")
@requires("manage people")
def add_class(school_id: UUID) -> ResponseReturnValue:
    """Add a class."""
    show_again(lambda refusal: _page(school_id, refusal, at="class-name"))
    with write() as session:
        schools.add_class(session, school_id, request.form.get("name", ""), by=g.person, at=now())
    return _done(school_id, _("The class is added."))


@blueprint.post("/people/schools/<uuid:school_id>/teams/<uuid:team_id>")
@requires("manage people")
def rename_team(school_id: UUID, team_id: UUID) -> ResponseReturnValue:
    """Give a team another name."""
    show_again(lambda refusal: _page(school_id, refusal, at=f"team-{team_id}"))
    name = request.form.get("name", "")
    with write() as session:
        schools.rename_team(session, school_id, team_id, name, by=g.person, at=now())
    return _done(school_id, _("Saved."))


@blueprint.post("/people/schools/<uuid:school_id>/classes/<uuid:class_id>")
@requires("manage people")
def rename_class(school_id: UUID, class_id: UUID) -> ResponseReturnValue:
    """Give a class another name."""
    show_again(lambda refusal: _page(school_id, refusal, at=f"class-{class_id}"))
    name = request.form.get("name", "")
    with write() as session:
        schools.rename_class(session, school_id, class_id, name, by=g.person, at=now())
    return _done(school_id, _("Saved."))


def _done(school_id: UUID, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("people.school", school_id=school_id))
