"""How far people are: one's own way, one's heads, one's groups, and what waits for one's word."""

from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from observe.core.permissions import Thing
from observe.services import programme_board, programme_progress
from observe.storage import rubrics
from observe.storage.database import NetworkSession
from observe.web.database import now, read
from observe.web.guard import requires
from observe.web.programme import stage_words
from observe.web.programme.blueprint import blueprint
from observe.web.reading import note_reading


@blueprint.get("/programme")
@requires("see programmes")
def progress() -> ResponseReturnValue:
    """What is done, due and next, for whoever looks."""
    with read() as session:
        board = programme_board.board_of(session, by=g.person, at=now())
        titles = rubrics.titles(session)
    told = {"board": board, "titles": titles, "words": stage_words}
    return render_template("programme/progress.html", **told)


def _thing(session: NetworkSession, person_id: UUID) -> Thing:
    return programme_progress.thing(session, person_id, by=g.person)


@blueprint.get("/programme/people/<uuid:person_id>")
@requires("see progress of a person", of=_thing)
def progress_of(person_id: UUID) -> ResponseReturnValue:
    """How far one person is, with what counted, and what the reader may sign off."""
    with read() as session:
        way = programme_board.way_of(session, person_id, by=g.person, at=now())
        titles = rubrics.titles(session)
    told = {"own": person_id == g.person.id, "titles": titles, "words": stage_words}
    page = render_template("programme/person.html", way=way, **told)
    return note_reading(page, "progress", person_id)
