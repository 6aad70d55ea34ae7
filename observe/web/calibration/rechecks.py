"""Re-checks: who is due, who could come, planning an unannounced one, and what was agreed on these."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import RoleKind, Thing
from observe.core.rechecks import Limits
from observe.core.typed import number_in
from observe.services import rechecks as services
from observe.storage.database import NetworkSession
from observe.web import certificate_words
from observe.web.calibration import recheck_words
from observe.web.calibration.blueprint import blueprint
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _


def _thing(session: NetworkSession, person_id: UUID, **_of_lesson: UUID) -> Thing:
    return services.thing(session, person_id, by=g.person)


@blueprint.get("/certification/re-checks")
@requires("see re-checks")
def rechecks() -> ResponseReturnValue:
    """Those whom one advises, or everybody, with how far their next re-check is; never oneself."""
    return _page()


@blueprint.post("/certification/re-checks/<uuid:person_id>/<uuid:lesson_id>")
@requires("plan re-check", of=_thing)
def plan_recheck(person_id: UUID, lesson_id: UUID) -> ResponseReturnValue:
    """Make a lesson before them the re-check, without a word to them."""
    with write() as session:
        services.plan(session, lesson_id, person_id, by=g.person, at=now())
    flash(_("Planned. To them it is a lesson like any other."))
    return _back()


@blueprint.post("/certification/re-checks/<uuid:person_id>/<uuid:lesson_id>/back")
@requires("plan re-check", of=_thing)
def take_recheck_back(person_id: UUID, lesson_id: UUID) -> ResponseReturnValue:
    """Make it a lesson like any other again."""
    with write() as session:
        services.take_back(session, lesson_id, person_id, by=g.person, at=now())
    flash(_("Taken back. It is a lesson like any other."))
    return _back()


def _back() -> ResponseReturnValue:
    """To the page of the list from which somebody came."""
    return redirect(url_for("calibration.rechecks", page=request.args.get("page", type=int)))


@blueprint.post("/certification/re-checks/agreed")
@requires("set re-check limits")
def agree_rechecks() -> ResponseReturnValue:
    """Keep what the schools agreed."""
    show_again(_page)
    limits = Limits(
        unannounced=request.form.get("unannounced") == "yes",
        most=_number("most"),
        first_weeks=_number("first_weeks"),
        only_free=request.form.get("only_free") == "yes",
    )
    expected = number_in(request.form.get("expected", "")) or 0
    with write() as session:
        services.agree(session, limits, expected=expected, by=g.person, at=now())
    flash(_("Kept. Everybody who is certified reads it on their page."))
    return redirect(url_for("calibration.rechecks"))


def _number(field: str) -> int:
    found = number_in(request.form.get(field, ""))
    if found is None:
        raise Invalid(_("Give a whole number."), field=field)
    return found


def _page(refusal: ObserveError | None = None) -> str:
    with read() as session:
        page = request.args.get("page", 1, type=int)
        found = services.of_reach(session, by=g.person, at=now(), page=page)
    return render_template(
        "calibration/rechecks.html",
        found=found,
        limits=found.agreed.limits,
        most=services.MOST,
        typed=request.form,
        errors={refusal.field or "most": refusal.sentence} if refusal else {},
        sets_up=g.person.has(RoleKind.FACILITATOR),
        words=recheck_words,
        dates=certificate_words,
        today=now().date(),
    )
