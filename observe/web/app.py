"""The Flask application, put together."""

from datetime import timedelta
from typing import Any

from flask import Flask, Response, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from observe.resources import folder
from observe.settings import Settings
from observe.storage.database import Database
from observe.web import (
    calibration,
    capture,
    dates,
    errors,
    feedback,
    guard,
    people,
    places,
    programme,
    sources,
    static,
    typed,
    words,
)

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
csrf = CSRFProtect()


def create_app(settings: Settings) -> Flask:
    """Observe for one installation; holds an embedded database, and opens no network connection."""
    app = Flask("observe", static_folder=None, template_folder=str(folder("templates")))
    app.config.update(_configuration(settings))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["observe_database"] = database = Database(
        settings.database_url, links_lead_to=settings.links_lead_to
    )
    database.hold()
    for part in (csrf, words, errors, guard, typed, static, places, dates, sources):
        part.init_app(app)
    for piece in (people, capture, calibration, feedback, programme):
        app.register_blueprint(piece.blueprint)
    app.register_blueprint(capture.api)
    csrf.exempt(capture.api)
    app.after_request(_secure)
    if settings.proxies:
        believed = dict.fromkeys(("x_for", "x_proto", "x_host"), settings.proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **believed)  # type: ignore[method-assign]
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "DEMO": settings.demo,
        "MAX_CONTENT_LENGTH": 1024 * 1024,
        "SESSION_COOKIE_NAME": "observe",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.https,
    }


def _secure(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
