"""Targets: what somebody tries, what those they lead try, and what became of each."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.feedback.targets import DECIDED, TargetState
from observe.core.permissions import may
from observe.core.typed import day_in
from observe.services import target_life
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.feedback.blueprint import blueprint
from observe.web.feedback.pages import in_own_time
from observe.web.guard import requires
from observe.web.places import only_teaches
from observe.web.words import gettext as _


@blueprint.get("/targets")
@requires("see targets")
def targets() -> ResponseReturnValue:
    """One's own, the soonest due first, and those of the teachers whom one leads."""
    with read() as session:
        in_own_time(session)
        due = target_life.due_list(session, g.person)
    return render_template("feedback/targets.html", due=due, today=now().date(), place=_place())


@blueprint.get("/targets/<uuid:target_id>")
@requires("follow target", of=target_life.thing)
def target(target_id: UUID) -> ResponseReturnValue:
    """One target with all that became of it."""
    return _page(target_id)


@blueprint.post("/targets/<uuid:target_id>")
@requires("decide on target", of=target_life.thing)
def decide_on_target(target_id: UUID) -> ResponseReturnValue:
    """Say that it is met, carried on to another day, or dropped."""
    show_again(lambda refusal: _page(target_id, refusal))
    form = request.form
    asked = form.get("state", "")
    state = TargetState(asked) if asked in DECIDED else TargetState.PROPOSED
    with write() as session:
        target_life.decide(
            session,
            target_id,
            state,
            reason=form.get("reason", ""),
            due_on=day_in(form.get("due", "")),
            by=g.person,
            at=now(),
        )
    flash(_said(state))
    return redirect(url_for("feedback.target", target_id=target_id))


def _place() -> str:
    """Where targets are found at the head of the page: teachers have a place for them."""
    return "feedback.targets" if only_teaches(g.person) else "feedback.index"


def _said(state: TargetState) -> str:
    return {
        TargetState.MET: _("The target is met."),
        TargetState.CARRIED_ON: _("The target is carried on."),
        TargetState.DROPPED: _("The target is dropped."),
    }[state]


def _page(target_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        in_own_time(session)
        life = target_life.life(session, target_id)
        thing = target_life.thing(session, target_id)
        source = target_life.source(session, target_id)
    return render_template(
        "feedback/target.html",
        life=life,
        mine=life.followed.teacher_id == g.person.id,
        decides=may(g.person, "decide on target", thing),
        reads=source is not None and may(g.person, "read released summary", source),
        errors={refusal.field or "state": refusal.sentence} if refusal else {},
        typed=request.form,
        today=now().date(),
        place=_place(),
    )
