"""Certificates: who holds one, one to print, and setting one by hand with a reason."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.certificates import Hand
from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import RoleKind
from observe.core.typed import day_in
from observe.services import certificates, certification_seen, certifying
from observe.storage import people
from observe.web import certificate_words
from observe.web.calibration import certification_words
from observe.web.calibration.blueprint import blueprint
from observe.web.calibration.certification import of as of_figures
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _


@blueprint.get("/certification/people", endpoint="certificates")
@requires("see certificates")
def certificates_page() -> ResponseReturnValue:
    """Everybody with whom one plans, with the day of the certificate and nothing else."""
    with read() as session:
        board = certificates.board(session, by=g.person, at=now())
        others = certification_seen.others(session, by=g.person, at=now())
    held, today = board.shown.held, now().date()
    return render_template(
        "calibration/certificates.html",
        board=board,
        runs_out={who for who, each in held.items() if each.is_soon_over(today)},
        seen={line.id for line in others.lines},
        sets_by_hand=g.person.has(RoleKind.FACILITATOR),
        dates=certificate_words,
    )


@blueprint.get("/certification/certificate")
@requires("be certified")
def own_certificate() -> ResponseReturnValue:
    """One's own certificate as a page to print."""
    return _certificate(g.person.id)


@blueprint.get("/certification/of/<uuid:person_id>/certificate")
@requires("see figures of a person", of=of_figures)
def certificate_of(person_id: UUID) -> ResponseReturnValue:
    """Somebody's certificate as a page to print."""
    return _certificate(person_id)


def _certificate(person_id: UUID) -> ResponseReturnValue:
    with read() as session:
        place = certifying.place_of(session, person_id, at=now())
        network = people.network_name(session)
    return render_template(
        "calibration/certificate.html",
        where=place,
        network=network,
        own=person_id == g.person.id,
        words=certification_words,
    )


@blueprint.get("/certification/of/<uuid:person_id>/by-hand")
@requires("set certificate by hand", of=certificates.thing)
def by_hand(person_id: UUID) -> ResponseReturnValue:
    """What is set by hand about somebody, what was before, and the form."""
    return _by_hand(person_id)


@blueprint.post("/certification/of/<uuid:person_id>/by-hand")
@requires("set certificate by hand", of=certificates.thing)
def set_by_hand(person_id: UUID) -> ResponseReturnValue:
    """Set it, or let go of what was set, with a reason."""
    show_again(lambda refusal: _by_hand(person_id, refusal))
    form = request.form
    hand = next((each for each in Hand if each == form.get("hand")), None)
    if hand is None:
        raise Invalid(_("Choose one."), field="hand")
    until, reason = day_in(form.get("until", "")), form.get("reason", "")
    with write() as session:
        certificates.set_by_hand(session, person_id, hand, until, reason, by=g.person, at=now())
    flash(_("Kept, with your name and the reason. They see it on their page."))
    return redirect(url_for("calibration.by_hand", person_id=person_id))


def _by_hand(person_id: UUID, refusal: ObserveError | None = None) -> str:
    with read() as session:
        name, shown = certificates.one(session, person_id, today=now().date())
        past, names = certificates.past_by_hand(session, person_id)
    choices = _choices(past[0].hand if past else Hand.AS_JUDGED)
    return render_template(
        "calibration/certificate_by_hand.html",
        name=name,
        person_id=person_id,
        shown=shown,
        past=past,
        names=names,
        choices=choices,
        typed=request.form,
        errors={refusal.field or "hand": refusal.sentence} if refusal else {},
        dates=certificate_words,
    )


def _choices(now_set: Hand) -> list[tuple[str, Any]]:
    """What can be set; letting go only where something is set."""
    found: list[tuple[str, Any]] = [
        (Hand.CERTIFIED, _("Certified until a day")),
        (Hand.NOT_CERTIFIED, _("Not certified")),
    ]
    if now_set is not Hand.AS_JUDGED:
        found.append((Hand.AS_JUDGED, _("Let go: as it was judged")))
    return found
