"""The words of the pages, through gettext; the only module that knows Flask-Babel."""

from typing import Any

import flask_babel
from flask import Flask

__all__ = ["gettext", "init_app", "ngettext"]


def gettext(words: str, **values: Any) -> str:
    """A sentence in the reader's language, with `%(name)s` filled in."""
    return str(flask_babel.gettext(words, **values))


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A sentence about a number of things, in the form that the number takes."""
    return str(flask_babel.ngettext(one, many, num, **values))


def init_app(app: Flask) -> None:
    """Give templates `_`, `gettext`, `ngettext` and `{% trans %}`."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en_GB")
    flask_babel.Babel(app)
