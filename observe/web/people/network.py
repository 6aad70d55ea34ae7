"""All that a network owns: taken out as a file, or deleted after some days; and the certificate of that."""

from tempfile import SpooledTemporaryFile
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from observe.core.errors import ObserveError
from observe.core.permissions import RoleKind
from observe.services import network_deletion, network_export
from observe.storage import people, staff
from observe.web.database import database, now, read, write
from observe.web.dates import day
from observe.web.downloads import sent
from observe.web.errors import show_again
from observe.web.guard import open_to_all, requires
from observe.web.people.blueprint import blueprint
from observe.web.words import gettext as _

HOLDERS = (RoleKind.DATA_PROTECTION,)
IN_MEMORY = 2 * 1024 * 1024


@blueprint.get("/people/network")
@requires("keep network")
def network() -> ResponseReturnValue:
    """Export, and deletion; and whether that was asked for."""
    return _page()


def _page(refusal: ObserveError | None = None) -> str:
    with read() as session:
        name, ending = people.network_name(session), network_deletion.ending(session)
        holders = [each.name for each in staff.of_schools(session, HOLDERS, None)]
    return render_template(
        "people/network.html",
        name=name,
        ending=ending,
        days=network_deletion.WAITS.days,
        holders=holders,
        may=g.person.has("data protection"),
        errors={refusal.field or "typed": refusal.sentence} if refusal else {},
    )


@blueprint.post("/people/network/export")
@requires("export network")
def export_network() -> ResponseReturnValue:
    """The file with everything, as of now; that it was taken is kept."""
    at = now()
    with write() as session:
        network_export.noted(session, by=g.person, at=at)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with read() as session:
        network_export.write(session, file, at=at)
    return sent(file, f"observe-export-{at.date()}.zip")


@blueprint.post("/people/network/end")
@requires("end network")
def end_network() -> ResponseReturnValue:
    """Ask for the deletion, once the name was typed."""
    show_again(_page)
    with write() as session:
        typed = request.form.get("typed", "")
        due = network_deletion.ask(session, typed=typed, by=g.person, at=now())
    flash(_("Everything is deleted on %(day)s, unless somebody keeps it before.", day=day(due)))
    return redirect(url_for("people.network"))


@blueprint.post("/people/network/keep")
@requires("keep network")
def keep_network() -> ResponseReturnValue:
    """Take the deletion back."""
    with write() as session:
        network_deletion.keep(session, by=g.person, at=now())
    flash(_("Nothing is deleted. Everything goes on as before."))
    return redirect(url_for("people.network"))


@blueprint.get("/gone/<uuid:gone_id>")
@open_to_all
def gone(gone_id: UUID) -> ResponseReturnValue:
    """The certificate of a network that was deleted, for whoever has its number."""
    found = network_deletion.certificate(database(), gone_id)
    return render_template("people/gone.html", certificate=found, rows=sum(found.counts.values()))
