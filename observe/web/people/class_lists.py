"""Class lists: pasted, counted and erased, and never shown."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.services import class_lists, school_holidays
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.people.days import place
from observe.web.words import ngettext


@blueprint.get("/people/schools/<uuid:school_id>/class-lists")
@requires("keep class lists", of=class_lists.thing)
def school_class_lists(school_id: UUID) -> ResponseReturnValue:
    """The classes of a school, and how many names each list has."""
    return _page(school_id)


@blueprint.post("/people/schools/<uuid:school_id>/class-lists/<uuid:class_id>")
@requires("keep class lists", of=class_lists.thing)
def keep_class_list(school_id: UUID, class_id: UUID) -> ResponseReturnValue:
    """Keep the names that were pasted in place of those there were."""
    show_again(lambda refusal: _page(school_id, refusal, at=f"names-{class_id}"))
    names = request.form.get("names", "")
    with write() as session:
        kept = class_lists.write_down(session, school_id, class_id, names, by=g.person, at=now())
    return _done(school_id, ngettext("%(num)d name is kept.", "%(num)d names are kept.", kept))


@blueprint.post("/people/schools/<uuid:school_id>/class-lists/<uuid:class_id>/erase")
@requires("keep class lists", of=class_lists.thing)
def erase_class_list(school_id: UUID, class_id: UUID) -> ResponseReturnValue:
    """Erase the list of a class now."""
    with write() as session:
        gone = class_lists.erase(session, school_id, class_id, by=g.person, at=now())
    return _done(school_id, ngettext("%(num)d name is erased.", "%(num)d names are erased.", gone))


def _page(school_id: UUID, refusal: ObserveError | None = None, *, at: str = "") -> str:
    with read() as session:
        found = class_lists.listed(session, school_id)
        school = school_holidays.of(session, school_id)
    return render_template(
        "people/class_lists.html",
        school=school,
        classes=found,
        until=class_lists.last_day(now().date()),
        errors={at: refusal.sentence} if refusal else {},
        typed=request.form,
        place=place(),
    )


def _done(school_id: UUID, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("people.school_class_lists", school_id=school_id))
