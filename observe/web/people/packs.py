"""What is kept about somebody, as whoever holds data protection hands it to them; and one's own words."""

from datetime import datetime
from uuid import UUID

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from observe.services import people_register, subject_access
from observe.services.people_register import Asked
from observe.web.database import now, read, write
from observe.web.downloads import sent
from observe.web.guard import requires
from observe.web.people.blueprint import blueprint
from observe.web.people.pack_file import Pack, written
from observe.web.people.persons import about
from observe.web.words import gettext as _


@blueprint.get("/people/packs")
@requires("make pack")
def packs() -> ResponseReturnValue:
    """For whom a pack is to be made."""
    search, left = request.args.get("q", "")[:100], request.args.get("left") == "1"
    with read() as session:
        found = people_register.listed(session, Asked(search=search, left=left), at=now())
    return render_template("people/packs.html", found=found, search=search, left=left)


@blueprint.get("/people/<uuid:person_id>/pack")
@requires("make pack", of=about)
def pack(person_id: UUID) -> ResponseReturnValue:
    """What is in the pack of somebody, and what is not."""
    with read() as session:
        name, obstacle = subject_access.about(session, person_id)
    return render_template("people/pack.html", person_id=person_id, name=name, obstacle=obstacle)


@blueprint.post("/people/<uuid:person_id>/pack")
@requires("make pack", of=about)
def make_pack(person_id: UUID) -> ResponseReturnValue:
    """The file; that it was made is kept, and its person reads it."""
    at = now()
    with write() as session:
        subject_access.made(session, person_id, by=g.person, at=at)
    return _pack(person_id, at)


def _pack(person_id: UUID, at: datetime) -> Response:
    with read() as session:
        name, _obstacle = subject_access.about(session, person_id)
        told = Pack(
            name,
            _("What Observe keeps about you"),
            _opening(),
            at,
            lambda: subject_access.parts(session, person_id, at=at),
            subject_access.titles(session),
        )
        return sent(written(told), f"observe-pack-{at.date()}.zip")


def _opening() -> tuple[str, ...]:
    return (
        _("This is what Observe keeps about you and what is yours in it."),
        _(
            "Other people are left out: where one is named, it says what they are, such as a head"
            " or a teacher. Pupils on a class list are named as a pupil."
        ),
        _(
            "Not in it: what observers wrote for themselves, records of lessons that are not open"
            " yet, summaries that were not sent, levels of a rubric without grades, answers of"
            " leadership feedback, what was agreed in coaching, and what you noted about others."
        ),
        _(
            "What you wrote for yourself alone, nobody else can open. On your own page you can"
            " download it: reflections, learning log, practice, your own look at your observing."
        ),
    )


@blueprint.get("/me/own-words.zip")
@requires("see own page")
def own_words() -> ResponseReturnValue:
    """What one wrote for oneself alone, as a file."""
    at = now().replace(hour=0, minute=0, second=0, microsecond=0)
    opening = _("You wrote this for yourself. Nobody else can open it in Observe.")
    with read() as session:
        told = Pack(
            g.person.name,
            _("What you wrote for yourself"),
            (opening,),
            at,
            lambda: subject_access.own_parts(session, g.person.id, at=at),
            subject_access.titles(session),
        )
        return sent(written(told), "observe-own-words.zip")
