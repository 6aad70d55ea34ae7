"""Who is asking, and whether they may: each route says it in the words of `core.permissions`."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from flask import (
    Flask,
    Request,
    Response,
    current_app,
    g,
    redirect,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature

from observe.core.permissions import RULES, Thing, check, may
from observe.services import visits
from observe.web.database import database, now, read

View = Callable[..., ResponseReturnValue]
Loader = Callable[..., Thing]
API = "/api/"
REMEMBERED = 1024
READ = ("text/html", "application/json")


def requires(action: str, of: Loader | None = None) -> Callable[[View], View]:
    """Let a view run only for whoever may do `action` with the thing that `of` finds.

    `of(session, **view arguments)` gives the Thing and raises Missing where there is none.
    Without `of` the network as a whole is meant.
    """
    if action not in RULES:
        raise KeyError(f"core.permissions has no rule for {action!r}")

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            if g.person is None:
                return _ask_to_sign_in()
            check(g.person, action, _thing(of, arguments))
            return view(**arguments)

        guarded.permission = action  # type: ignore[attr-defined]
        return guarded

    return wrap


def open_to_all(view: View) -> View:
    """Mark a view that needs nobody signed in."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def _thing(of: Loader | None, arguments: dict[str, Any]) -> Thing:
    if of is None:
        return Thing(network_id=g.person.network_id, author_id=g.person.id)
    with read() as db:
        return of(db, **arguments)


def is_open(endpoint: str) -> bool:
    """Whether there is such a page and whoever is signed in may open it, as far as their roles say."""
    asked = getattr(current_app.view_functions.get(endpoint), "permission", None)
    mine = Thing(network_id=g.person.network_id, author_id=g.person.id)
    return asked is not None and may(g.person, asked, mine)


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.path.startswith(API):
        return {"code": "sign_in", "detail": "Sign in to go on."}, 401
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("people.sign_in", next=here))


def recognise() -> None:
    """Put whoever is signed in on `g.person`, or None."""
    g.person = g.visit_id = None
    token = session.get("visit")
    if token and (found := visits.resume(database(), token, at=now())):
        g.person, g.visit_id, g.zone = found.person, found.visit_id, found.zone


class Cookie(SecureCookieSessionInterface):
    """Each page that is read makes a visit's cookie last on, as does what a tablet asks for in its place.

    What is sent leaves it as it is, and so do drawings and scripts.
    A signature is looked at once, for a tablet sends the same cookie all day.
    """

    def __init__(self) -> None:
        self._said = lru_cache(REMEMBERED)(self._say)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the cookie of a request says; nothing if it is not ours."""
        sent = request.cookies.get(self.get_cookie_name(app))
        return self.session_class(self.serializer.loads(self._said(app, sent)) if sent else None)

    def _say(self, app: Flask, sent: str) -> str:
        lasts = int(app.permanent_session_lifetime.total_seconds())
        signed = self.get_signing_serializer(app)
        try:
            return str(self.serializer.dumps(signed.loads(sent, max_age=lasts) if signed else {}))
        except BadSignature:
            return "{}"

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Sign it anew where something in it changed, or a person reads."""
        if session.modified or response.mimetype in READ:
            super().save_session(app, session, response)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the answer carries the cookie, signed anew."""
        read = request.method == "GET" and super().should_set_cookie(app, session)
        return session.modified or read


def init_app(app: Flask) -> None:
    """Recognise the person before each request and keep private answers out of caches."""
    app.session_interface = Cookie()
    app.before_request(recognise)
    app.after_request(_never_cached)


def _never_cached(response: Response) -> Response:
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
