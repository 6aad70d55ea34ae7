"""The words of the pages, through gettext; the only module that knows Flask-Babel."""

from flask import Flask
from flask_babel import Babel, gettext, ngettext

__all__ = ["gettext", "init_app", "ngettext"]


def init_app(app: Flask) -> None:
    """Give templates `_`, `gettext`, `ngettext` and `{% trans %}`."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en_GB")
    Babel(app)
