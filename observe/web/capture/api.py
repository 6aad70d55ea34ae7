"""sync/1: the addresses that a tablet talks to."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import OperationalError

from observe.core.canonical import hex_digest
from observe.core.errors import Invalid, Missing, TooLarge
from observe.core.operations import LARGEST_REQUEST, PROTOCOL, Batch, read_batch, whole
from observe.core.permissions import Person, Thing
from observe.services import bootstrap, capture, changes, devices, rescue
from observe.services.capture import Answer, OtherEpoch
from observe.storage import devices as stored
from observe.storage import rubrics
from observe.storage.database import NetworkSession
from observe.web.capture.answers import answer_json
from observe.web.capture.packed import json_in
from observe.web.capture.senders import check_token, give_grant, renew_grant, senders, token
from observe.web.database import now, read, write
from observe.web.guard import open_to_all, requires
from observe.web.sources import source_words

api = Blueprint("capture_api", __name__, url_prefix="/api/v1")

LARGEST_BODY = 8 * 1024 * 1024
LARGEST_EXPORT = 32 * 1024 * 1024
DISK_FULL = ("disk is full", "No space left on device")
UPGRADE = {"code": "protocol", "detail": "This tablet has an old version of Observe: reload it."}
OLD_EPOCH = {"code": "epoch", "detail": "The server came back from a backup: send again."}


@api.get("/session")
@open_to_all
def session() -> ResponseReturnValue:
    """Who is signed in here, and the token with which they may write."""
    return {
        "person": str(g.person.id) if g.person else None,
        "csrf": generate_csrf(),
        "server_time": now().isoformat(),
        "epoch": _epoch(g.person) if g.person else None,
        "protocols": [PROTOCOL],
    }


def _epoch(person: Person) -> str:
    with read(person.network_id) as db:
        return str(stored.epoch(db))


@api.post("/devices")
@requires("use the tablet")
def register() -> ResponseReturnValue:
    """Let this tablet append to the records of whoever is signed in."""
    check_token()
    label = _object(_body(LARGEST_REQUEST)).get("label")
    with write() as db:
        registered = devices.register(db, label, by=g.person, at=now())
    response = jsonify(device_id=str(registered.device_id))
    response.status_code = 201
    give_grant(response, g.person.id, registered.grant)
    return response


@api.get("/bootstrap")
@requires("use the tablet")
def everything() -> ResponseReturnValue:
    """What a tablet needs before it goes offline."""
    with read() as db:
        told = bootstrap.bootstrap(db, g.person, at=now(), say=source_words)
    response = jsonify(told)
    response.set_etag(hex_digest(told))
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@api.get("/rubrics/<digits>")
@requires("use the tablet")
def rubric(digits: str) -> ResponseReturnValue:
    """A published rubric; it never changes."""
    if not digits.isalnum():
        raise Missing("There is no such rubric.")
    with read() as db:
        response = jsonify(rubrics.row(db, f"sha256:{digits}").body)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


@api.post("/sync")
@open_to_all
def sync() -> ResponseReturnValue:
    """Take what a tablet sends; who sends is judged here, for a grant needs no session."""
    if not (sending := senders()):
        return {"code": "sign_in", "detail": "Saved on this tablet. Sign in to send."}, 401
    batch = read_batch(_body(LARGEST_REQUEST))
    if isinstance(batch.protocol, bool) or whole(batch.protocol) != PROTOCOL:
        return UPGRADE, 426
    check_token()
    return _received(batch, sending.of(batch.person_id))


def _received(batch: Batch, person: Person) -> ResponseReturnValue:
    at = now()
    with write(person.network_id) as db:
        answer = capture.receive(db, batch, by=person, at=at)
    if isinstance(answer, OtherEpoch):
        known = {"epoch": str(answer.epoch), "known_through": answer.known_through}
        return OLD_EPOCH | known, 409
    response = _verdicts(answer)
    if answer.seen_at.date() != at.date():
        renew_grant(response, person.id)
    return response


def _verdicts(answer: Answer) -> Response:
    """A grant alone gets no token and less of the records."""
    signed_in = g.person is not None
    told = answer_json(answer, csrf=token() if signed_in else None, whole=signed_in)
    return jsonify(told | {"server_time": now().isoformat()})


@api.get("/changes")
@requires("use the tablet")
def changes_since() -> ResponseReturnValue:
    """The person's own operations from all tablets, after a cursor."""
    with read() as db:
        found = changes.since(db, g.person, request.args.get("cursor", "0"))
    return {"cursor": found.cursor, "operations": found.operations}


def _exported(db: NetworkSession) -> Thing:
    """The work in the file; the token is looked at before the file."""
    check_token()
    return rescue.owner(db, rescue.read_export(_body(LARGEST_EXPORT)))


@api.post("/rescue")
@requires("rescue records", of=_exported)
def bring_in() -> ResponseReturnValue:
    """Take a file that a tablet exported; whoever brings it sees counts only."""
    export = rescue.read_export(_body(LARGEST_EXPORT))
    with write() as db:
        return rescue.take_in(db, export, by=g.person, at=now())


def _body(most: int) -> Any:
    """The JSON of the request; TooLarge above `most` bytes, Invalid if it is not JSON.

    A body that is far too large is read to its end, so that the refusal arrives.
    """
    request.max_content_length = max(most, LARGEST_BODY)
    sent = request.get_data()
    if len(sent) > most:
        raise TooLarge(f"This is more than {most // 1024} kB at once: send it in smaller parts.")
    return json_in(sent)


def _object(sent: Any) -> dict[str, Any]:
    if not isinstance(sent, dict):
        raise Invalid("This must be a JSON object.", code="malformed")
    return sent


@api.after_request
def _name_protocol(response: Response) -> Response:
    """Tells a tablet that this is no captive portal."""
    response.headers["X-Observe-Protocol"] = str(PROTOCOL)
    return response


@api.errorhandler(OperationalError)
def _cannot_write(fault: OperationalError) -> ResponseReturnValue:
    """The tablet keeps all and tries again later, whether the disk is full or the database busy."""
    if any(words in told for told in _chain(fault) for words in DISK_FULL):
        return {"code": "disk_full", "detail": "The server's disk is full; nothing is lost."}, 507
    return {"code": "busy", "detail": "The server is busy; the tablet will try again."}, 503


def _chain(fault: BaseException | None) -> Iterator[str]:
    """What went wrong, and what had gone wrong before: a full SQLite also loses its savepoint."""
    while fault is not None:
        yield str(fault)
        fault = fault.__cause__ or fault.__context__
