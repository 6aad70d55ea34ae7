"""Signing off a stage of somebody, and taking one's own word back."""

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from observe.core.permissions import Thing
from observe.services import programme_signing
from observe.storage.database import NetworkSession
from observe.web.database import now, write
from observe.web.guard import requires
from observe.web.programme.blueprint import blueprint
from observe.web.words import gettext as _

STAGE = "/programme/groups/<uuid:programme_id>/people/<uuid:person_id>/stages/<stage>"


def _thing(session: NetworkSession, programme_id: UUID, person_id: UUID, stage: str) -> Thing:
    return programme_signing.thing(session, programme_id, person_id, stage, by=g.person)


@blueprint.post(f"{STAGE}/sign")
@requires("sign off stage", of=_thing)
def sign_off(programme_id: UUID, person_id: UUID, stage: str) -> ResponseReturnValue:
    """Say that what was counted was done well."""
    with write() as session:
        programme_signing.sign_off(session, programme_id, person_id, stage, by=g.person, at=now())
    flash(_("Signed off. You can take it back on this page."))
    return redirect(url_for("programme.progress_of", person_id=person_id))


@blueprint.post(f"{STAGE}/undo")
@requires("sign off stage", of=_thing)
def take_sign_off_back(programme_id: UUID, person_id: UUID, stage: str) -> ResponseReturnValue:
    """Take back one's own word; the stage waits for a sign-off again."""
    with write() as session:
        programme_signing.undo(session, programme_id, person_id, stage, by=g.person, at=now())
    flash(_("Taken back. It waits for a sign-off again."))
    return redirect(url_for("programme.progress_of", person_id=person_id))
