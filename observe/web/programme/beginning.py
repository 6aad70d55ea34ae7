"""Beginning a programme: which one, from a list or a file, then its first day and its name."""

from collections.abc import Mapping

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import RoleKind
from observe.core.programme import Programme
from observe.core.programme_json import programme_digest
from observe.core.typed import day_in, id_in
from observe.services import programme_beginning
from observe.storage import rubrics, staff
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme import stage_words
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _

FILE_NAME = 80


@blueprint.get("/programme/new")
@requires("take up programme")
def begin() -> ResponseReturnValue:
    """The programmes that one may begin, and the way to bring another as a file."""
    return _list()


@blueprint.post("/programme/new")
@requires("take up programme")
def bring_programme() -> ResponseReturnValue:
    """Keep a programme from a file, or tell every fault of it with line and column."""
    from observe.core.programme_file import read_programme

    show_again(_list)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(_("Choose a file first."), field="file")
    programme = read_programme(sent.read(), sent.filename[:FILE_NAME])
    with write() as session:
        digest = programme_beginning.kept(session, programme, by=g.person, at=now())
        mine = {programme_digest(p) for p in programme_beginning.offered(session, by=g.person)}
    if digest in mine:
        return redirect(url_for("programme.begin_one", digest=digest))
    flash(_("“%(title)s” is kept. Heads find it when they begin one.", title=programme.title))
    return redirect(url_for("programme.begin"))


def _list(refusal: ObserveError | None = None) -> str:
    with read() as session:
        found = programme_beginning.offered(session, by=g.person)
    return render_template(
        "programme/begin.html",
        offered=[(programme_digest(each), each) for each in found],
        errors={refusal.field or "file": refusal.sentence} if refusal else {},
        faults=getattr(refusal, "faults", ()),
        words=stage_words,
    )


@blueprint.get("/programme/new/<digest>")
@requires("take up programme")
def begin_one(digest: str) -> ResponseReturnValue:
    """One programme with its stages, and the form to begin it."""
    return _one(_offered(digest), {})


@blueprint.post("/programme/new/<digest>")
@requires("take up programme")
def begin_programme(digest: str) -> ResponseReturnValue:
    """Begin it; its members are chosen next."""
    wanted = _offered(digest)
    show_again(lambda refusal: _one(wanted, request.form, refusal))
    starts_on = day_in(request.form.get("starts_on", ""))
    if starts_on is None:
        raise Invalid(_("Give a day, for example 7/9/2026."), field="starts_on")
    school_id, name = id_in(request.form.get("school", "")), request.form.get("name", "")
    with write() as session:
        programme_id = programme_beginning.take_into_use(
            session,
            wanted,
            starts_on=starts_on,
            name=name,
            school_id=school_id,
            by=g.person,
            at=now(),
        )
    flash(_("It is begun. Say next who is in it."))
    return redirect(url_for("programme.members", programme_id=programme_id))


def _offered(digest: str) -> Programme:
    with read() as session:
        return programme_beginning.offered_one(session, digest, by=g.person)


def _one(wanted: Programme, typed: Mapping[str, str], refusal: ObserveError | None = None) -> str:
    with read() as session:
        schools = staff.schools(session, g.person.schools(RoleKind.HEAD))
        titles = rubrics.titles(session)
    return render_template(
        "programme/begin_one.html",
        programme=wanted,
        schools=[(each.id, each.name) for each in schools],
        titles=titles,
        typed=typed,
        errors={refusal.field or "name": refusal.sentence} if refusal else {},
        words=stage_words,
    )
