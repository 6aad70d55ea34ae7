"""Feedback: what somebody has to write, to read for others, and was told."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from observe.core.permissions import RoleKind
from observe.services import chores, newsletters, review_queue, summary_reading, term_pack
from observe.storage import leadership, people
from observe.web.database import database, now, read
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.pages import in_own_time
from observe.web.guard import requires


@blueprint.get("/feedback")
@requires("see feedback")
def index() -> ResponseReturnValue:
    """Everything that is this person's, the most urgent first."""
    at = now()
    chores.in_one(database(), g.person.network_id, at=at, chores=chores.ON_THE_WAY)
    with read() as session:
        in_own_time(session)
        shelf = summary_reading.shelf_of(session, g.person)
        queue = review_queue.waiting_for(session, g.person, at=at)
        sent = review_queue.sent_by(session, g.person, at=at)
        terms = term_pack.terms(session, g.person)
        news = newsletters.lately(session, by=g.person, at=at)
        asked = leadership.asking(session, g.person.id)
        held = people.held_by(session, [g.person.id]).get(g.person.id, ())
    return render_template(
        "feedback/index.html",
        shelf=shelf,
        queue=queue,
        sent=sent,
        terms=terms,
        news=news,
        asked=[found for found, _rater in asked],
        headed=[role for role in held if role.kind == RoleKind.HEAD],
        place="feedback.index",
    )
