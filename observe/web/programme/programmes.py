"""A programme under way: its own page, and the group at a glance."""

from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from observe.core.permissions import may
from observe.services import programme_board, programme_progress, programme_under_way
from observe.storage import programmes, rubrics
from observe.storage import workshops as workshop_rows
from observe.web.database import now, read
from observe.web.guard import requires
from observe.web.programme import stage_words
from observe.web.programme.blueprint import blueprint

GROUP = "/programme/groups/<uuid:programme_id>"


@blueprint.get(GROUP)
@requires("see programme", of=programme_under_way.thing)
def programme(programme_id: UUID) -> ResponseReturnValue:
    """Its stages: what counts, how many, by when, and who signs."""
    with read() as session:
        under_way = programmes.find(session, programme_id)
        people = len(programmes.members(session, programme_id=programme_id))
        held = workshop_rows.of_programme(session, programme_id)
        titles = rubrics.titles(session)
        keeps = may(g.person, "keep programme", programme_under_way.thing(session, programme_id))
    told = {"people": people, "workshops": held, "keeps": keeps, "titles": titles}
    return render_template(
        "programme/programme.html", under_way=under_way, words=stage_words, **told
    )


@blueprint.get(f"{GROUP}/progress")
@requires("see group progress", of=programme_under_way.thing)
def group(programme_id: UUID) -> ResponseReturnValue:
    """Everybody in it by stage: who has something overdue first, then by name; no figures of a person."""
    at = now()
    with read() as session:
        today = programme_board.today(session, at)
        found = programme_progress.of_group(session, programme_id, today)
    return render_template("programme/group.html", group=found, today=today, words=stage_words)
