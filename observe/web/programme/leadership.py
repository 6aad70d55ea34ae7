"""Leadership feedback: one's own rounds, those that ask one, and running a round as facilitator."""

from datetime import date, timedelta
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.leadership import OTHERS
from observe.core.permissions import RoleKind
from observe.core.typed import day_in, id_in
from observe.services import leadership, leadership_answering, leadership_people, people_places
from observe.storage import leadership as rounds
from observe.storage import staff
from observe.storage.database import NetworkSession
from observe.storage.staff import Named
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme import leadership_words
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _
from observe.web.words import ngettext

USUAL_RUN = timedelta(days=14)


@blueprint.get("/leadership", endpoint="leadership")
@requires("see leadership feedback")
def index() -> ResponseReturnValue:
    """One's own rounds, those that ask one, and all of them for a facilitator."""
    return _index()


def _index(refusal: ObserveError | None = None) -> str:
    runs = g.person.has(RoleKind.FACILITATOR)
    with read() as session:
        every = rounds.everybody(session) if runs else []
        return render_template(
            "programme/leadership.html",
            own=rounds.of_person(session, g.person.id),
            asked=leadership_answering.asked_of(session, g.person.id, key=key()),
            runs=runs,
            every=every,
            numbers=rounds.asked(session, [each.id for each in every]),
            leaders=_leaders(session) if runs else [],
            rubrics=leadership.offered(session) if runs else [],
            usual=(now() + USUAL_RUN).date(),
            typed=request.form,
            errors={refusal.field or "person": refusal.sentence} if refusal else {},
        )


def _leaders(session: NetworkSession) -> list[Named]:
    """About whom one can run a round: every head and team leader but oneself."""
    found = staff.of_schools(session, leadership.LEADS, None)
    return people_places.with_schools(session, [each for each in found if each.id != g.person.id])


def key() -> str:
    """The installation's key, from which the secret of a rater's link is worked out."""
    return str(current_app.config["SECRET_KEY"])


@blueprint.post("/leadership")
@requires("begin leadership feedback")
def begin_leadership() -> ResponseReturnValue:
    """Open a round about somebody."""
    show_again(_index)
    person_id, last_day = id_in(request.form.get("person", "")), _last_day()
    if person_id is None:
        raise Invalid(_("Choose a head or a team leader."), field="person")
    with write() as session:
        digest = request.form.get("rubric", "")
        told = {"digest": digest, "key": key(), "by": g.person, "at": now()}
        round_id = leadership.begin(session, person_id, last_day, **told)
    flash(_("The round is open. Now choose who is asked."))
    return redirect(url_for("programme.leadership_round", round_id=round_id))


def _last_day() -> date:
    found = day_in(request.form.get("last_day", ""))
    if found is None:
        raise Invalid(_("Choose the last day for answers."), field="last_day")
    return found


@blueprint.get("/leadership/<uuid:round_id>")
@requires("run leadership feedback", of=leadership.thing)
def leadership_round(round_id: UUID) -> ResponseReturnValue:
    """Who is asked, until when; never who answered."""
    return _page(round_id)


def _page(round_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        found = rounds.find(session, round_id)
        if found.closed_at:
            closed = leadership_people.closed(session, found, found.closed_at)
            return render_template("programme/leadership_closed.html", closed=closed)
        running = leadership_people.running(session, round_id)
    return render_template(
        "programme/leadership_round.html",
        running=running,
        round=running.round,
        groups=OTHERS,
        errors={refusal.field or "people": refusal.sentence} if refusal else {},
        words=leadership_words,
    )


@blueprint.post("/leadership/<uuid:round_id>/ask")
@requires("run leadership feedback", of=leadership.thing)
def ask_raters(round_id: UUID) -> ResponseReturnValue:
    """Ask whoever is ticked, as one group."""
    show_again(lambda refusal: _page(round_id, refusal))
    chosen = [found for each in request.form.getlist("person") if (found := id_in(each))]
    group = next((each for each in OTHERS if each == request.form.get("group")), None)
    if group is None or not chosen:
        raise Invalid(_("Tick who is asked."), field="people")
    with write() as session:
        number = leadership.ask(session, round_id, chosen, group, key=key(), by=g.person, at=now())
    flash(ngettext("%(num)d person is asked.", "%(num)d people are asked.", number))
    return _back(round_id)


@blueprint.post("/leadership/<uuid:round_id>/people/<uuid:person_id>/take-back")
@requires("run leadership feedback", of=leadership.thing)
def take_back_rater(round_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Ask somebody no more."""
    with write() as session:
        leadership.take_back(session, round_id, person_id, key=key(), by=g.person, at=now())
    flash(_("They are asked no more, and their link opens nothing."))
    return _back(round_id)


@blueprint.post("/leadership/<uuid:round_id>/day")
@requires("run leadership feedback", of=leadership.thing)
def move_leadership(round_id: UUID) -> ResponseReturnValue:
    """Take answers until another day."""
    show_again(lambda refusal: _page(round_id, refusal))
    last_day = _last_day()
    with write() as session:
        leadership.change_day(session, round_id, last_day, by=g.person, at=now())
    flash(_("Kept."))
    return _back(round_id)


@blueprint.post("/leadership/<uuid:round_id>/close")
@requires("run leadership feedback", of=leadership.thing)
def close_leadership(round_id: UUID) -> ResponseReturnValue:
    """Take no more answers; the leader can read what came of them."""
    with write() as session:
        leadership.close(session, round_id, by=g.person, at=now())
    flash(_("The round has closed. The leader can read what came of it."))
    return _back(round_id)


@blueprint.post("/leadership/<uuid:round_id>/cancel")
@requires("run leadership feedback", of=leadership.thing)
def cancel_leadership(round_id: UUID) -> ResponseReturnValue:
    """Delete an open round with all its answers."""
    with write() as session:
        leadership.cancel(session, round_id, by=g.person, at=now())
    flash(_("The round is deleted, with everything that was answered."))
    return redirect(url_for("programme.leadership"))


def _back(round_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("programme.leadership_round", round_id=round_id))
