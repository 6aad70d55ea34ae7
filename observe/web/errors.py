"""The only place where a refusal becomes a page or JSON."""

from collections.abc import Callable
from typing import Any

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from observe.core.errors import (
    Conflict,
    Invalid,
    Missing,
    ObserveError,
    Refused,
    Stale,
    TooLarge,
    TooOften,
)
from observe.web.words import gettext as _

MOST_READ = 32 * 1024 * 1024
PIECE = 64 * 1024
STATUS = {
    Invalid: 400,
    Refused: 403,
    Missing: 404,
    Conflict: 409,
    Stale: 412,
    TooLarge: 413,
    TooOften: 429,
}


def status_of(refusal: ObserveError) -> int:
    """The HTTP status that fits a refusal."""
    return next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 400)


def init_app(app: Flask) -> None:
    """Answer every refusal with a sentence."""
    app.register_error_handler(ObserveError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)


def show_again(render: Callable[[ObserveError], str | dict[str, Any]]) -> None:
    """From here on a refusal of this request shows the form again, or tells a script, what was typed."""
    g.show_again = render


def _refused(refusal: ObserveError) -> ResponseReturnValue:
    if "show_again" in g and not isinstance(refusal, Refused | Missing):
        return g.show_again(refusal), status_of(refusal)
    return _answer(status_of(refusal), refusal.code, refusal.sentence)


def _stale_form(_refusal: CSRFError) -> ResponseReturnValue:
    sentence = _("This page lay open too long to be sent. Go back, reload it, and send it again.")
    return _answer(400, "csrf", sentence)


def _http(refusal: HTTPException) -> ResponseReturnValue:
    sentences = {
        404: _("There is no such page. It may have been moved, or the address has a slip."),
        405: _("This address does not take that kind of request."),
        413: _("That is more than Observe takes at once. Send less, or a smaller file."),
        415: _("That is not a form that Observe can read."),
        500: _("Something broke on our side. What you sent was not kept; please try again."),
    }
    status = refusal.code or 500
    if status == STATUS[TooLarge]:
        _read_on()
    return _answer(status, f"http_{status}", sentences.get(status, refusal.description or ""))


def _read_on() -> None:
    """Take in the rest of what is sent: a browser listens for the refusal only after that."""
    left = min(request.content_length or 0, MOST_READ)
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, PIECE))):
        left -= len(piece)


def _answer(status: int, code: str, sentence: str) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return {"code": code, "detail": sentence}, status
    if "person" not in g:
        g.person = None
    return render_template("error.html", sentence=sentence, status=status), status
