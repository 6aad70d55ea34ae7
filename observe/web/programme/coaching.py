"""Coaching: whom one works with, who asks, and the page of two people."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.typed import id_in
from observe.services import coaching as services
from observe.services import coaching_feedback, coaching_sessions
from observe.storage import coaching as kept
from observe.storage import coaching_words, people
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.programme.coaching_told import coaches_told
from observe.web.words import gettext as _


@blueprint.get("/coaching")
@requires("see coaching")
def coaching() -> ResponseReturnValue:
    """One's partnerships, and whom one can ask."""
    return _list()


@blueprint.post("/coaching")
@requires("see coaching")
def ask_for_coaching() -> ResponseReturnValue:
    """Ask somebody."""
    show_again(_list)
    partner_id, coach = id_in(request.form.get("partner", "")), request.form.get("coach", "")
    with write() as session:
        services.ask(session, partner_id, coach, by=g.person, at=now())
    flash(_("Asked. It begins when they say yes."))
    return redirect(url_for("programme.coaching"))


def _list(refusal: ObserveError | None = None) -> str:
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        own = services.of(session, g.person)
        waiting = coaching_feedback.waiting(session, g.person, at=now())
        others = services.can_be_asked(session, g.person)
    errors = {refusal.field or "partner": refusal.sentence} if refusal else {}
    return render_template(
        "programme/coaching.html",
        own=own,
        others=[(each.id, each.name) for each in others],
        soon={found.id: meeting for meeting, found in reversed(waiting.soon)},
        looks_back={each.id for each in waiting.to_look_back},
        coaches_told=coaches_told,
        errors=errors,
        typed=request.form,
    )


@blueprint.post("/coaching/<uuid:partnership_id>/answer")
@requires("take part in coaching", of=kept.thing)
def answer_coaching(partnership_id: UUID) -> ResponseReturnValue:
    """Say yes or no to who asked."""
    yes = request.form.get("answer") == "yes"
    with write() as session:
        services.answer(session, partnership_id, yes=yes, by=g.person, at=now())
    if not yes:
        flash(_("You have said no. Nothing else comes of it."))
        return redirect(url_for("programme.coaching"))
    flash(_("It begins now. Say first what you want to reach."))
    return _to(partnership_id)


@blueprint.post("/coaching/<uuid:partnership_id>/take-back")
@requires("take part in coaching", of=kept.thing)
def take_coaching_back(partnership_id: UUID) -> ResponseReturnValue:
    """Ask no more."""
    with write() as session:
        services.take_back(session, partnership_id, by=g.person, at=now())
    flash(_("Taken back, as if you had never asked."))
    return redirect(url_for("programme.coaching"))


@blueprint.get("/coaching/<uuid:partnership_id>")
@requires("take part in coaching", of=kept.thing)
def partnership(partnership_id: UUID) -> ResponseReturnValue:
    """What two people work on, when they meet, and who coaches."""
    return _page(partnership_id)


def _page(
    partnership_id: UUID, refusal: ObserveError | None = None, *, goal_id: UUID | None = None
) -> str:
    """The page; with `goal_id` a change of this goal was refused, and what was typed stands there."""
    at = now()
    with read() as session:
        g.zone = people.zone_of(session, g.person)
        found = kept.find(session, partnership_id)
        return render_template(
            "programme/partnership.html",
            found=found,
            me=g.person.id,
            told=coaches_told,
            goals=kept.goals(session, partnership_id),
            sessions=coaching_sessions.of(session, partnership_id, at=at),
            looks=coaching_feedback.of(session, partnership_id, by=g.person, at=at),
            next_look=coaching_feedback.next_day(session, found, by=g.person, at=at),
            entries=coaching_words.count(session, partnership_id, g.person.id),
            errors={_field(refusal, goal_id): refusal.sentence} if refusal else {},
            typed=request.form,
            wrong_goal=goal_id,
        )


def _field(refusal: ObserveError, goal_id: UUID | None) -> str:
    return f"goal-{goal_id}" if goal_id else refusal.field or "text"


@blueprint.post("/coaching/<uuid:partnership_id>/turn")
@requires("take part in coaching", of=kept.thing)
def turn_coaching(partnership_id: UUID) -> ResponseReturnValue:
    """Somebody else of the two coaches from now on."""
    show_again(lambda refusal: _page(partnership_id, refusal))
    coach = request.form.get("coach", "")
    with write() as session:
        services.turn(session, partnership_id, coach, by=g.person, at=now())
        found = kept.find(session, partnership_id)
    flash(_("From now on: %(told)s", told=coaches_told(found, g.person.id)))
    return _to(partnership_id)


@blueprint.post("/coaching/<uuid:partnership_id>/end")
@requires("take part in coaching", of=kept.thing)
def end_coaching(partnership_id: UUID) -> ResponseReturnValue:
    """Bring it to an end for both."""
    with write() as session:
        services.end(session, partnership_id, by=g.person, at=now())
    flash(_("It has come to an end. You can both still read it here."))
    return _to(partnership_id)


@blueprint.post("/coaching/<uuid:partnership_id>/goals")
@requires("take part in coaching", of=kept.thing)
def add_coaching_goal(partnership_id: UUID) -> ResponseReturnValue:
    """One more goal of both."""
    show_again(lambda refusal: _page(partnership_id, refusal))
    with write() as session:
        text = request.form.get("text", "")
        services.add_goal(session, partnership_id, text, by=g.person, at=now())
    flash(_("The goal is added. You both see it."))
    return _to(partnership_id)


@blueprint.post("/coaching/<uuid:partnership_id>/goals/<uuid:goal_id>")
@requires("take part in coaching", of=kept.thing_with_goal)
def change_coaching_goal(partnership_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Other words for a goal, or what became of it."""
    show_again(lambda refusal: _page(partnership_id, refusal, goal_id=goal_id))
    form = request.form
    about = partnership_id, goal_id, form.get("text", ""), form.get("state", "")
    with write() as session:
        was = form.get("was", "")
        services.change_goal(session, *about, was=was, by=g.person, at=now())
    flash(_("Saved."))
    return _to(partnership_id)


def _to(partnership_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("programme.partnership", partnership_id=partnership_id))
