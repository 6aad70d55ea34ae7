"""A file from a tablet that could not send, brought in by its owner or a facilitator."""

from typing import Any

from flask import g, render_template, request, session
from flask.typing import ResponseReturnValue

from observe.core.errors import Invalid, ObserveError
from observe.core.permissions import Thing
from observe.services import rescue
from observe.services.rescue import Export
from observe.storage.database import NetworkSession
from observe.web.capture.api import LARGEST_BODY, LARGEST_EXPORT
from observe.web.capture.blueprint import blueprint
from observe.web.capture.packed import json_in, pack, unpack
from observe.web.database import now, read, write
from observe.web.errors import show_again
from observe.web.guard import requires
from observe.web.words import gettext as _

ROOM_FOR_A_FILE = ("capture.look_into_file", "capture.bring_in_file")


@blueprint.url_value_preprocessor
def _make_room(endpoint: str | None, _arguments: dict[str, Any] | None) -> None:
    """A file may be larger than a form, from whoever is signed in; judged before a form is read."""
    if endpoint in ROOM_FOR_A_FILE and session.get("visit"):
        request.max_content_length = LARGEST_EXPORT
        request.max_form_memory_size = LARGEST_BODY


@blueprint.get("/rescue")
@requires("rescue records")
def rescue_form() -> ResponseReturnValue:
    """Ask for the file."""
    return _form()


def _in_file(db: NetworkSession) -> Thing:
    """The work in the file that was sent; a file that is none shows the form again."""
    show_again(_form)
    return rescue.owner(db, _export())


@blueprint.post("/rescue/look")
@requires("rescue records", of=_in_file)
def look_into_file() -> ResponseReturnValue:
    """Say whose work it is and how much, before anything is kept."""
    with read() as db:
        contents = rescue.contents(db, _export(), by=g.person)
    return render_template("capture/rescue.html", contents=contents, packed=pack(_sent()))


@blueprint.post("/rescue")
@requires("rescue records", of=_in_file)
def bring_in_file() -> ResponseReturnValue:
    """Keep it as its owner's work; whoever brings it sees counts only."""
    with write() as db:
        counts = rescue.take_in(db, _export(), by=g.person, at=now())
    return render_template("capture/rescue.html", counts=counts)


def _form(refusal: ObserveError | None = None) -> str:
    errors = {"file": _sentence(refusal)} if refusal else {}
    return render_template("capture/rescue.html", errors=errors)


def _sentence(refusal: ObserveError) -> str:
    if refusal.code == "malformed":
        return _(
            "This is not a file that a tablet exported, or it was changed since. "
            "Choose the file that the tablet put into its downloads; its name begins with observe."
        )
    return refusal.sentence


def _export() -> Export:
    if "export" not in g:
        g.export = rescue.read_export(json_in(_sent()))
    exported: Export = g.export
    return exported


def _sent() -> bytes:
    """The file as it was chosen, or packed by the page before."""
    if packed := request.form.get("packed"):
        return unpack(packed, most=LARGEST_EXPORT)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(_("Choose the file first."))
    file.stream.seek(0)
    return file.stream.read()
