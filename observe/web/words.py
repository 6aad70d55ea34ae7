"""The words of the pages, through gettext; the only module that knows Flask-Babel."""

from typing import Any

import flask_babel
from flask import Flask

__all__ = ["capital", "gettext", "init_app", "ngettext", "percent"]


def gettext(words: str, **values: Any) -> str:
    """A sentence in the reader's language, with `%(name)s` filled in."""
    return str(flask_babel.gettext(words, **values))


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A sentence about a number of things, in the form that the number takes."""
    return str(flask_babel.ngettext(one, many, num, **values))


def capital(words: str) -> str:
    """The words as a sentence begins, the rest as it is."""
    return words[:1].upper() + words[1:]


def percent(share: float) -> str:
    """`66 %`."""
    return f"{round(100 * share)}\u202f%"


def init_app(app: Flask) -> None:
    """Give templates `_`, `gettext`, `ngettext`, `{% trans %}` and the filter `capital`."""
    app.jinja_env.filters.update(capital=capital)
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "en_GB")
    flask_babel.Babel(app)
